// An agent cannot be reached for a while, whatever its tasks do meanwhile. Scenarios that Mesos tests, too; see
// docs/checklists/master-tests.md.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Task, TaskStatus } from "@mezzo/wire";
import { subscribe } from "../testing/cast.ts";
import {
  AGENT,
  AWARE,
  type Play,
  acknowledge,
  failOver,
  launched,
  partition,
  reconcile,
  reregistration,
  resubscribe,
  running,
  statuses,
  tasksOf,
  tell,
} from "../testing/play.ts";
import { listedTasks, shownState, shownTasks, summary, taskGauge } from "../testing/shown.ts";
import { toTimeInfo } from "../time-info.ts";

const NONE = { running: [], unreachable: [], completed: [] };

/** The agent is back with these tasks. */
function comeBack(play: Play, tasks: Task[]): string[] {
  return play.stage.message("ReregisterSlaveMessage", AGENT, reregistration(play, { tasks }));
}

const brief = ({ task_id, state, reason }: TaskStatus): string =>
  [task_id.value, state, reason].filter((part) => part !== undefined).join(" ");

test("an agent that answers no ping is counted once, though a second verdict comes while the first is written", () => {
  const { stage, agentId } = running({ info: AWARE });
  const { maxAgentPingTimeouts } = stage.state.options;
  const ping = { type: "timer", timer: "ping", agentId } as const;
  for (let missed = 1; missed < maxAgentPingTimeouts; missed++) stage.take(ping);
  stage.take(ping, ...Array.from({ length: maxAgentPingTimeouts }, () => ping));
  const writes = stage.effects.filter(({ type }) => type === "persist");
  assert.equal(writes.length, 1);
  const { counters } = stage.state;
  assert.equal(counters.slave_unreachable_scheduled, 2);
  assert.equal(counters.slave_unreachable_completed, 2);
  assert.equal(counters.slave_unreachable_canceled, 0);
  assert.equal(counters.slave_removals, 1);
  assert.equal(counters["slave_removals/reason_unhealthy"], 1);
  assert.equal(counters["slave_removals/reason_unregistered"], 0);
});

test("a task that never reached its agent is forgotten when the agent comes back without it", () => {
  const play = launched({ info: AWARE });
  const { stage } = play;
  assert.deepEqual(partition(play), [
    "UPDATE on stream1 t TASK_UNREACHABLE REASON_AGENT_REMOVED health check timed out",
    "FAILURE on stream1 m-S0",
  ]);
  assert.deepEqual(shownTasks(stage), { ...NONE, unreachable: ["t TASK_UNREACHABLE"] });
  assert.deepEqual(listedTasks(stage), ["t TASK_UNREACHABLE"]);
  assert.deepEqual(summary(stage), { TASK_UNREACHABLE: 1 });
  assert.equal(taskGauge(stage, "tasks_unreachable"), 1);
  assert.equal(stage.state.counters.tasks_lost, 0);
  const { activated_slaves, deactivated_slaves, unreachable_slaves } = shownState(stage);
  assert.deepEqual([activated_slaves, deactivated_slaves, unreachable_slaves], [0, 0, 1]);
  comeBack(play, []);
  assert.deepEqual(statuses(stage), []);
  assert.deepEqual(shownTasks(stage), NONE);
  assert.deepEqual(listedTasks(stage), []);
  assert.deepEqual(summary(stage), {});
  assert.equal(taskGauge(stage, "tasks_unreachable"), 0);
});

test("a task on an agent that comes back runs on, and its framework is told so", () => {
  const play = running({ info: AWARE });
  const { stage } = play;
  const tasks = tasksOf(play);
  partition(play);
  assert.deepEqual(shownTasks(stage), { ...NONE, unreachable: ["t TASK_UNREACHABLE"] });
  comeBack(play, tasks);
  assert.deepEqual(statuses(stage).map(brief), ["t TASK_RUNNING REASON_AGENT_REREGISTERED"]);
  assert.deepEqual(shownTasks(stage), { ...NONE, running: ["t TASK_RUNNING"] });
  assert.deepEqual(listedTasks(stage), ["t TASK_RUNNING"]);
  assert.deepEqual(summary(stage), { TASK_RUNNING: 1 });
  assert.equal(taskGauge(stage, "tasks_unreachable"), 0);
  assert.equal(taskGauge(stage, "tasks_running"), 1);
});

