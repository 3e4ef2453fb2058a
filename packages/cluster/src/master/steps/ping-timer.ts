// Time for the next ping.
import { giveUpAgent } from "../changes/give-up-agent.ts";
import { sendPing } from "../send/send-ping.ts";
import type { Turn } from "../turn.ts";

/** Counts an unanswered ping, gives the agent up after too many, and pings on. @see Mesos master.cpp SlaveObserver */
export function pingTimer(turn: Turn, agentId: string): void {
  const { state } = turn;
  const agent = state.agents.registered.get(agentId);
  if (agent === undefined) return;
  if (agent.awaitingPong) {
    agent.missedPings++;
    // Again after as many more, should something have been in the way.
    if (agent.missedPings % state.options.maxAgentPingTimeouts === 0) {
      const message = "health check timed out";
      giveUpAgent(turn, { agentId, duringFailover: false, message, until: "pong" });
    }
  }
  sendPing(turn, agent);
}
