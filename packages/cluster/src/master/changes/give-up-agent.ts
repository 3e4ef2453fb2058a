// An agent shall be marked unreachable as soon as the rate limit allows.
import { REMOVAL_PERMIT_TIMER, type RemovalVerdict, permitIntervalMs } from "../removal-queue.ts";
import type { Turn } from "../turn.ts";
import { markUnreachable } from "./mark-unreachable.ts";

/** Puts the agent in line, unless it stands there, and marks whoever may be marked now. */
export function giveUpAgent(turn: Turn, verdict: RemovalVerdict): void {
  const { counters, removals } = turn.state;
  const { agentId } = verdict;
  if (removals.waiting.has(agentId)) {
    // Silent before, it is away now: it keeps its place, and a pong is not enough any more.
    if (verdict.until === "return") removals.waiting.set(agentId, verdict);
    return;
  }
  counters.slave_unreachable_scheduled++;
  removals.waiting.set(agentId, verdict);
  grantRemovalPermits(turn);
}

/** Marks the first in line if it is time, or sets the timer for it; without a limit marks everybody. */
export function grantRemovalPermits(turn: Turn): void {
  const { options, removals } = turn.state;
  const intervalMs = permitIntervalMs(options);
  // A clock that was set back must not stop removals.
  removals.nextPermitAt = Math.min(removals.nextPermitAt, turn.now + intervalMs);
  for (const verdict of removals.waiting.values()) {
    const delayMs = removals.nextPermitAt - turn.now;
    if (delayMs > 0) {
      const input = { timer: "removal-permit" } as const;
      turn.effects.push({ type: "set-timer", key: REMOVAL_PERMIT_TIMER, delayMs, input });
      return;
    }
    removals.waiting.delete(verdict.agentId);
    // Who is on its way elsewhere needs no permit.
    if (finishGivingUp(turn, verdict)) removals.nextPermitAt = turn.now + intervalMs;
  }
}

/**
 * Starts the transition; returns whether it did. As in Mesos a verdict on an agent whose departure is being written already
 * counts as completed, except after a failover of the master.
 */
function finishGivingUp(turn: Turn, { agentId, duringFailover, message }: RemovalVerdict): boolean {
  const { agents, counters } = turn.state;
  const info = (duringFailover ? agents.recovered : agents.registered).get(agentId)?.info;
  const marked = info !== undefined && markUnreachable(turn, info, { duringFailover, message });
  const isCompleted = duringFailover ? marked : info !== undefined;
  counters[isCompleted ? "slave_unreachable_completed" : "slave_unreachable_canceled"]++;
  return marked;
}