test("an older framework hears TASK_LOST, since when, and then that its task runs after all", () => {
  const play = running();
  const { stage } = play;
  const tasks = tasksOf(play);
  partition(play);
  const lostAt = toTimeInfo(stage.now);
  assert.deepEqual(statuses(stage).map(brief), ["t TASK_LOST REASON_AGENT_REMOVED"]);
  assert.deepEqual(statuses(stage)[0]?.unreachable_time, lostAt);
  assert.deepEqual(shownTasks(stage), { ...NONE, unreachable: ["t TASK_LOST"] });
  assert.equal(stage.state.counters.tasks_lost, 1);
  assert.equal(taskGauge(stage, "tasks_unreachable"), 0);
  comeBack(play, tasks);
  assert.deepEqual(statuses(stage).map(brief), ["t TASK_RUNNING REASON_AGENT_REREGISTERED"]);
  assert.deepEqual(shownTasks(stage), { ...NONE, running: ["t TASK_RUNNING"] });
  assert.deepEqual(summary(stage), { TASK_RUNNING: 1 });
  assert.equal(stage.state.counters.tasks_lost, 1);
  assert.equal(stage.state.counters.tasks_killed, 0);
});

for (const info of [AWARE, {}]) {
  const who = "capabilities" in info ? "a framework that knows of partitions" : "an older framework";
  test(`${who} is told by a new master that a task runs which the old one called away`, () => {
    const play = running({ info });
    const tasks = tasksOf(play);
    partition(play);
    const next = failOver(play);
    resubscribe(play);
    comeBack(play, tasks);
    assert.deepEqual(statuses(next).map(brief), ["t TASK_RUNNING REASON_AGENT_REREGISTERED"]);
    assert.equal(taskGauge(next, "tasks_running"), 1);
    assert.equal(taskGauge(next, "tasks_unreachable"), 0);
    assert.equal(next.state.counters.tasks_lost, 0);
    assert.equal(next.state.counters.slave_removals, 0);
  });
}

test("an agent that comes back with work of a framework that ended meanwhile is told to end it", () => {
  const play = running({ info: { ...AWARE, failover_timeout: 0 } });
  const { stage, id } = play;
  const tasks = tasksOf(play);
  partition(play);
  stage.take({ type: "stream-closed", streamId: play.streamId });
  const timer = stage.effects.find((effect) => effect.type === "set-timer");
  assert.ok(timer?.type === "set-timer");
  stage.take({ type: "timer", ...timer.input });
  const ended = { ...NONE, completed: ["t TASK_KILLED"] };
  assert.deepEqual(shownTasks(stage), ended);
  comeBack(play, tasks);
  assert.deepEqual(stage.sent("ShutdownFrameworkMessage"), [{ framework_id: { value: id } }]);
  assert.deepEqual(shownState(stage).frameworks, []);
  assert.deepEqual(shownTasks(stage), ended);
  assert.deepEqual(listedTasks(stage), ["t TASK_KILLED"]);
  assert.deepEqual(stage.state.agents.registered.get(play.agentId)?.usedResources, new Map());
});

test("an agent becomes unreachable while its framework is away, which learns of it when it asks", () => {
  const play = running({ info: { failover_timeout: 1_000_000 } });
  const tasks = tasksOf(play);
  const next = failOver(play);
  comeBack(play, tasks);
  partition(play);
  assert.deepEqual(statuses(next), [], "nobody is there to be told");
  resubscribe(play);
  const [status] = reconcile(play, [{ taskId: "t", agentId: play.agentId }]);
  assert.equal(status?.state, "TASK_LOST");
  assert.equal(status.reason, "REASON_RECONCILIATION");
  assert.ok(status.unreachable_time !== undefined);
  assert.equal(next.state.counters.tasks_lost, 1);
  assert.equal(taskGauge(next, "tasks_unreachable"), 0);
});

test("an agent that registers again for no reason keeps its tasks", () => {
  const play = running();
  comeBack(play, tasksOf(play));
  assert.deepEqual(statuses(play.stage), []);
  const [status] = reconcile(play, [{ taskId: "t", agentId: play.agentId }]);
  assert.equal(status?.state, "TASK_RUNNING");
});

