// A disconnected agent has not come back in time.
import { markUnreachable } from "../changes/mark-unreachable.ts";
import { formatDuration } from "../format-duration.ts";
import type { Turn } from "../turn.ts";

/** Gives the agent up. @see Mesos src/master/master.cpp Master::agentReregisterTimeout */
export function agentReregisterTimer(turn: Turn, agentId: string): void {
  const { state } = turn;
  const agent = state.agents.registered.get(agentId);
  if (agent === undefined || agent.connected) return;
  state.counters.slave_unreachable_scheduled++;
  state.counters.slave_unreachable_completed++;
  const timeout = formatDuration(state.options.agentReregisterTimeout);
  markUnreachable(turn, agent.info, {
    duringFailover: false,
    message: `agent did not reregister within ${timeout} after disconnecting`,
  });
}
