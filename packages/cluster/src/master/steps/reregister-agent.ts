// ReregisterSlaveMessage: an agent comes back, with all it runs.
import { type AgentInfo, type ReregisterSlaveMessage, equalMessages } from "@mezzo/wire";
import type { Agent } from "../agent.ts";
import { refuseStrangeAgent } from "../authentication/admission.ts";
import { type Registration, refuseAgentsResources } from "../authorization/agent-registration.ts";
import type { ReregisteredContinuation } from "../inputs.ts";
import { parsePid } from "../pid.ts";
import type { RegistryOperation } from "../registry/operations.ts";
import { type Turn, log } from "../turn.ts";
import { agentReregistered } from "./agent-reregistered.ts";
import { refuseAgent } from "./agent-refused.ts";
import { checkAgent } from "./check-agent.ts";
import { upgradeReregistration } from "./upgrade-reregistration.ts";
import { validateReregistration } from "./validate-reregistration.ts";

/** Where the agent stands decides what the registry has to be told, if anything. */
function registryChange(turn: Turn, info: AgentInfo): RegistryOperation | undefined {
  const { agents } = turn.state;
  const id = info.id?.value ?? "";
  const known = agents.registered.get(id)?.info ?? agents.recovered.get(id)?.info;
  if (known === undefined) return { kind: "mark-agent-reachable", info };
  return equalMessages(known, info) ? undefined : { kind: "update-agent", info };
}

/** An agent cannot move to another host under its id. */
function hasMoved(agent: Agent, info: AgentInfo, from: string): boolean {
  return parsePid(agent.pid).ip !== parsePid(from).ip || agent.info.hostname !== info.hostname;
}

/** True when another transition of this agent is being written. */
function isBusy(turn: Turn, agentId: string): boolean {
  const { agents } = turn.state;
  return agents.reregistering.has(agentId) || agents.leaving.has(agentId);
}

/**
 * A repeated re-registration while the first is being written: it tells what the agent runs by now. The first may be one that
 * lay in a connection for long.
 */
function takeLatest({ state }: Turn, from: string, body: ReregisterSlaveMessage): void {
  const pending = state.agents.reregistering.get(body.agent.id?.value ?? "");
  if (pending?.from !== from || validateReregistration(body) !== undefined) return;
  const upgraded = upgradeReregistration(state, body);
  // What is being written is the first one's.
  if (equalMessages(upgraded.agent, pending.body.agent)) pending.body = upgraded;
}

/** Checks the agent and writes down what changed. @see Mesos src/master/master.cpp Master::reregisterSlave */
export function reregisterAgent(
  turn: Turn,
  { from, principal, body }: Registration<ReregisterSlaveMessage>,
): void {
  const { state } = turn;
  const { agents } = state;
  state.counters.messages_reregister_slave++;
  const stranger = refuseStrangeAgent(state.options, principal);
  if (stranger !== undefined) return refuseAgent(turn, from, { ignore: stranger });
  const agentId = body.agent.id?.value ?? "";
  if (isBusy(turn, agentId)) {
    takeLatest(turn, from, body);
    return log(turn, "info", {
      message: "Not answering a re-registration at once: another transition is in progress",
      facts: { agentId },
    });
  }
  if (agents.gone.has(agentId)) return refuseAgent(turn, from, { shutdown: "Agent has been marked gone" });
  const invalid = validateReregistration(body);
  if (invalid !== undefined) return refuseAgent(turn, from, { ignore: invalid });
  const denied = refuseAgentsResources(state, { info: body.agent, principal, how: "reregister" });
  if (denied !== undefined) return refuseAgent(turn, from, { ignore: denied });
  const refusal = checkAgent(state, { info: body.agent, pid: from, version: body.version ?? "" });
  if (refusal !== undefined) return refuseAgent(turn, from, refusal);
  const known = agents.registered.get(agentId);
  if (known !== undefined && hasMoved(known, body.agent, from)) {
    return refuseAgent(turn, from, {
      shutdown: "Agent attempted to reregister with different IP / hostname",
    });
  }
  const upgraded = upgradeReregistration(state, body);
  const continuation: ReregisteredContinuation = {
    kind: "agent-reregistered",
    from,
    agentId,
    body: upgraded,
    known: known !== undefined,
  };
  const change = registryChange(turn, upgraded.agent);
  agents.reregistering.set(agentId, continuation);
  if (change === undefined) return agentReregistered(turn, continuation);
  turn.effects.push({ type: "persist", operations: [change], continuation });
  return undefined;
}