test("updates of an agent that was given up are passed on only once it is back", () => {
  const play = running();
  const { stage } = play;
  partition(play);
  assert.deepEqual(tell(play, "TASK_RUNNING", { taskId: "other", byte: 2 }), []);
  assert.equal(stage.state.counters.invalid_status_updates, 1);
  comeBack(play, []);
  assert.deepEqual(tell(play, "TASK_RUNNING", { taskId: "other", byte: 2 }), [
    "UPDATE on stream1 other TASK_RUNNING",
  ]);
});

test("the end of an executor on an agent that was given up is nobody's news", () => {
  const executor = { executor_id: { value: "e" }, command: { value: "x" } };
  const play = running({ task: { executor } });
  partition(play);
  const ids = { agent_id: { value: play.agentId }, framework_id: { value: play.id } };
  const body = { ...ids, executor_id: executor.executor_id, status: 9 };
  assert.deepEqual(play.stage.message("ExitedExecutorMessage", AGENT, body), []);
});

for (const [info, gone] of [
  [AWARE, "TASK_GONE"],
  [{}, "TASK_LOST"],
] as const) {
  test(`a task that ended on an unreachable agent has ended when it is back, and is ${gone} afterwards`, () => {
    const play = running({ info });
    const { stage } = play;
    const tasks = tasksOf(play);
    partition(play);
    // The agent knows the end, and the master has heard no more than TASK_RUNNING.
    comeBack(
      play,
      tasks.map((task) => ({ ...task, state: "TASK_FINISHED" as const })),
    );
    assert.deepEqual(statuses(stage).map(brief), ["t TASK_FINISHED REASON_AGENT_REREGISTERED"]);
    assert.deepEqual(stage.state.agents.registered.get(play.agentId)?.usedResources, new Map());
    assert.deepEqual(tell(play, "TASK_FINISHED", { byte: 2 }), ["UPDATE on stream1 t TASK_FINISHED"]);
    acknowledge(play, { byte: 2 });
    assert.deepEqual(shownTasks(stage), { ...NONE, completed: ["t TASK_FINISHED"] });
    const [status] = reconcile(play, [{ taskId: "t", agentId: play.agentId }]);
    assert.equal(status?.state, gone);
    assert.equal(status.unreachable_time, undefined);
  });
}

test("an end that nobody acknowledged is kept when its agent becomes unreachable", () => {
  const play = running();
  tell(play, "TASK_FINISHED", { byte: 2 });
  partition(play);
  assert.deepEqual(shownTasks(play.stage), { ...NONE, unreachable: ["t TASK_FINISHED"] });
  assert.equal(play.stage.state.counters.tasks_lost, 0);
});

test("a broken link shows in the next ping, so that the agent registers again", () => {
  const play = running();
  const { stage, agentId } = play;
  const ping = { type: "timer", timer: "ping", agentId } as const;
  const connected = (): boolean[] => {
    stage.take(ping);
    return stage.sent("PingSlaveMessage").map((body) => body.connected);
  };
  assert.deepEqual(connected(), [true]);
  stage.take({ type: "exited", pid: AGENT });
  assert.deepEqual(connected(), [false]);
  comeBack(play, tasksOf(play));
  assert.deepEqual(connected(), [true]);
});

test("a driver whose link broke is told so, and no call of it counts any more", () => {
  const { stage } = running();
  const from = "scheduler(1)@127.0.0.1:9";
  const framework = { user: "u", name: "driver", role: "r", failover_timeout: 1_000_000 };
  stage.message("RegisterFrameworkMessage", from, { framework });
  const [registered] = stage.sent("FrameworkRegisteredMessage");
  assert.ok(registered !== undefined);
  stage.take({ type: "exited", pid: from });
  assert.deepEqual(stage.sent("FrameworkErrorMessage"), [{ message: "Framework disconnected" }]);
  const { framework_id } = registered;
  stage.message("ReviveOffersMessage", from, { framework_id });
  assert.deepEqual(stage.sent("FrameworkErrorMessage"), [{ message: "Framework disconnected" }]);
  assert.equal(stage.state.frameworks.registered.get(framework_id.value)?.active, false);
});

test("frameworks that run nothing on an agent hear that it is lost, too", () => {
  const play = running({ info: AWARE });
  subscribe(play.stage, { name: "idle", roles: ["other"] });
  assert.ok(partition(play).includes("FAILURE on stream2 m-S0"));
});
