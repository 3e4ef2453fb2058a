// Tasks, groups and executors against an agent; the sentences are those of a real master.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { ExecutorInfo, Resource, TaskInfo } from "../messages.gen.ts";
import { allocateResources } from "../resources/allocate-resources.ts";
import { parseResources } from "../resources/parse-resources.ts";
import type { LaunchContext } from "./launch-context.ts";
import { validateTask } from "./validate-task.ts";
import { validateTaskGroup } from "./validate-task-group.ts";

function allocated(text: string): Resource[] {
  const parsed = parseResources(text);
  assert.ok(parsed.ok);
  return allocateResources(parsed.value, "r");
}

const executor: ExecutorInfo = {
  executor_id: { value: "e" },
  framework_id: { value: "f" },
  command: { value: "run" },
  resources: allocated("cpus:0.1;mem:32"),
};

const context: LaunchContext = {
  frameworkId: "f",
  agentId: "a",
  canLimitTasks: true,
  offered: allocated("cpus:4;mem:1024;disk:2000;ports:[1-9]"),
  hasTask: (id) => id === "running",
  hasUnreachableTask: (id) => id === "lost",
  findExecutor: (id) => (id === "old" ? { ...executor, executor_id: { value: "old" } } : undefined),
  containersUnder: () => [],
};

const task: TaskInfo = {
  name: "t",
  task_id: { value: "t" },
  agent_id: { value: "a" },
  resources: allocated("cpus:1;mem:32"),
  command: { value: "true" },
};

function launch(changes: Partial<TaskInfo>, except: readonly (keyof TaskInfo)[] = []): string | undefined {
  const changed: TaskInfo = { ...task, ...changes };
  for (const field of except) delete changed[field];
  return validateTask(changed, context);
}

test("validateTask() accepts what fits", () => {
  assert.equal(launch({}), undefined);
  assert.equal(launch({ executor }, ["command"]), undefined);
  assert.equal(launch({ limits: { cpus: { value: Infinity }, mem: { value: 32 } } }), undefined);
});

test("validateTask() refuses in Mesos' words", () => {
  const available =
    "cpus(allocated: r):4; mem(allocated: r):1024; disk(allocated: r):2000; ports(allocated: r):[1-9]";
  const share = (share_cgroups: boolean) => ({ type: "MESOS", linux_info: { share_cgroups } }) as const;
  const one = allocated("cpus:1")[0]!;
  const cases: [Partial<TaskInfo>, string][] = [
    [{ resources: [] }, "Task uses no resources"],
    [{ task_id: { value: "x/y" } }, "'x/y' contains invalid characters"],
    [{ task_id: { value: "running" } }, "Task has duplicate ID: running"],
    [{ task_id: { value: "lost" } }, "Task reuses the ID of an unreachable task: lost"],
    [{ agent_id: { value: "b" } }, "Task uses invalid agent b while agent a is expected"],
    [
      { kill_policy: { grace_period: { nanoseconds: -1 } } },
      "Task's 'kill_policy.grace_period' must be non-negative",
    ],
    [{ max_completion_time: { nanoseconds: -1 } }, "Task's `max_completion_time` must be non-negative"],
    [{ check: { type: "HTTP" } }, "Task uses invalid check: Expecting 'http' to be set for HTTP check"],
    [{ health_check: {} }, "Task uses invalid health check: HealthCheck must specify 'type'"],
    [
      { resources: [{ ...one, scalar: { value: -1 } }] },
      "Task uses invalid resources: Invalid resources: Resource 'cpus(allocated: r):-1' is invalid: Invalid scalar" +
        " resource: value <= 0",
    ],
    [
      { resources: [{ ...one, name: "gpus", scalar: { value: 0.5 } }] },
      "Task uses invalid resources: Invalid 'gpus' resource: The 'gpus' resource must be an unsigned integer",
    ],
    [
      { resources: [one, { ...one, revocable: {} }] },
      "Task mixes revocable and non-revocable resources: Cannot use both revocable and non-revocable 'cpus' at the" +
        " same time",
    ],
    [
      { resources: [one, { ...one, name: "mem", allocation_info: { role: "q" } }] },
      "Invalid task resources: The resources have multiple allocation roles ('q' and 'r') but only one allocation role" +
        " is allowed",
    ],
    [
      { command: { environment: { variables: [{ name: "A", type: "SECRET" }] } } },
      "Task's `CommandInfo` is invalid: Environment variable 'A' of type 'SECRET' must have a secret set",
    ],
    [{ limits: { disk: { value: 1 } } }, "Only cpus and mem may be included in a task's resource limits"],
    [{ limits: { cpus: { value: 0.5 } } }, "The cpu limit must be greater than or equal to the cpu request"],
    [
      { limits: { mem: { value: 31 } } },
      "The memory limit must be greater than or equal to the memory request",
    ],
    [{ executor }, "Task should have at least one (but not both) of CommandInfo or ExecutorInfo present"],
    [
      { resources: allocated("bananas:1") },
      "Total resources bananas(allocated: r):1 required by task and its executor is more than available " +
        available,
    ],
    [{ container: share(false) }, "Only tasks in a task group may have 'share_cgroups' set to 'false'"],
  ];
  for (const [changes, error] of cases) assert.equal(launch(changes), error);
});

