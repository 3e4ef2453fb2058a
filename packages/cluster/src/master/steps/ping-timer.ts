// Time for the next ping.
import { markUnreachable } from "../changes/mark-unreachable.ts";
import { sendPing } from "../send/send-ping.ts";
import type { Turn } from "../turn.ts";

/** Counts an unanswered ping, gives the agent up after too many, and pings on. @see Mesos master.cpp SlaveObserver */
export function pingTimer(turn: Turn, agentId: string): void {
  const { state } = turn;
  const agent = state.agents.registered.get(agentId);
  if (agent === undefined) return;
  if (agent.awaitingPong) {
    agent.missedPings++;
    if (agent.missedPings >= state.options.maxAgentPingTimeouts && !state.agents.leaving.has(agentId)) {
      state.counters.slave_unreachable_scheduled++;
      state.counters.slave_unreachable_completed++;
      markUnreachable(turn, agent.info, { duringFailover: false, message: "health check timed out" });
    }
  }
  sendPing(turn, agent);
}
