// An agent shall be marked unreachable as soon as the rate limit allows.
import type { Turn } from "../turn.ts";
import { markUnreachable } from "./mark-unreachable.ts";
import { waitForRemovalPermit } from "./removal-permits.ts";

/** Which agent and why. */
export interface GiveUp {
  agentId: string;
  duringFailover: boolean;
  message: string;
}

/** Marks the agent now, or sets the timer that does. */
export function giveUpAgent(turn: Turn, facts: GiveUp): void {
  const { state } = turn;
  state.counters.slave_unreachable_scheduled++;
  const delayMs = waitForRemovalPermit(state, turn.now);
  if (delayMs === 0) return finishGivingUp(turn, facts);
  const { agentId } = facts;
  turn.effects.push({
    type: "set-timer",
    key: `give-up-agent/${agentId}`,
    delayMs,
    input: { timer: "give-up-agent", ...facts },
  });
  return undefined;
}

/**
 * The permit is here. An agent that was heard of meanwhile stays. As in Mesos a verdict on one whose departure is being written
 * already counts as completed, except after a failover of the master.
 */
export function finishGivingUp(turn: Turn, { agentId, duringFailover, message }: GiveUp): void {
  const { agents, counters } = turn.state;
  const agent = agents.registered.get(agentId);
  const info = duringFailover ? agents.recovered.get(agentId)?.info : agent?.info;
  const answers = agent !== undefined && agent.connected && agent.missedPings === 0;
  const isDue = info !== undefined && !answers;
  const marked = isDue && markUnreachable(turn, info, { duringFailover, message });
  const isCompleted = duringFailover ? marked : isDue;
  counters[isCompleted ? "slave_unreachable_completed" : "slave_unreachable_canceled"]++;
}
