// DrainSlaveMessage: the agent is to kill what it runs.
import type { Agent } from "../agent.ts";
import type { Turn } from "../turn.ts";

/** Tells a draining agent, also one that has drained: it knows what to do in either state. Nothing for others. */
export function sendDrain(turn: Turn, agent: Agent): void {
  if (agent.drainInfo === undefined) return;
  const { config } = agent.drainInfo;
  turn.effects.push({ type: "send-message", to: agent.pid, name: "DrainSlaveMessage", body: { config } });
}
