// UnregisterSlaveMessage: the agent says goodbye.
import type { UnregisterSlaveMessage } from "@mezzo/wire";
import type { Agent } from "../agent.ts";
import { removeAgent } from "../changes/remove-agent.ts";
import type { AgentRemovalReason } from "../inputs.ts";
import { sendOperatorEvent } from "../send/send-operator-event.ts";
import { type Turn, log } from "../turn.ts";

/** Takes the agent out of the registry, unless it is leaving already. */
export function startRemoval(
  turn: Turn,
  agent: Agent,
  { message, reason }: { message: string; reason?: AgentRemovalReason },
): void {
  const { leaving } = turn.state.agents;
  if (leaving.has(agent.id)) return;
  leaving.set(agent.id, "removed");
  turn.effects.push({
    type: "persist",
    operations: [{ kind: "remove-agent", agentId: agent.id }],
    continuation: {
      kind: "agent-removed",
      agentId: agent.id,
      message,
      ...(reason === undefined ? {} : { reason }),
    },
  });
}

/** Removes the agent; only the agent itself may ask. */
export function unregisterAgent(turn: Turn, from: string, body: UnregisterSlaveMessage): void {
  const { state } = turn;
  state.counters.messages_unregister_slave++;
  const agent = state.agents.registered.get(body.agent_id.value);
  if (agent === undefined || agent.pid !== from) {
    return log(turn, "warn", {
      message: "Ignoring an unregistration: not from this agent",
      facts: { from, agentId: body.agent_id.value },
    });
  }
  return startRemoval(turn, agent, { message: "the agent unregistered", reason: "unregistered" });
}

/** The registry no longer has the agent. */
export function agentRemoved(
  turn: Turn,
  facts: { agentId: string; reason?: AgentRemovalReason; message: string },
): void {
  const { state } = turn;
  state.agents.leaving.delete(facts.agentId);
  const agent = state.agents.registered.get(facts.agentId);
  if (agent === undefined) return;
  state.counters.slave_removals++;
  if (facts.reason !== undefined) state.counters[`slave_removals/reason_${facts.reason}`]++;
  removeAgent(turn, agent, { kind: "removed", message: facts.message });
  sendOperatorEvent(turn, () => ({ type: "AGENT_REMOVED", agent_removed: { agent_id: agent.agentId } }));
}
