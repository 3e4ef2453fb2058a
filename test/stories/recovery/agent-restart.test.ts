// The agent is killed with SIGKILL while tasks run, and started again: nothing that ran is lost, nothing is said twice.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { Framework } from "../support/framework.ts";
import { OneAgent } from "../support/one-agent.ts";
import { isAlive } from "../support/processes.ts";
import { Story } from "../support/story.ts";
import { until } from "../support/until.ts";

void describe("an agent that is killed and started again", () => {
  const story = new Story({ after });
  let one: OneAgent;
  let framework: Framework;

  before(async () => {
    one = await OneAgent.start(story);
    ({ framework } = one);
  });

  async function startAgain(): Promise<void> {
    const { id } = one.agent;
    await one.startAgain();
    assert.equal(one.agent.id, id, "it is the same agent");
  }

  void it("keeps tasks running, with their process ids, and delivers their exit statuses", async () => {
    await framework.launch([one.command("command"), one.custom("custom")]);
    await framework.sees("command", "TASK_RUNNING");
    await framework.sees("custom", "TASK_RUNNING");
    const commandPid = await one.pidOf("command");
    const customPid = await one.pidOf("custom");
    const before = framework.events.length;

    await one.kill();
    assert.ok(isAlive(commandPid) && isAlive(customPid), "tasks do not need their agent");
    await startAgain();
    assert.ok(isAlive(commandPid) && isAlive(customPid), "nor does the new one end them");
    assert.equal(await one.pidOf("command"), commandPid, "no second copy was started");
    const answered = framework.events.slice(before).filter(({ update }) => update !== undefined);
    assert.deepEqual(answered, [], "nothing that was acknowledged is repeated");

    one.go("command", 7);
    one.go("custom", 0);
    assert.equal((await framework.sees("command", "TASK_FAILED")).message, "Command exited with status 7");
    await framework.sees("custom", "TASK_FINISHED");
    assert.deepEqual(framework.states("command"), ["TASK_STARTING", "TASK_RUNNING", "TASK_FAILED"]);
    assert.deepEqual(framework.states("custom"), ["TASK_RUNNING", "TASK_FINISHED"]);
  });

  void it("reports what ended while it was away", async () => {
    await framework.launch([
      one.command("good"),
      one.command("bad"),
      one.custom("done"),
      one.command("killed"),
    ]);
    for (const id of ["good", "bad", "done", "killed"]) await framework.sees(id, "TASK_RUNNING");
    const pids = await Promise.all(["good", "bad", "killed"].map((id) => one.pidOf(id)));
    await one.kill();
    one.go("good", 0);
    one.go("bad", 3);
    one.go("done", 0);
    process.kill(pids[2] ?? 0, "SIGKILL");
    await until("the tasks have ended", () => !pids.some((pid) => isAlive(pid)));
    await startAgain();

    assert.equal((await framework.sees("good", "TASK_FINISHED")).message, "Command exited with status 0");
    assert.equal((await framework.sees("bad", "TASK_FAILED")).message, "Command exited with status 3");
    const killed = await framework.sees("killed", "TASK_FAILED");
    assert.equal(killed.message, "Command terminated with signal Killed");
    await framework.sees("done", "TASK_FINISHED");
    assert.deepEqual(framework.states("good"), ["TASK_STARTING", "TASK_RUNNING", "TASK_FINISHED"]);
    assert.deepEqual(framework.states("done"), ["TASK_RUNNING", "TASK_FINISHED"]);
  });

  void it("repeats what was never acknowledged, first things first", async () => {
    await framework.rest();
    const slow = new Framework({
      master: one.master.address,
      info: { name: "slow" },
      acknowledge: () => false,
    });
    await slow.subscribe();
    await slow.launch([slow.command("unheard", "exit 5")]);
    const starting = await slow.sees("unheard", "TASK_STARTING");
    await one.kill();
    await startAgain();
    const again = await until("the first update comes again", () => slow.updates("unheard")[1]);
    assert.equal(again.uuid, starting.uuid);
    await slow.acknowledge(again);
    await slow.acknowledge(await slow.sees("unheard", "TASK_RUNNING"));
    const failed = await slow.sees("unheard", "TASK_FAILED");
    assert.equal(failed.message, "Command exited with status 5");
    await slow.acknowledge(failed);
    assert.deepEqual(slow.states("unheard"), ["TASK_STARTING", "TASK_RUNNING", "TASK_FAILED"]);
    await slow.teardown();
    await framework.must({ type: "REVIVE" });
  });

  void it("ends nothing it does not know and leaves nothing when its framework ends", async () => {
    await framework.launch([one.command("last")]);
    await framework.sees("last", "TASK_RUNNING");
    const pid = await one.pidOf("last");
    await one.kill();
    await startAgain();
    await framework.teardown();
    await until("the task is ended with its framework", () => !isAlive(pid));
    await until("no process of a task is left", () => one.taskProcesses().length === 0);
  });
});
