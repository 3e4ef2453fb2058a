// The master is killed with SIGKILL and started again: agents and frameworks come back, tasks never noticed.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { getJson, listAgents, startAgent, startMaster, type Server } from "../support/cluster.ts";
import { Framework } from "../support/framework.ts";
import { isAlive } from "../support/processes.ts";
import { Story } from "../support/story.ts";
import { until } from "../support/until.ts";

void describe("a master that is killed and started again", () => {
  const story = new Story({ after });
  let master: Server;
  let agents: Awaited<ReturnType<typeof startAgent>>[];
  let framework: Framework;

  before(async () => {
    master = await startMaster(story);
    agents = await Promise.all(["one", "two"].map((name) => startAgent(story, master, { name })));
    framework = new Framework({ master: master.address });
    await framework.subscribe();
  });

  const starts = (id: string): string[] =>
    readFileSync(join(story.folder, `${id}.pid`), "utf8")
      .trim()
      .split("\n");

  async function restartMaster(): Promise<void> {
    await master.child.stop("SIGKILL");
    await until("the framework has lost its master", () => !framework.isConnected);
    master = await startMaster(story, { port: master.port });
  }

  const agentsAreBack = (): Promise<unknown> =>
    until("both agents are back", async () => {
      const active = (await listAgents(master)).filter((agent) => agent.active).map(({ id }) => id);
      return agents.every(({ id }) => active.includes(id));
    });

  void it("gets its agents, frameworks and tasks back", async () => {
    const ids = ["task-1", "task-2"];
    for (const [index, id] of ids.entries()) {
      const command = `echo $$ >> ${join(story.folder, `${id}.pid`)}; sleep 1000`;
      await framework.launch([framework.command(id, command)], agents[index]?.id);
      await framework.sees(id, "TASK_RUNNING");
    }
    const frameworkId = framework.id;
    await restartMaster();
    await framework.subscribe();
    assert.equal(framework.id, frameworkId);
    await agentsAreBack();

    const before = framework.events.length;
    await framework.must({ type: "RECONCILE", reconcile: { tasks: [] } });
    const news = await until("both tasks are reconciled", () => {
      const statuses = framework.events.slice(before).flatMap(({ update }) => update?.status ?? []);
      return statuses.length >= 2 && statuses;
    });
    assert.deepEqual(news.map(({ task_id, state }) => `${task_id.value} ${state}`).toSorted(), [
      "task-1 TASK_RUNNING",
      "task-2 TASK_RUNNING",
    ]);
    assert.ok(news.every(({ reason }) => reason === "REASON_RECONCILIATION"));
    for (const id of ids) {
      assert.equal(starts(id).length, 1, "no second copy was started");
      assert.ok(isAlive(Number(starts(id)[0])), "the first one still runs");
    }
  });

  void it("lists what it has heard of", async () => {
    const state = await getJson<{
      frameworks: { id: string; active: boolean; tasks: { id: string; state: string }[] }[];
    }>(master.address, "/state");
    const [only] = state.frameworks;
    assert.equal(state.frameworks.length, 1);
    assert.equal(only?.active, true);
    assert.deepEqual(only?.tasks.map(({ id, state: s }) => `${id} ${s}`).toSorted(), [
      "task-1 TASK_RUNNING",
      "task-2 TASK_RUNNING",
    ]);
  });

  void it("delivers what happens to tasks while it is away", async () => {
    const pid = Number(starts("task-1")[0]);
    await master.child.stop("SIGKILL");
    process.kill(-pid, "SIGKILL");
    await until("the task has ended", () => !isAlive(pid));
    master = await startMaster(story, { port: master.port });
    await framework.subscribe();
    const failed = await framework.sees("task-1", "TASK_FAILED");
    assert.equal(failed.message, "Command terminated with signal Killed");
  });

  void it("kills what it is told to kill, and offers what is free again", async () => {
    await agentsAreBack();
    const agentId = agents[1]?.id ?? "";
    const kill = { task_id: { value: "task-2" }, agent_id: { value: agentId } };
    await framework.must({ type: "KILL", kill });
    await framework.sees("task-2", "TASK_KILLED");
    await framework.launch([framework.command("task-3", "true")], agentId);
    await framework.sees("task-3", "TASK_FINISHED");
  });

  void it("knows a framework that has ended", async () => {
    const { id } = framework;
    await framework.teardown();
    const state = await getJson<{ completed_frameworks: { id: string }[] }>(master.address, "/state");
    assert.deepEqual(
      state.completed_frameworks.map((each) => each.id),
      [id],
    );
    const again = new Framework({ master: master.address, id });
    await assert.rejects(again.subscribe(), /Framework has been removed/);
    await again.disconnect();
  });
});
