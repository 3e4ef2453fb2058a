// Another master takes over, and learns who is there from agents and schedulers as they come. Scenarios that Mesos tests,
// too; see docs/checklists/master-tests.md.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { FrameworkInfo } from "@mezzo/wire";
import {
  AGENT,
  EXECUTOR,
  AWARE,
  deny,
  endExecutor,
  type Play,
  failOver,
  partition,
  reconcile,
  reregistration,
  resubscribe,
  returning,
  running,
  statuses,
  tasksOf,
  tell,
} from "../testing/play.ts";
import { shownState, shownTasks } from "../testing/shown.ts";
import { Stage } from "../testing/stage.ts";

const NONE = { running: [], unreachable: [], completed: [] };

/** The executor as its agent names it. */
function executorOf({ id }: Play): typeof EXECUTOR & { framework_id: { value: string } } {
  const resources = EXECUTOR.resources.map((one) => ({ ...one, allocation_info: { role: "r" } }));
  return { ...EXECUTOR, resources, framework_id: { value: id } };
}

test("a driver that finds a new master is registered there under its old id", () => {
  const from = "scheduler(1)@127.0.0.1:9";
  const framework: FrameworkInfo = { user: "u", name: "driven", id: { value: "before-0000" } };
  const stage = new Stage();
  const body = { framework, failover: false };
  assert.deepEqual(stage.message("ReregisterFrameworkMessage", from, body), [
    `FrameworkRegisteredMessage to ${from}`,
  ]);
  const [registered] = stage.sent("FrameworkRegisteredMessage");
  assert.equal(registered?.framework_id.value, "before-0000");
});

test("a framework that an agent calls completed has ended only there", () => {
  const play = running();
  tell(play, "TASK_KILLED", { byte: 2 });
  const tasks = tasksOf(play);
  const next = failOver(play);
  resubscribe(play);
  const completed_frameworks = [{ framework_info: play.info, tasks }];
  next.message(
    "ReregisterSlaveMessage",
    AGENT,
    reregistration(play, { frameworks: [], completed_frameworks }),
  );
  const { frameworks, completed_frameworks: ended } = shownState(next);
  assert.deepEqual([frameworks.length, ended.length], [1, 0]);
  assert.deepEqual(shownTasks(next), { ...NONE, completed: ["t TASK_KILLED"] });
});

test("an executor may end before its task does, and before its framework is back", () => {
  const play = running({ task: { executor: EXECUTOR } });
  const tasks = tasksOf(play);
  const next = failOver(play);
  const executor_infos = [executorOf(play)];
  next.message("ReregisterSlaveMessage", AGENT, reregistration(play, { tasks, executor_infos }));
  assert.deepEqual(endExecutor(play), []);
  resubscribe(play);
  assert.deepEqual(shownTasks(next), { ...NONE, running: ["t TASK_RUNNING"] });
  assert.deepEqual(tell(play, "TASK_FAILED", { byte: 2 }), ["UPDATE on stream1 t TASK_FAILED"]);
  assert.deepEqual(next.state.agents.registered.get(play.agentId)?.usedResources, new Map());
});

test("an executor without tasks is its framework's until it ends", () => {
  const play = running({ task: { executor: EXECUTOR } });
  const next = failOver(play);
  const executor_infos = [executorOf(play)];
  next.message("ReregisterSlaveMessage", AGENT, reregistration(play, { executor_infos }));
  resubscribe(play);
  const framework = next.state.frameworks.registered.get(play.id);
  assert.equal(framework?.executors.size, 1);
  assert.equal(framework.totalUsedResources.length, 1);
  assert.deepEqual(endExecutor(play), ["FAILURE on stream1 m-S0 e"]);
  assert.deepEqual(framework.totalUsedResources, []);
});

test("a framework is as its agents remember it until it says anew what it is, but for what never changes", () => {
  const info = { name: "first", failover_timeout: 1000, checkpoint: true };
  const play = running({ info });
  const tasks = tasksOf(play);
  const next = failOver(play);
  next.message("ReregisterSlaveMessage", AGENT, reregistration(play, { tasks }));
  const shown = (): unknown[] => {
    const [framework] = shownState(next).frameworks;
    assert.ok(framework !== undefined);
    const { name, failover_timeout, checkpoint, recovered } = framework;
    return [framework.id, name, failover_timeout, checkpoint, recovered];
  };
  assert.deepEqual(shown(), [play.id, "first", 1000, true, true]);
  resubscribe(play, { name: "second", failover_timeout: 2000, checkpoint: false });
  assert.deepEqual(shown(), [play.id, "second", 2000, true, false]);
});

