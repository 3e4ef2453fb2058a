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

/** The permit is here. An agent that was heard of meanwhile stays. */
export function finishGivingUp(turn: Turn, { agentId, duringFailover, message }: GiveUp): void {
  const { state } = turn;
  const agent = state.agents.registered.get(agentId);
  const info = duringFailover ? state.agents.recovered.get(agentId)?.info : agent?.info;
  const answers = agent !== undefined && agent.connected && agent.missedPings === 0;
  const marked = info !== undefined && !answers && markUnreachable(turn, info, { duringFailover, message });
  state.counters[marked ? "slave_unreachable_completed" : "slave_unreachable_canceled"]++;
}
