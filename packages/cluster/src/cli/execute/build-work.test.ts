// The task, the group and the framework that the flags of `mezzo execute` describe.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { failure, formatResources } from "@mezzo/wire";
import { loadFlags } from "../../core/flags/load-flags.ts";
import { executeFlags } from "../flags/execute-flags.ts";
import { buildFramework } from "./build-framework.ts";
import { buildWork } from "./build-work.ts";

function flags(...args: string[]) {
  const loaded = loadFlags(executeFlags, { args, environment: {}, readText: () => failure("no files") });
  assert.ok(loaded.ok, loaded.ok ? "" : loaded.error);
  return loaded.value;
}

function work(...args: string[]) {
  const built = buildWork(flags(...args));
  assert.ok(built.ok, built.ok ? "" : built.error);
  return built.value;
}

const TASK = '--task={"name":"n","task_id":{"value":"x"},"command":{"value":"true"}}';

void describe("buildWork()", () => {
  void it("makes a task of a command", () => {
    const { tasks, isGroup } = work(
      "--name=t",
      "--command=echo hi",
      "--resources=cpus:0.1;mem:32",
      '--env={"A":"b"}',
    );
    const [task] = tasks;
    assert.equal(isGroup, false);
    assert.deepEqual([task?.name, task?.task_id.value, task?.container], ["t", "t", undefined]);
    assert.equal(formatResources(task?.resources ?? []), "cpus:0.1; mem:32");
    assert.equal(task?.command?.value, "echo hi");
    assert.deepEqual(
      task?.command?.environment?.variables?.map(({ name, value }) => [name, value]),
      [["A", "b"]],
    );
  });

  void it("takes whole tasks and groups, without agent_id", () => {
    assert.equal(work(TASK).tasks[0]?.command?.value, "true");
    const group = work('--task_group={"tasks":[{"name":"a","task_id":{"value":"a"}}]}');
    assert.deepEqual([group.isGroup, group.tasks.length], [true, 1]);
  });

  void it("asks for a container only where it needs one", () => {
    const image = work("--name=t", "--command=x", "--docker_image=busybox", "--networks=n1,n2", "--tty")
      .tasks[0];
    assert.equal(image?.container?.type, "MESOS");
    assert.equal(image?.container?.mesos?.image?.docker?.name, "busybox");
    assert.deepEqual(
      image?.container?.network_infos?.map(({ name }) => name),
      ["n1", "n2"],
    );
    const docker = work("--name=t", "--command=x", "--containerizer=docker", "--docker_image=busybox")
      .tasks[0];
    assert.equal(docker?.container?.docker?.image, "busybox");
  });

  const refusals: [string[], RegExp][] = [
    [[], /^Missing required option --name$/],
    [["--name=t"], /^Missing required option --command$/],
    [["--name=t", "--command=x", "--resources=cpus"], /^Failed to parse resources 'cpus': /],
    [[TASK, "--name=t"], /can only be set when both '--task' and '--task_group' are not set$/],
    [[TASK, "--task_group={}"], /^Either task or task group should be set but not both\./],
    [["--task_group={}"], /it has no tasks$/],
    [["--task={}"], /^Cannot use --task: /],
    [["--name=t", "--command=x", "--containerizer=docker"], /requires docker image name$/],
    [["--name=t", "--command=x", "--docker_image=a", "--appc_image=b"], /are both set$/],
  ];
  for (const [args, error] of refusals) {
    void it(`refuses ${args.join(" ") || "no flags"}`, () => {
      const built = buildWork(flags(...args));
      assert.match(built.ok ? "" : built.error, error);
    });
  }
});

void describe("buildFramework()", () => {
  const capabilities = (...args: string[]): (string | undefined)[] | string => {
    const framework = buildFramework(flags(...args).values, "me");
    return framework.ok ? (framework.value.capabilities ?? []).map(({ type }) => type) : framework.error;
  };

  void it("has mesos-execute's capabilities", () => {
    const always = ["RESERVATION_REFINEMENT", "TASK_KILLING_STATE", "REVOCABLE_RESOURCES"];
    assert.deepEqual(capabilities(), [...always, "PARTITION_AWARE"]);
    assert.deepEqual(capabilities("--no-partition_aware", "--framework_capabilities=GPU_RESOURCES"), [
      ...always,
      "GPU_RESOURCES",
    ]);
  });

  void it("refuses others in its words", () => {
    assert.equal(
      capabilities("--framework_capabilities=MULTI_ROLE"),
      "Flags '--framework_capabilities' specifies an unsupported capability 'MULTI_ROLE'",
    );
    assert.equal(
      capabilities("--framework_capabilities=FLYING"),
      "Flags '--framework_capabilities' specifies an unknown capability 'FLYING'",
    );
  });
});
