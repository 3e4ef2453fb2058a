// `--recover=cleanup`: an agent that only ends what an earlier one left running.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { isAlive } from "../support/processes.ts";
import { Story } from "../support/story.ts";
import { OneAgent } from "../support/one-agent.ts";

void describe("an agent that cleans up", () => {
  const story = new Story({ after });
  let one: OneAgent;

  before(async () => {
    one = await OneAgent.start(story);
    await one.run([one.command("command"), one.custom("custom")]);
    await one.runGroup("group", [one.command("member")]);
    await one.kill();
  });

  void it("ends every executor, then itself, without a word to its master", async () => {
    const pids = await Promise.all(["command", "custom", "member"].map((id) => one.pidOf(id)));
    assert.ok(pids.every(isAlive));
    const child = await one.startToEnd(["--recover=cleanup", "--executor_shutdown_grace_period=3secs"]);
    assert.deepEqual(await child.ended, { code: 0, signal: null });
    assert.ok(!pids.some(isAlive));
    assert.deepEqual(one.taskProcesses(), []);
    assert.deepEqual(one.framework.states("command"), ["TASK_STARTING", "TASK_RUNNING"]);
  });

  void it("leaves an agent that goes on under its id, without what was ended", async () => {
    const { id } = one.agent;
    await one.startAgain();
    assert.equal(one.agent.id, id);
    for (const task of ["command", "custom", "member"]) {
      const { reason, message } = await one.framework.sees(task, "TASK_DROPPED");
      assert.equal(reason, "REASON_RECONCILIATION");
      assert.equal(message, "Reconciliation: task unknown to the agent");
    }
    await one.launch([one.framework.command("next", "exit 0")]);
    await one.framework.sees("next", "TASK_FINISHED");
    await one.framework.teardown();
  });
});
