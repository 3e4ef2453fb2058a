// The machine of an agent is started anew: nothing that ran is left, and the boot id is another one.
import assert from "node:assert/strict";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { scalars } from "../support/framework.ts";
import { isAlive } from "../support/processes.ts";
import { Story } from "../support/story.ts";
import { until } from "../support/until.ts";
import { OneAgent } from "../support/one-agent.ts";

const MORE = "--resources=cpus:5;mem:1024;disk:1024;ports:[31000-31099]";

void describe("an agent whose machine was started anew", () => {
  const story = new Story({ after });
  let one: OneAgent;

  before(async () => {
    one = await OneAgent.start(story);
  });

  /**
   * What a reboot does, as seen from the disk: every process is gone, the runtime directory lies on a tmpfs, and what was
   * checkpointed names a boot that is over.
   */
  async function reboot(): Promise<void> {
    await one.kill();
    await until("no process of a task is left", () => {
      const left = one.taskProcesses();
      for (const pid of left) process.kill(pid, "SIGKILL");
      return left.length === 0;
    });
    rmSync(one.runtimeDir, { recursive: true });
    writeFileSync(join(one.metaDir, "boot_id"), "f4a2b5de-0000-4000-8000-000000000000");
  }

  void it("keeps its id; its tasks have failed, as their executors are gone", async () => {
    const { framework } = one;
    await one.run([one.command("command"), one.custom("custom")]);
    await one.runGroup("group", [one.command("member-1"), one.command("member-2")]);
    const { id } = one.agent;
    await reboot();
    // A pid that another process has by now is nobody's executor (MESOS-9501).
    for (const path of one.checkpoints("forked.pid")) writeFileSync(path, String(process.pid));
    await one.startAgain();
    assert.equal(one.agent.id, id, "it is the same agent");
    for (const task of ["command", "custom", "member-1", "member-2"]) {
      const { reason, source, message } = await framework.sees(task, "TASK_FAILED");
      assert.equal(message, "Abnormal executor termination: unknown container");
      assert.equal(reason, "REASON_EXECUTOR_TERMINATED");
      assert.equal(source, "SOURCE_AGENT");
      assert.deepEqual(framework.states(task).slice(-2), ["TASK_RUNNING", "TASK_FAILED"]);
    }
    const now = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
    assert.equal(readFileSync(join(one.metaDir, "boot_id"), "utf8"), now);
    assert.ok(isAlive(process.pid));
    const whole = { resources: scalars({ cpus: 3.5, mem: 512 }) };
    await one.launch([framework.command("next", "exit 0", whole)], 3.5);
    await framework.sees("next", "TASK_FINISHED");
  });

  void it("is a new agent when its configuration changed with it", async () => {
    const { framework } = one;
    await one.run([one.command("old")]);
    const { id } = one.agent;
    await reboot();
    await one.startAgain([MORE]);
    assert.notEqual(one.agent.id, id);
    const { reason, message } = await until("the task is over", () =>
      framework.updates("old").find(({ state }) => state === "TASK_LOST" || state === "TASK_GONE"),
    );
    assert.equal(reason, "REASON_AGENT_REMOVED");
    assert.match(message ?? "", /a new agent registered at the same address/);
    const larger = { resources: scalars({ cpus: 4.5, mem: 64 }) };
    await one.launch([framework.command("new", "exit 0", larger)], 4.5);
    await framework.sees("new", "TASK_FINISHED");
    await framework.teardown();
  });
});
