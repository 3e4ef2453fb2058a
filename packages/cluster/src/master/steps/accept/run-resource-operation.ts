// An operation of an ACCEPT on reservations, volumes or disks.
import {
  type OfferOperation,
  type Resource,
  type ResourceConversion,
  type Result,
  addResources,
  applyConversions,
  containsResources,
  conversionsOf,
  failure,
  formatResources,
  isShared,
  subtractResources,
  success,
  validateOperation,
} from "@mezzo/wire";
import type { Agent } from "../../agent.ts";
import { refuseOperation } from "../../authorization/refusals.ts";
import { applyOperation } from "../../changes/apply-operation.ts";
import { rescindOffersOf } from "../../changes/rescind-offers-of.ts";
import { agentText, operationContext } from "../../operations/operation-context.ts";
import { consumedBy, providerOf, withoutAllocations } from "../../operations/operation-kinds.ts";
import type { Turn } from "../../turn.ts";
import { dropOperation } from "../drop-operation.ts";
import type { Accepted } from "./accepted.ts";

/** What is left when the operation takes resources that no other operation of the call may use. */
function take(accepted: Accepted, operation: OfferOperation): Result<readonly Resource[]> {
  const { available } = accepted;
  const consumed = consumedBy(operation);
  if (containsResources(available, consumed)) return success(subtractResources(available, consumed));
  const kind = operation.type?.endsWith("_DISK") === true ? "Operation" : "operation";
  return failure(
    `Invalid ${operation.type} ${kind}: ${formatResources(available)} does not contain ${formatResources(consumed)}`,
  );
}

/** Why the agent cannot do it, whatever it would be done with. */
function whyUnable(agent: Agent, operation: OfferOperation): string | undefined {
  if (operation.type !== "CREATE_DISK" && operation.type !== "DESTROY_DISK") return undefined;
  if (!agent.capabilities.has("RESOURCE_PROVIDER")) {
    return `Not supported on agent ${agentText(agent)} because it does not have RESOURCE_PROVIDER capability`;
  }
  const provider = providerOf(operation);
  // Mesos dies of this one.
  if (provider === undefined || agent.resourceProviders.has(provider)) return undefined;
  return `Resource provider ${provider} is unknown; on agent ${agentText(agent)}`;
}

/** Whether the agent's total has what the operation converts: an offer can be older than a re-registration. */
function whyOutdated(agent: Agent, operation: OfferOperation): string | undefined {
  const conversions = conversionsOf(withoutAllocations(operation));
  if (!conversions.ok) return undefined;
  const total = applyConversions(agent.totalResources, conversions.value);
  return total.ok ? undefined : total.error;
}

/** The books after the operation. */
interface Outcome {
  available: readonly Resource[];
  conversions: readonly ResourceConversion[];
  resized: readonly Resource[];
}

function outcomeOf(accepted: Accepted, operation: OfferOperation): Result<Outcome> {
  const conversions = conversionsOf(operation);
  switch (operation.type) {
    case "CREATE_DISK":
    case "DESTROY_DISK": {
      const rest = take(accepted, operation);
      return rest.ok ? success({ available: rest.value, conversions: [], resized: [] }) : rest;
    }
    case "GROW_VOLUME":
    case "SHRINK_VOLUME": {
      if (!conversions.ok) return conversions;
      const rest = take(accepted, operation);
      if (!rest.ok) return rest;
      const resized = conversions.value.flatMap(({ converted }) => converted);
      return success({ available: rest.value, conversions: conversions.value, resized });
    }
    default: {
      if (!conversions.ok) return conversions;
      const rest = applyConversions(accepted.available, conversions.value);
      return rest.ok ? success({ available: rest.value, conversions: conversions.value, resized: [] }) : rest;
    }
  }
}

/** Carries the operation out, or drops it with the reason. @see Mesos src/master/master.cpp Master::_accept */
export function runResourceOperation(turn: Turn, accepted: Accepted, operation: OfferOperation): void {
  const { framework, agent } = accepted;
  const drop = (message: string): void => dropOperation(turn, framework, { operation, message });
  const unable = whyUnable(agent, operation);
  if (unable !== undefined) return drop(unable);
  const invalid = validateOperation(operation, operationContext(agent, { framework }));
  if (invalid !== undefined) return drop(`${invalid}; on agent ${agentText(agent)}`);
  const denied = refuseOperation(turn.state, framework, operation);
  if (denied !== undefined) return drop(denied);
  if (operation.destroy !== undefined) {
    rescindOffersOf(turn, { agent, volumes: operation.destroy.volumes ?? [] });
  }
  const outcome = outcomeOf(accepted, operation);
  if (!outcome.ok) return drop(outcome.error);
  const outdated = whyOutdated(agent, operation);
  if (outdated !== undefined) return drop(outdated);
  accepted.available = outcome.value.available;
  accepted.resized = addResources(accepted.resized, outcome.value.resized);
  if (operation.type === "CREATE" || operation.type === "DESTROY") {
    accepted.shared = accepted.available.filter(isShared);
  }
  accepted.conversions.push(...outcome.value.conversions);
  applyOperation(turn, agent, { info: operation, framework });
  return undefined;
}