test("a subscription that is refused leaves a framework that agents brought as it was", () => {
  const play = running({ info: { principal: "p", roles: ["r"] } });
  const tasks = tasksOf(play);
  const next = failOver(play);
  next.message("ReregisterSlaveMessage", AGENT, reregistration(play, { tasks }));
  const refused = resubscribe(play, { principal: "q", roles: ["s"], name: "other" });
  assert.match(refused[1] ?? "", /^ERROR on stream1 Changing framework's principal/);
  const framework = next.state.frameworks.registered.get(play.id);
  assert.ok(framework !== undefined);
  assert.deepEqual([framework.state, framework.active], ["recovered", false]);
  assert.deepEqual([framework.info.name, [...framework.roles]], ["fw", ["r"]]);
  assert.equal(framework.counters.calls.size, 0);
  assert.deepEqual(next.allocate(), [], "nothing is offered to it");
  assert.deepEqual(resubscribe(play).slice(1, 3), ["SUBSCRIBED on stream2", "HEARTBEAT on stream2"]);
  assert.deepEqual(shownTasks(next), { ...NONE, running: ["t TASK_RUNNING"] });
});

test("while the return of an agent is written, nothing is said of its tasks", () => {
  const play = running({ info: AWARE });
  const next = failOver(play);
  resubscribe(play);
  const tasks = [{ task_id: { value: "x" }, agent_id: { value: play.agentId } }];
  const framework_id = { value: play.id };
  const moved = reregistration(play, {});
  // What it says about itself has changed, so the registry is told first.
  const body = { ...moved, agent: { ...moved.agent, port: 5052 } };
  next.take(
    { type: "message", name: "ReregisterSlaveMessage", from: AGENT, body },
    {
      type: "scheduler-call",
      request: 1,
      call: { type: "RECONCILE", framework_id, reconcile: { tasks } },
      streamId: play.streamId,
      uuid: "",
    },
  );
  assert.deepEqual(statuses(next), []);
  const [status] = reconcile(play, [{ taskId: "x", agentId: play.agentId }]);
  assert.equal(status?.state, "TASK_GONE");
});

test("reconciliation tells the state that the framework has been told, not one that is still to come", () => {
  const play = running();
  const [task] = tasksOf(play);
  assert.ok(task !== undefined);
  const next = failOver(play);
  resubscribe(play);
  const tasks = [{ ...task, state: "TASK_FINISHED" as const }];
  next.message("ReregisterSlaveMessage", AGENT, reregistration(play, { tasks }));
  assert.deepEqual(
    reconcile(play, []).map(({ state, reason }) => [state, reason]),
    [["TASK_RUNNING", "REASON_RECONCILIATION"]],
  );
});

test("what an agent denies is not told to run, though a re-registration that came late had said so", () => {
  const play = running();
  const [task] = tasksOf(play);
  assert.ok(task !== undefined);
  const next = failOver(play);
  const tasks = [{ ...task, state: "TASK_FINISHED" as const }];
  next.message("ReregisterSlaveMessage", AGENT, reregistration(play, { tasks }));
  // It had been acknowledged before; the framework is not back yet.
  next.message("ReregisterSlaveMessage", AGENT, reregistration(play, {}));
  deny(play, "TASK_LOST");
  resubscribe(play);
  assert.deepEqual(
    reconcile(play, []).map(({ state }) => state),
    ["TASK_FINISHED"],
  );
});

test("a new master knows since when a task is unreachable", () => {
  const play = running();
  partition(play);
  const asked = [{ taskId: "t", agentId: play.agentId }];
  const [before] = reconcile(play, asked);
  assert.equal(before?.state, "TASK_LOST");
  failOver(play);
  resubscribe(play);
  const [after] = reconcile(play, asked);
  assert.equal(after?.state, "TASK_LOST");
  assert.ok(after.unreachable_time !== undefined);
  assert.deepEqual(after.unreachable_time, before.unreachable_time);
});

test("agents that are coming back are not among those that a new master misses", () => {
  const play = running();
  const next = failOver(play, { recoveryAgentRemovalLimit: 0 });
  const moved = returning(play, { agent: { ...reregistration(play, {}).agent, port: 5052 } });
  next.take(moved, { type: "timer", timer: "recovered-agents" });
  assert.ok(next.effects.every(({ type }) => type !== "abort"));
  assert.ok(next.state.agents.registered.has(play.agentId));
  const missed = failOver(play, { recoveryAgentRemovalLimit: 0 });
  const lines = missed.take({ type: "timer", timer: "recovered-agents" });
  assert.match(lines[0] ?? "", /^abort Post-recovery agent removal limit exceeded! .* 1 \(100%\) agents/);
});

test("an agent that was back and went again has all its time once more", () => {
  const play = running();
  const { stage, agentId } = play;
  const tasks = tasksOf(play);
  stage.take({ type: "exited", pid: AGENT });
  const early = stage.effects.find((effect) => effect.type === "set-timer");
  stage.now += 1000;
  stage.message("ReregisterSlaveMessage", AGENT, reregistration(play, { tasks }));
  stage.take({ type: "exited", pid: AGENT });
  const late = stage.effects.find((effect) => effect.type === "set-timer");
  assert.ok(early?.type === "set-timer" && late?.type === "set-timer");
  // It had gone off, and waited behind what happened meanwhile.
  stage.take({ type: "timer", ...early.input });
  assert.ok(stage.state.agents.registered.has(agentId));
  stage.take({ type: "timer", ...late.input });
  assert.ok(stage.state.agents.unreachable.has(agentId));
});