test("validateTask() checks the executor", () => {
  const cases: [Partial<ExecutorInfo>, string | undefined][] = [
    [{ executor_id: { value: "a/b" } }, "'a/b' contains invalid characters"],
    [{ type: "DEFAULT" }, "'ExecutorInfo.command' must not be set for 'DEFAULT' executor"],
    [
      { framework_id: { value: "zzz" } },
      "ExecutorInfo has an invalid FrameworkID (Actual: zzz vs Expected: f)",
    ],
    [
      { shutdown_grace_period: { nanoseconds: -1 } },
      "ExecutorInfo's 'shutdown_grace_period' must be non-negative",
    ],
    [
      { container: { type: "MESOS", linux_info: { share_cgroups: true } } },
      "The 'share_cgroups' field cannot be set to 'true' on executor containers",
    ],
    [{ executor_id: { value: "old" } }, undefined],
    [{ executor_id: { value: "old" }, resources: allocated("mem:32;cpus:0.1") }, undefined],
  ];
  for (const [changes, error] of cases) {
    assert.equal(launch({ executor: { ...executor, ...changes } }, ["command"]), error);
  }
  const other = { ...executor, executor_id: { value: "old" }, command: { value: "other" } };
  assert.match(
    launch({ executor: other }, ["command"]) ?? "",
    /^ExecutorInfo is not compatible with existing ExecutorInfo with same ExecutorID\.\n---/,
  );
  assert.match(
    launch(
      { executor: { ...executor, resources: allocated("ports:[1-2]") }, resources: allocated("ports:[2-3]") },
      ["command"],
    ) ?? "",
    /^There are overlapping resources in the task resources \[\{"allocation_info":/,
  );
});

const groupExecutor: ExecutorInfo = {
  type: "DEFAULT",
  executor_id: { value: "e" },
  framework_id: { value: "f" },
  resources: allocated("cpus:0.1;mem:32;disk:10"),
};

test("validateTaskGroup() refuses in Mesos' words", () => {
  const member: TaskInfo = { ...task, executor: groupExecutor };
  const share = (share_cgroups: boolean) => ({ type: "MESOS", linux_info: { share_cgroups } }) as const;
  const cases: [TaskInfo[], Partial<ExecutorInfo>, string | undefined][] = [
    [[member], {}, undefined],
    [[task], {}, "Task 't' is invalid: 'TaskInfo.executor' must be set"],
    [
      [{ ...member, container: { type: "DOCKER", docker: { image: "i" } } }],
      {},
      "Task 't' is invalid: Docker ContainerInfo is not supported on the task",
    ],
    [
      [{ ...member, limits: { cpus: { value: 2 } } }],
      {},
      "Task 't' is invalid: Resource limits may only be set for tasks within a task group when the 'share_cgroups'" +
        " field is set to 'false'.",
    ],
    [[member], { type: "UNKNOWN" }, "Unknown executor type"],
    [
      [member],
      { resources: allocated("cpus:0.2;mem:32;disk:10") },
      "The `ExecutorInfo` of task 't' is different from executor 'e'",
    ],
    [
      [
        { ...member, container: share(false) },
        { ...member, task_id: { value: "u" } },
      ],
      {},
      "If set, the value of 'share_cgroups' must be the same for all tasks in each task group and under a single" +
        " executor",
    ],
    [
      [{ ...member, resources: allocated("cpus:4") }],
      {},
      "Total resources cpus(allocated: r):4.1; mem(allocated: r):32; disk(allocated: r):10 required by task group and" +
        " its executor are more than available cpus(allocated: r):4; mem(allocated: r):1024; disk(allocated: r):2000;" +
        " ports(allocated: r):[1-9]",
    ],
  ];
  for (const [tasks, changes, error] of cases) {
    assert.equal(validateTaskGroup({ tasks }, { ...groupExecutor, ...changes }, context), error);
  }
});

test("validateTaskGroup() wants a minimum for the executor", () => {
  const cases: [string, string][] = [
    ["mem:32;disk:1", "Executor 'e' uses less CPUs (None) than the minimum required (0.01)"],
    ["cpus:0.001;mem:32;disk:1", "Executor 'e' uses less CPUs (0.001) than the minimum required (0.01)"],
    ["cpus:0.1;mem:16;disk:1", "Executor 'e' uses less memory (16MB) than the minimum required (32MB)"],
    ["cpus:0.1;mem:32", "Executor 'e' uses no disk"],
  ];
  for (const [text, error] of cases) {
    const small = { ...groupExecutor, resources: allocated(text) };
    assert.equal(validateTaskGroup({ tasks: [{ ...task, executor: small }] }, small, context), error);
  }
});
