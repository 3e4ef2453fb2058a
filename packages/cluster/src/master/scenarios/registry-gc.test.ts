// The registry forgets agents that have been away for long; whoever comes back at that moment loses nothing. Scenarios that
// Mesos tests, too; see docs/checklists/master-tests.md.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { TaskStatus } from "@mezzo/wire";
import { registerAgent } from "../testing/cast.ts";
import {
  AGENT,
  AWARE,
  type Play,
  launched,
  partition,
  reconcile,
  reregistration,
  returning,
} from "../testing/play.ts";
import { taskGauge } from "../testing/shown.ts";
import { fromTimeInfo } from "../time-info.ts";

const OTHER = "slave(1)@127.0.0.1:5052";
const GC = { type: "timer", timer: "registry-gc" } as const;
const MINUTE_MS = 60_000;

/** Another agent registers and becomes unreachable; its id. */
function loseAnother(play: Play, pid = OTHER): string {
  const agentId = registerAgent(play.stage, pid);
  partition({ stage: play.stage, agentId });
  return agentId;
}

/** What the framework hears of a task on the agent, and since when that is unreachable. */
function askAbout(play: Play, agentId: string, taskId = "x"): string {
  const [status] = reconcile(play, [{ taskId, agentId }]);
  return describe(status);
}

function describe(status: TaskStatus | undefined): string {
  const since = status?.unreachable_time;
  return [status?.state, since === undefined ? undefined : fromTimeInfo(since)]
    .filter((part) => part !== undefined)
    .join(" since ");
}

test("the tasks of an agent that is forgotten because others came later are forgotten, too", () => {
  const play = launched({ info: AWARE, options: { registryMaxAgentCount: 1 } });
  const { stage, agentId } = play;
  partition(play);
  const firstMs = stage.now;
  const other = loseAnother(play);
  const secondMs = stage.now;
  assert.equal(askAbout(play, agentId, "t"), `TASK_UNREACHABLE since ${firstMs}`);
  assert.equal(taskGauge(stage, "tasks_unreachable"), 1);
  stage.take(GC);
  assert.equal(taskGauge(stage, "tasks_unreachable"), 0);
  assert.equal(askAbout(play, agentId, "t"), "TASK_UNKNOWN");
  assert.equal(askAbout(play, other), `TASK_UNREACHABLE since ${secondMs}`);
  assert.equal(stage.state.counters.slave_unreachable_completed, 2);
  assert.equal(stage.state.counters["slave_removals/reason_unhealthy"], 2);
});

test("agents are forgotten one by one as each has been away for too long", () => {
  const options = { registryMaxAgentAge: 20 * MINUTE_MS, registryGcInterval: 15 * MINUTE_MS };
  const play = launched({ info: AWARE, options });
  const { stage, agentId } = play;
  const startedAt = stage.now;
  partition(play);
  stage.now = startedAt + 10 * MINUTE_MS;
  const other = loseAnother(play);
  const known = (): string[] =>
    [agentId, other].map((id) => askAbout(play, id)).map((words) => words.split(" ")[0] ?? "");
  const collectAfter = (minutes: number): string[] => {
    stage.now = startedAt + minutes * MINUTE_MS;
    stage.take(GC);
    assert.ok(
      stage.effects.some((effect) => effect.type === "set-timer" && effect.key === "registry-gc/"),
      "it comes again",
    );
    return known();
  };
  assert.deepEqual(collectAfter(15), ["TASK_UNREACHABLE", "TASK_UNREACHABLE"]);
  assert.deepEqual(collectAfter(30), ["TASK_UNKNOWN", "TASK_UNREACHABLE"]);
  assert.deepEqual(collectAfter(45), ["TASK_UNKNOWN", "TASK_UNKNOWN"]);
});

test("an agent that comes back while old ones are forgotten is back as who it was", () => {
  const play = launched({ info: AWARE, options: { registryMaxAgentCount: 1 } });
  const { stage, agentId } = play;
  partition(play);
  stage.take({ type: "deactivate-agent", request: 1, agentId });
  const forgotten = loseAnother(play);
  const kept = loseAnother(play, "slave(1)@127.0.0.1:5053");
  // The registry is told of the return when it is told what to forget.
  stage.take(returning(play, {}), GC);
  const prunes = stage.effects.flatMap((effect) =>
    effect.type === "persist" ? effect.operations.filter(({ kind }) => kind === "prune") : [],
  );
  assert.deepEqual(prunes, [{ kind: "prune", unreachable: [forgotten], gone: [] }]);
  assert.equal(stage.state.agents.registered.get(agentId)?.deactivated, true, "an operator's word holds");
  assert.equal(askAbout(play, forgotten), "TASK_UNKNOWN");
  assert.equal(askAbout(play, agentId), "TASK_GONE");
  assert.match(askAbout(play, kept), /^TASK_UNREACHABLE since /);
});

test("an agent that is marked gone while old ones are forgotten ends its tasks as such", () => {
  const play = launched({ info: AWARE, options: { registryMaxAgentCount: 0 } });
  const { stage, agentId } = play;
  partition(play);
  stage.take({ type: "mark-agent-gone", request: 1, agentId }, GC);
  const told = stage.effects.flatMap((effect) =>
    effect.type === "send-event" && effect.event.update !== undefined ? [effect.event.update.status] : [],
  );
  assert.deepEqual(told.map(describe), ["TASK_GONE_BY_OPERATOR"]);
  assert.ok(stage.state.agents.gone.has(agentId));
  stage.take({
    type: "message",
    name: "ReregisterSlaveMessage",
    from: AGENT,
    body: reregistration(play, {}),
  });
  assert.equal(stage.sent("ShutdownMessage").length, 1);
});
