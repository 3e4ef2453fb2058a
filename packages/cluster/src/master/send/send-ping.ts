// Pings: how the master finds out that an agent is unreachable although its link stands.
import type { Agent } from "../agent.ts";
import type { Turn } from "../turn.ts";

/** One object for all agents: what is sent again is not encoded again. */
const CONNECTED = { connected: true };
const DISCONNECTED = { connected: false };

/** Sends a ping and sets the timer of the next. `connected: false` tells the agent to re-register. */
export function sendPing(turn: Turn, agent: Agent): void {
  agent.awaitingPong = true;
  turn.effects.push(
    {
      type: "send-message",
      to: agent.pid,
      name: "PingSlaveMessage",
      body: agent.connected ? CONNECTED : DISCONNECTED,
    },
    {
      type: "set-timer",
      key: `ping/${agent.id}`,
      delayMs: turn.state.options.agentPingTimeout,
      input: { timer: "ping", agentId: agent.id },
    },
  );
}
