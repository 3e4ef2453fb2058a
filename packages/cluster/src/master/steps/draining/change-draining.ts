// DRAIN_AGENT, DEACTIVATE_AGENT and REACTIVATE_AGENT: an operator empties an agent, or only stops offers of it.
//
//     active ──DEACTIVATE──▶ deactivated ──DRAIN──▶ DRAINING ──nothing left──▶ DRAINED, or gone with `mark_gone`
//        ▲                        │                                              │
//        └───────REACTIVATE───────┴──────────────────────────────────────────────┘
import type { DrainInfo } from "@mezzo/wire";
import type { Action } from "../../../authorization/actions.ts";
import { may } from "../../authorization/may.ts";
import { activateAgent } from "../../../allocator/activate-agent.ts";
import { checkDrainedById } from "../../changes/check-drained.ts";
import { deactivate } from "../../changes/disconnect-agent.ts";
import { type DrainStatus, drainStatusOf, setDrainStatus } from "../../drain-status.ts";
import { machineIdOf, machineText } from "../../machine-id.ts";
import { findMachine } from "../../maintenance.ts";
import type { DrainingInput } from "../../maintenance-inputs.ts";
import type { MaintenanceOperation } from "../../registry/maintenance-operations.ts";
import { sendDrain } from "../../send/send-drain.ts";
import type { MasterState } from "../../state.ts";
import { type Turn, log } from "../../turn.ts";

/** Why not: a status and the words of src/master/http.cpp. */
interface Refusal {
  status: number;
  body?: string;
}

/** What a registered agent must be like to be drained. */
function validateDrainable(state: MasterState, agentId: string): string | undefined {
  const agent = state.agents.registered.get(agentId);
  if (agent === undefined) return undefined;
  const machine = findMachine(state, machineIdOf(agent));
  if (machine !== undefined && machine.info.mode !== "UP") {
    return `Agent ${agentId} is part of a maintenance schedule under Machine ${machineText(machine.info.id)}`;
  }
  return agent.capabilities.has("AGENT_DRAINING") ? undefined : `Agent ${agentId} is not capable of draining`;
}

const ACTIONS = {
  "drain-agent": "DRAIN_AGENT",
  "deactivate-agent": "DEACTIVATE_AGENT",
  "reactivate-agent": "REACTIVATE_AGENT",
} as const satisfies Record<DrainingInput["type"], Action>;

function isAllowed(state: MasterState, change: DrainingInput): boolean {
  const { principal } = change;
  const marksGone = change.type === "drain-agent" && change.config.mark_gone === true;
  return (
    may(state, principal, ACTIONS[change.type]) && (!marksGone || may(state, principal, "MARK_AGENT_GONE"))
  );
}

/** Why the change cannot be made. */
function validate(state: MasterState, change: DrainingInput): Refusal | undefined {
  const { type, agentId } = change;
  const refuse = (body: string): Refusal => ({ status: 400, body });
  const conflict = (body: string): Refusal => ({ status: 409, body });
  const known = drainStatusOf(state, agentId);
  const leaving = state.agents.leaving.get(agentId);
  // Mesos refuses drains alone: its registry looks whether the agent is still there. What came now would stay in ours for ever.
  const goes = leaving === "gone" ? conflict("Agent is currently being marked gone") : undefined;
  if (type === "reactivate-agent") {
    if (!isAllowed(state, change)) return { status: 403 };
    if (known?.deactivated !== true) return refuse("Agent is not deactivated");
    if (known.drainInfo?.state === "DRAINING") return refuse("Agent is still in the DRAINING state");
    return goes;
  }
  const undrainable = type === "drain-agent" ? validateDrainable(state, agentId) : undefined;
  if (undrainable !== undefined) return refuse(undrainable);
  if (!isAllowed(state, change)) return { status: 403 };
  if (known === undefined) return refuse("Unknown agent");
  return leaving === "removed" ? conflict("Agent is currently being removed") : goes;
}

function drainInfoOf({ config }: Extract<DrainingInput, { type: "drain-agent" }>): DrainInfo {
  return { state: "DRAINING", config };
}

/** What the registry is to be told. */
function operationOf(change: DrainingInput): MaintenanceOperation {
  const { agentId } = change;
  return change.type === "drain-agent"
    ? { kind: "drain-agent", agentId, drainInfo: drainInfoOf(change) }
    : { kind: change.type, agentId };
}

/** Refuses the change, or writes it down; the answer follows the write. */
export function changeDraining(turn: Turn, change: DrainingInput): void {
  const refusal = validate(turn.state, change);
  if (refusal !== undefined) {
    turn.effects.push({ type: "respond", request: change.request, ...refusal });
    return;
  }
  const { drainChanges } = turn.state.agents;
  drainChanges.set(change.agentId, (drainChanges.get(change.agentId) ?? 0) + 1);
  turn.effects.push({
    type: "persist",
    operations: [operationOf(change)],
    continuation: { kind: "draining-changed", change },
  });
}

/** One change less of the agent is being written. */
function endChange({ agents: { drainChanges } }: MasterState, agentId: string): void {
  const others = (drainChanges.get(agentId) ?? 0) - 1;
  if (others > 0) drainChanges.set(agentId, others);
  else drainChanges.delete(agentId);
}

/** No more offers; a drain starts at once where the agent is connected, else when it is back. */
function stopOffers(turn: Turn, change: Exclude<DrainingInput, { type: "reactivate-agent" }>): void {
  const agent = turn.state.agents.registered.get(change.agentId);
  if (agent === undefined) return;
  deactivate(turn, agent);
  if (change.type === "deactivate-agent") return;
  log(turn, "info", { message: "Draining agent", facts: { agentId: agent.id, tasks: agent.tasks.size } });
  agent.estimatedDrainStartTime = turn.now;
  sendDrain(turn, agent);
}

/** Offers again, unless the agent is away: then as soon as it is back. Returns whether it is registered at all. */
function startOffers(turn: Turn, agentId: string): boolean {
  const agent = turn.state.agents.registered.get(agentId);
  if (agent === undefined) return false;
  delete agent.estimatedDrainStartTime;
  if (agent.connected) {
    agent.active = true;
    activateAgent(turn.state.allocator, agentId);
    turn.state.allocationWanted = true;
  }
  return true;
}

/** What the agent stands at after the change. */
function statusAfter(state: MasterState, change: DrainingInput): DrainStatus {
  if (change.type === "reactivate-agent") return { deactivated: false };
  if (change.type === "drain-agent") return { deactivated: true, drainInfo: drainInfoOf(change) };
  return { ...drainStatusOf(state, change.agentId), deactivated: true };
}

/** The registry has the change. @see Mesos src/master/http.cpp _drainAgent, _deactivateAgent and _reactivateAgent */
export function drainingChanged(turn: Turn, change: DrainingInput): void {
  const { request, agentId } = change;
  endChange(turn.state, agentId);
  setDrainStatus(turn.state, agentId, statusAfter(turn.state, change));
  if (change.type !== "reactivate-agent") stopOffers(turn, change);
  else if (!startOffers(turn, agentId)) {
    const body = "Agent removed while processing the call";
    turn.effects.push({ type: "respond", request, status: 409, body });
    return;
  }
  checkDrainedById(turn, agentId);
  turn.effects.push({ type: "respond", request, status: 200 });
}
