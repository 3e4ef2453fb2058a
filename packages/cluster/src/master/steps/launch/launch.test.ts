// LAUNCH and LAUNCH_GROUP of tasks and executors: what fits, what is refused, what is filled in.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Resource, TaskInfo } from "@mezzo/wire";
import { executorTask, launch, registerAgent, scalar, subscribe, task } from "../../testing/cast.ts";
import { accept } from "../../testing/operation-script.ts";
import { Stage } from "../../testing/stage.ts";

const AGENT = "slave(1)@127.0.0.1:5051";

test("launchTasks() starts what fits and refuses the rest", () => {
  const stage = new Stage();
  const agentId = registerAgent(stage);
  const framework = subscribe(stage);
  const lines = launch(stage, framework, [
    task("a", agentId),
    task("big", agentId, { resources: [scalar("cpus", 100)] }),
    task("a", agentId),
    task("b", agentId),
  ]);
  assert.deepEqual(lines, [
    `RunTaskMessage to ${AGENT}`,
    `UPDATE on stream1 big TASK_ERROR REASON_TASK_INVALID Total resources cpus(allocated: r):100 required by task and its executor is more than available cpus(allocated: r):3; mem(allocated: r):992`,
    `UPDATE on stream1 a TASK_ERROR REASON_TASK_INVALID Task has duplicate ID: a`,
    `RunTaskMessage to ${AGENT}`,
    "answer 202",
  ]);
  const [run] = stage.sent("RunTaskMessage");
  assert.deepEqual(run?.task.resources?.[0]?.allocation_info, { role: "r" });
  assert.equal(run?.pid, "@0.0.0.0:0");
  assert.equal(stage.state.frameworks.registered.get(framework.id)?.tasks.size, 2);
});

test("launchTasks() counts an executor once", () => {
  const stage = new Stage();
  const agentId = registerAgent(stage);
  const framework = subscribe(stage);
  const executor = {
    executor_id: { value: "e" },
    command: { value: "./run" },
    resources: [scalar("cpus", 1), scalar("mem", 32)],
  };
  launch(
    stage,
    framework,
    ["a", "b"].map((id) => executorTask(id, agentId, executor)),
  );
  assert.deepEqual(
    stage.sent("RunTaskMessage").map(({ launch_executor }) => launch_executor),
    [true, false],
  );
  const agent = stage.state.agents.registered.get(agentId);
  assert.equal(agent?.usedResources.get(framework.id)?.[0]?.scalar?.value, 3);
});

/** Accepts an offer with a group of these tasks under a default executor; the effects. */
function launchGroup(
  stage: Stage,
  framework: { id: string; streamId: string },
  { tasks, resources }: { tasks: TaskInfo[]; resources: Resource[] },
): string[] {
  const executor = {
    type: "DEFAULT" as const,
    executor_id: { value: "pod" },
    framework_id: { value: framework.id },
    resources,
  };
  return accept(stage, framework, [
    { type: "LAUNCH_GROUP", launch_group: { executor, task_group: { tasks } } },
  ]);
}

const POD = [scalar("cpus", 0.1), scalar("mem", 32), scalar("disk", 1)];

test("launchGroup() starts all tasks or none", () => {
  const stage = new Stage();
  const agentId = registerAgent(stage);
  const framework = subscribe(stage);
  const tasks = [task("a", agentId), task("b", agentId)];
  const lines = launchGroup(stage, framework, { tasks, resources: POD });
  const words =
    "REASON_TASK_GROUP_INVALID Total resources cpus(allocated: r):2.1; mem(allocated: r):96; disk(allocated: r):1" +
    " required by task group and its executor are more than available cpus(allocated: r):4; mem(allocated: r):1024";
  assert.deepEqual(lines, [
    `UPDATE on stream1 a TASK_ERROR ${words}`,
    `UPDATE on stream1 b TASK_ERROR ${words}`,
    "answer 202",
  ]);
});

