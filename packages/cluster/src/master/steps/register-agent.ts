// RegisterSlaveMessage: a new agent, or a retry of one.
import {
  type AgentInfo,
  type RegisterSlaveMessage,
  upgradeResources,
  validateId,
  validateResources,
} from "@mezzo/wire";
import { refuseStrangeAgent } from "../authentication/admission.ts";
import { type Registration, refuseAgentsResources } from "../authorization/agent-registration.ts";
import { nextAgentId } from "../ids.ts";
import { type Turn, log } from "../turn.ts";
import { refuseAgent } from "./agent-refused.ts";
import { checkAgent } from "./check-agent.ts";
import { connectionOf } from "./agent-connection.ts";
import { startRemoval } from "./unregister-agent.ts";

/** Whether what the agent says about itself is valid. @see Mesos src/master/validation.cpp registerSlave */
export function validateAgentInfo(
  info: AgentInfo,
  checkpointed: RegisterSlaveMessage["checkpointed_resources"],
): string | undefined {
  const idError = info.id === undefined ? undefined : validateId(info.id.value);
  return idError ?? validateResources(info.resources ?? []) ?? validateResources(checkpointed ?? []);
}

/** Admits the agent to the registry, or answers a retry. @see Mesos src/master/master.cpp Master::registerSlave */
export function registerAgent(
  turn: Turn,
  { from, principal, body }: Registration<RegisterSlaveMessage>,
): void {
  const { state } = turn;
  const { agents } = state;
  state.counters.messages_register_slave++;
  const stranger = refuseStrangeAgent(state.options, principal);
  if (stranger !== undefined) return refuseAgent(turn, from, { ignore: stranger });
  const invalid = validateAgentInfo(body.agent, body.checkpointed_resources);
  if (invalid !== undefined) return refuseAgent(turn, from, { ignore: invalid });
  if (agents.registering.has(from)) {
    return log(turn, "info", {
      message: "Ignoring a registration: it is already in progress",
      facts: { pid: from },
    });
  }
  const denied = refuseAgentsResources(state, { info: body.agent, principal, how: "register" });
  if (denied !== undefined) return refuseAgent(turn, from, { ignore: denied });
  const refusal = checkAgent(state, { info: body.agent, pid: from, version: body.version ?? "" });
  if (refusal !== undefined) return refuseAgent(turn, from, refusal);
  const there = agents.registered.get(agents.byPid.get(from) ?? "");
  if (there !== undefined) {
    if (there.connected) {
      turn.effects.push({
        type: "send-message",
        to: from,
        name: "SlaveRegisteredMessage",
        body: { agent_id: there.agentId, connection: connectionOf(state) },
      });
      return undefined;
    }
    startRemoval(turn, there, {
      message: "a new agent registered at the same address",
      reason: "registered",
    });
  }
  const agentId = nextAgentId(state);
  const info: AgentInfo = {
    ...body.agent,
    id: { value: agentId },
    resources: upgradeResources(body.agent.resources ?? []),
  };
  agents.registering.add(from);
  turn.effects.push({
    type: "persist",
    operations: [{ kind: "admit-agent", info }],
    continuation: {
      kind: "agent-registered",
      from,
      agentId,
      body: {
        ...body,
        agent: info,
        checkpointed_resources: upgradeResources(body.checkpointed_resources ?? []),
      },
    },
  });
  return undefined;
}
