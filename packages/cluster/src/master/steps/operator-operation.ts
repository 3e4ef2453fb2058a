// An operator reserves, unreserves, or makes, resizes and destroys volumes on one agent.
import {
  type OfferOperation,
  type Resource,
  addResources,
  applyOperation as applyTo,
  conversionsOf,
  equalResources,
  subtractResources,
  unallocateResources,
  upgradeOperation,
  validateOperation,
  validateOperationFormat,
} from "@mezzo/wire";
import { updateAvailable } from "../../allocator/update-available.ts";
import type { Agent } from "../agent.ts";
import { may } from "../authorization/may.ts";
import { actionsOf } from "../authorization/operation-actions.ts";
import { applyOperation } from "../changes/apply-operation.ts";
import { rescindOffer } from "../changes/remove-offer.ts";
import { rescindOffersOf } from "../changes/rescind-offers-of.ts";
import type { OperatorOperationInput } from "../operation-input.ts";
import { agentText, operationContext } from "../operations/operation-context.ts";
import { consumedBy } from "../operations/operation-kinds.ts";
import type { Turn } from "../turn.ts";

/** What the operator is told. */
interface Answer {
  status: number;
  body?: string;
}

function isAllowed(turn: Turn, operation: OfferOperation, principal: string | undefined): boolean {
  return actionsOf(operation).every(({ action, object }) => may(turn.state, principal, action, object));
}

/** Mesos names the agent for some kinds of operations only. */
function invalidWords(agent: Agent, { type }: OfferOperation, error: string): string {
  const where = type === "UNRESERVE" || type === "DESTROY" ? "" : ` on agent ${agentText(agent)}`;
  return `Invalid ${type} operation${where}: ${error}`;
}

/**
 * Takes offers back one by one until those taken cover the operation, whether or not enough is free beside them: in Mesos
 * what is free may be offered before the operation gets there. The frameworks that had the offers wait for the default
 * filter's time.
 */
function rescindFor(turn: Turn, agent: Agent, operation: OfferOperation): void {
  let required: readonly Resource[] = consumedBy(operation);
  let recovered: readonly Resource[] = [];
  for (const id of agent.offers) {
    const record = turn.state.offers.get(id);
    if (record === undefined) continue;
    const offered = unallocateResources(record.offer.resources ?? []);
    const left = subtractResources(required, offered);
    if (equalResources(required, left)) continue;
    required = left;
    recovered = addResources(recovered, offered);
    rescindOffer(turn, record, {});
    if (applyTo(recovered, operation).ok) return;
  }
}

/** Checks the operation and carries it out. */
function decide(turn: Turn, input: OperatorOperationInput): Answer {
  const { state } = turn;
  const agent = state.agents.registered.get(input.agentId);
  if (agent === undefined) return { status: 400, body: "No agent found with specified ID" };
  const malformed = validateOperationFormat(input.operation);
  if (malformed !== undefined) return { status: 400, body: malformed };
  const operation = upgradeOperation(input.operation);
  const invalid = validateOperation(operation, operationContext(agent, { principal: input.principal }));
  if (invalid !== undefined) return { status: 400, body: invalidWords(agent, operation, invalid) };
  if (!isAllowed(turn, operation, input.principal)) return { status: 403 };
  const conversions = conversionsOf(operation);
  if (!conversions.ok)
    return { status: 400, body: `Invalid ${operation.type} operation: ${conversions.error}` };
  rescindFor(turn, agent, operation);
  // One offer covers the destruction of a shared volume; others may hold it, too.
  if (operation.destroy !== undefined) {
    rescindOffersOf(turn, { agent, volumes: operation.destroy.volumes ?? [], filters: {} });
  }
  const updated = updateAvailable(state.allocator, {
    agentId: agent.id,
    conversions: conversions.value,
    nowMs: turn.now,
  });
  if (!updated.ok) return { status: 409, body: updated.error };
  applyOperation(turn, agent, { info: operation });
  state.allocationWanted = true;
  return { status: 202 };
}

/** Answers once the operation is on its way: how it ends is not told. @see Mesos src/master/http.cpp _operation */
export function operatorOperation(turn: Turn, input: OperatorOperationInput): void {
  const { status, body } = decide(turn, input);
  const { request } = input;
  turn.effects.push({ type: "respond", request, status, ...(body === undefined ? {} : { body }) });
}
