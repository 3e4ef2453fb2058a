// Pings: how the master finds out that an agent is unreachable although its link stands.
import type { Agent } from "../agent.ts";
import type { Turn } from "../turn.ts";

/** Sends a ping and sets the timer of the next. `connected: false` tells the agent to re-register. */
export function sendPing(turn: Turn, agent: Agent): void {
  agent.awaitingPong = true;
  turn.effects.push(
    { type: "send-message", to: agent.pid, name: "PingSlaveMessage", body: { connected: agent.connected } },
    {
      type: "set-timer",
      key: `ping/${agent.id}`,
      delayMs: turn.state.options.agentPingTimeout,
      input: { timer: "ping", agentId: agent.id },
    },
  );
}
