// An agent registers again, and what it says is compared with what the master thinks. Scenarios that Mesos tests, too; see
// docs/checklists/master-tests.md.
import assert from "node:assert/strict";
import { test } from "node:test";
import { uuid } from "../testing/cast.ts";
import { OperatingAgent } from "../testing/operating-agent.ts";
import { accept, operation, reserved } from "../testing/operation-script.ts";
import {
  AGENT,
  AWARE,
  deny,
  endExecutor,
  EXECUTOR,
  launched,
  reconcile,
  reregistration,
  running,
  statuses,
  tasksOf,
  tell,
} from "../testing/play.ts";
import { shownState } from "../testing/shown.ts";
import { subscribe } from "../testing/cast.ts";
import { Stage } from "../testing/stage.ts";
import { taskMetrics } from "../api/metrics/task-metrics.ts";

for (const [info, state, counter] of [
  [{}, "TASK_LOST", "tasks_lost"],
  [AWARE, "TASK_DROPPED", "tasks_dropped"],
] as const) {
  test(`a task that never reached its agent is asked about, and ends as ${state}`, () => {
    const play = launched({ info });
    const { stage } = play;
    stage.message("ReregisterSlaveMessage", AGENT, reregistration(play, {}));
    const [reregistered] = stage.sent("SlaveReregisteredMessage");
    const [asked] = reregistered?.reconciliations ?? [];
    assert.equal(asked?.framework_id.value, play.id);
    assert.deepEqual(
      asked.statuses?.map(({ task_id }) => task_id.value),
      ["t"],
    );
    // The agent tells the two kinds of frameworks apart by this.
    assert.deepEqual(asked.framework?.capabilities, play.info.capabilities);
    assert.deepEqual(deny(play, state), [`UPDATE on stream1 t ${state} REASON_RECONCILIATION`]);
    const { tasks_lost, tasks_dropped } = stage.state.counters;
    assert.deepEqual([tasks_lost, tasks_dropped], counter === "tasks_lost" ? [1, 0] : [0, 1]);
    const name = `master/${state.replace("TASK_", "task_").toLowerCase()}/source_slave/reason_reconciliation`;
    assert.equal(new Map(taskMetrics(stage.state)).get(name), 1);
  });
}

test("a re-registration that is older than a launch loses nothing", () => {
  const play = launched();
  const { stage } = play;
  // It was sent before the task arrived. The agent is asked, knows the task, and says nothing.
  stage.message("ReregisterSlaveMessage", AGENT, reregistration(play, {}));
  assert.deepEqual(statuses(stage), []);
  assert.deepEqual(tell(play, "TASK_FINISHED"), ["UPDATE on stream1 t TASK_FINISHED"]);
});

test("a task that waits at its agent, and one that ended there unheard, are not asked about", () => {
  for (const state of ["TASK_STAGING", "TASK_FINISHED"] as const) {
    const play = launched();
    const { stage } = play;
    const tasks = tasksOf(play).map((task) => ({ ...task, state }));
    stage.message("ReregisterSlaveMessage", AGENT, reregistration(play, { tasks }));
    const [reregistered] = stage.sent("SlaveReregisteredMessage");
    assert.deepEqual(reregistered?.reconciliations, []);
    assert.deepEqual(statuses(stage), []);
  }
});

test("the end of a task whose executor is gone arrives with the agent's next attempt", () => {
  const play = running({ task: { executor: EXECUTOR } });
  const { stage, agentId } = play;
  const tasks = tasksOf(play).map((task) => ({ ...task, state: "TASK_FINISHED" as const }));
  assert.deepEqual(endExecutor(play), ["FAILURE on stream1 m-S0 e"]);
  stage.message("ReregisterSlaveMessage", AGENT, reregistration(play, { tasks }));
  assert.deepEqual(stage.sent("SlaveReregisteredMessage")[0]?.reconciliations, []);
  assert.deepEqual(tell(play, "TASK_FINISHED", { byte: 2 }), ["UPDATE on stream1 t TASK_FINISHED"]);
  assert.deepEqual(stage.state.agents.registered.get(agentId)?.usedResources, new Map());
});

test("only tasks of executors that frameworks name are shown with one", () => {
  const own = running({ task: { executor: EXECUTOR } });
  const command = running();
  for (const [play, expected] of [
    [own, "e"],
    [command, ""],
  ] as const) {
    const tasks = tasksOf(play);
    const executors = play === own ? [{ ...EXECUTOR, framework_id: { value: play.id } }] : [];
    const body = reregistration(play, { tasks, executor_infos: executors });
    play.stage.message("ReregisterSlaveMessage", AGENT, body);
    const [shown] = shownState(play.stage).frameworks[0]?.tasks ?? [];
    assert.equal((shown as { executor_id?: string } | undefined)?.executor_id, expected);
    assert.equal(reconcile(play, [])[0]?.state, "TASK_RUNNING");
  }
});

test("the master goes by the resource version that the agent told last", () => {
  const stage = new Stage();
  const agent = new OperatingAgent(stage);
  const framework = subscribe(stage);
  const old = { ...agent.reregistration(), resource_version_uuid: { value: uuid(1) } };
  stage.message("ReregisterSlaveMessage", AGENT, old);
  const version = (): string | undefined => {
    const [sent] = stage.sent("ApplyOperationMessage");
    return sent?.resource_version_uuid.uuid.value;
  };
  accept(stage, framework, [operation.reserve([reserved("cpus", 1)])]);
  assert.equal(version(), uuid(1));
  agent.receive();
  agent.update();
  stage.now += 6000;
  accept(stage, framework, [operation.reserve([reserved("cpus", 1)])]);
  assert.equal(version(), uuid(9));
});
