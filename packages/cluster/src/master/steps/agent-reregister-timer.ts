// A disconnected agent has not come back in time.
import { giveUpAgent } from "../changes/give-up-agent.ts";
import { formatDuration } from "../format-duration.ts";
import type { Turn } from "../turn.ts";

/**
 * Gives the agent up, unless it was back since the timer was set, and left again: then another one runs.
 * @see Mesos src/master/master.cpp Master::agentReregisterTimeout
 */
export function agentReregisterTimer(
  turn: Turn,
  { agentId, reregisteredTime }: { agentId: string; reregisteredTime: number },
): void {
  const { state } = turn;
  const agent = state.agents.registered.get(agentId);
  if (agent === undefined || agent.connected || agent.reregisteredTime !== reregisteredTime) return;
  const timeout = formatDuration(state.options.agentReregisterTimeout);
  giveUpAgent(turn, {
    agentId,
    duringFailover: false,
    message: `agent did not reregister within ${timeout} after disconnecting`,
    until: "return",
  });
}