test("launchGroup() looks at the executor's resources before those of its tasks", () => {
  const stage = new Stage();
  const framework = subscribe(stage);
  const refusals = [[scalar("cpus", -1)], POD].map((resources, i) => {
    const agentId = registerAgent(stage, `slave(1)@127.0.0.1:${5051 + i}`);
    const tasks = [task("a", agentId, { resources: [scalar("mem", -1)] })];
    return launchGroup(stage, framework, { tasks, resources })[0];
  });
  const words = "is invalid: Invalid scalar resource: value <= 0";
  assert.deepEqual(refusals, [
    `UPDATE on stream1 a TASK_ERROR REASON_TASK_GROUP_INVALID Resource 'cpus:-1' ${words}`,
    `UPDATE on stream1 a TASK_ERROR REASON_TASK_GROUP_INVALID Resource 'mem:-1' ${words}`,
  ]);
});

test("a health check without a type has that of its fields in a LAUNCH, and none in a group", () => {
  const stage = new Stage();
  const framework = subscribe(stage);
  const checked = { health_check: { command: { value: "true" } } };
  const agentId = registerAgent(stage);
  launch(stage, framework, [task("a", agentId, checked)]);
  assert.equal(stage.sent("RunTaskMessage")[0]?.task.health_check?.type, "COMMAND");
  const tasks = [task("b", registerAgent(stage, "slave(1)@127.0.0.1:5052"), checked)];
  const words = "Task 'b' is invalid: Task uses invalid health check: HealthCheck must specify 'type'";
  assert.deepEqual(launchGroup(stage, framework, { tasks, resources: POD }), [
    `UPDATE on stream1 b TASK_ERROR REASON_TASK_GROUP_INVALID ${words}`,
    "answer 202",
  ]);
});

test("a task of a group runs as the user of its executor when it names none itself", () => {
  const stage = new Stage();
  stage.message("RegisterSlaveMessage", AGENT, {
    agent: {
      hostname: "host",
      port: 5051,
      resources: [scalar("cpus", 4), scalar("mem", 1024), scalar("disk", 64)],
    },
    version: "1.11.0",
    agent_capabilities: [{ type: "MULTI_ROLE" }, { type: "RESERVATION_REFINEMENT" }],
  });
  const agentId = stage.state.agents.byPid.get(AGENT) ?? "";
  const framework = subscribe(stage);
  stage.allocate();
  const [offerId = ""] = stage.state.offers.keys();
  const executor = {
    type: "CUSTOM" as const,
    executor_id: { value: "pod" },
    framework_id: { value: framework.id },
    command: { value: "./run", user: "alice" },
    resources: [scalar("cpus", 0.1), scalar("mem", 32), scalar("disk", 1)],
  };
  const tasks = [task("a", agentId), task("b", agentId, { command: { value: "true", user: "bob" } })];
  stage.call(
    {
      type: "ACCEPT",
      framework_id: { value: framework.id },
      accept: {
        offer_ids: [{ value: offerId }],
        operations: [{ type: "LAUNCH_GROUP", launch_group: { executor, task_group: { tasks } } }],
      },
    },
    framework.streamId,
  );
  const known = stage.state.frameworks.registered.get(framework.id)?.tasks.values() ?? [];
  assert.deepEqual(
    [...known].map(({ task_id, user }) => [task_id.value, user]),
    [
      ["a", "alice"],
      ["b", "bob"],
    ],
  );
});

test("prepareTask() shares equal resource lists", () => {
  const stage = new Stage();
  const agentId = registerAgent(stage);
  const framework = subscribe(stage);
  launch(stage, framework, [task("a", agentId), task("b", agentId)]);
  const [first, second] = [...(stage.state.frameworks.registered.get(framework.id)?.tasks.values() ?? [])];
  assert.ok(first?.resources !== undefined);
  assert.equal(first.resources, second?.resources);
});
