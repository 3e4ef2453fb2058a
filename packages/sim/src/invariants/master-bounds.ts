// Everything the master remembers has a bound, and what waits is waited for by a timer.
import { REMOVAL_PERMIT_TIMER } from "../../../cluster/src/master/removal-queue.ts";
import type { MasterRun } from "../master/master-run.ts";
import { violationsOf } from "../trace/violation.ts";

const violate = violationsOf("master-bounds");

/** The cache of prepared resources, as `launch/prepare-task.ts` bounds it. */
const MAX_PREPARED = 10_000;

/** Timers beside those of agents, frameworks and offers: the allocator's, the registry's, recovery's. */
const OTHER_TIMERS = 10;

/** Requests without an answer: those whose writes are on their way. */
const MAX_WAITING_REQUESTS = 1000;

/** Checks sizes. */
export function checkMasterBounds(run: MasterRun): void {
  const { state } = run;
  const { options, agents, frameworks, offers } = state;
  const atMost = (what: string, size: number, limit: number): void => {
    if (size > limit) violate(`${what}: ${size}, at most ${limit} are allowed`);
  };
  atMost("completed frameworks", frameworks.completed.size, options.maxCompletedFrameworks);
  atMost("prepared resources", state.preparedResources.size, MAX_PREPARED);
  atMost("streams of frameworks", frameworks.byStream.size, frameworks.registered.size);
  atMost("addresses of agents", agents.byPid.size, agents.registered.size);
  atMost("requests without an answer", run.waitingRequests, MAX_WAITING_REQUESTS);
  atMost(
    "timers",
    run.timerKeys.size,
    agents.registered.size * 2 + frameworks.registered.size * 2 + offers.size + OTHER_TIMERS,
  );
  for (const framework of frameworks.registered.values()) {
    atMost("completed tasks", framework.completedTasks.length, options.maxCompletedTasksPerFramework);
    atMost("unreachable tasks", framework.unreachableTasks.size, options.maxUnreachableTasksPerFramework);
  }
  for (const agent of agents.registered.values()) {
    for (const [frameworkId, killed] of agent.killedTasks) {
      atMost(`kills remembered on ${agent.id}`, killed.size, agent.tasks.get(frameworkId)?.size ?? 0);
    }
    for (const task of [...agent.tasks.values()].flatMap((tasks) => [...tasks.values()])) {
      atMost(`statuses of task ${task.task_id.value}`, task.statuses?.length ?? 0, MAX_STATUSES);
    }
  }
}

/** Statuses in a row of one state are one; states come in order but for partitions. */
const MAX_STATUSES = 200;

/** Checks that nobody is forgotten. */
export function checkTimers(run: MasterRun): void {
  const { agents, frameworks, offers, options, removals } = run.state;
  const needs = (key: string, who: string): void => {
    if (!run.timerKeys.has(key)) violate(`${who} waits for ${key}, which is not set`, [who]);
  };
  // Also for agents that have not come back to this master: they are not registered.
  const [firstInLine] = removals.waiting.keys();
  if (firstInLine !== undefined) needs(REMOVAL_PERMIT_TIMER, firstInLine);
  for (const agent of agents.registered.values()) {
    needs(`ping/${agent.id}`, agent.id);
    const isMoving = agents.leaving.has(agent.id) || agents.reregistering.has(agent.id);
    // One that only was silent can go away in addition, and has that long to come back.
    const isGivenUp = removals.waiting.get(agent.id)?.until === "return";
    if (!agent.connected && !isMoving && !isGivenUp) needs(`agent-reregister/${agent.id}`, agent.id);
  }
  for (const framework of frameworks.registered.values()) {
    const { connection } = framework;
    if (framework.state === "connected" && connection?.kind === "http") {
      needs(`heartbeat/${connection.streamId}`, framework.id);
    }
    if (framework.state === "disconnected") needs(`framework-failover/${framework.id}`, framework.id);
  }
  if (options.offerTimeout === undefined) return;
  for (const offerId of offers.keys()) needs(`offer-timeout/${offerId}`, offerId);
}
