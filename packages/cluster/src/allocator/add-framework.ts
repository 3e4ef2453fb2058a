// A framework becomes known: new, failed over to this master, or recovered from its agents' reports.
import type { FrameworkInfo } from "@mezzo/wire";
import { frameworkCapabilitiesOf, rolesOf } from "./capabilities.ts";
import { refreshClient } from "./clients.ts";
import type { OfferConstraintsFilter } from "./constraints/compile-offer-constraints.ts";
import { markHoldersDue } from "./inverse-offers/mark-holders-due.ts";
import { minAllocatableOf } from "./min-allocatable.ts";
import { chargeKnown } from "./holdings.ts";
import { clientOf } from "./roles.ts";
import type { AllocatorState, FrameworkEntry } from "./state.ts";

/** What the allocator is told of a framework. */
export interface FrameworkFacts {
  frameworkId: string;
  info: FrameworkInfo;
  /** Roles of `info` it does not want offers for. */
  suppressedRoles?: Iterable<string>;
  /** Compiled from SUBSCRIBE or UPDATE_FRAMEWORK by `compileOfferConstraints`. */
  constraints?: OfferConstraintsFilter;
}

/**
 * Adds a framework; what agents have reported as held by it counts as its share at once. Inactive ones (disconnected or
 * not yet back) get no offers until `activateFramework`. Throws when the framework is known.
 */
export function addFramework(state: AllocatorState, facts: FrameworkFacts & { active?: boolean }): void {
  const { frameworkId, info } = facts;
  if (state.frameworks.has(frameworkId)) throw new Error(`Cannot add framework ${frameworkId}: it is known`);
  state.operations++;
  const framework: FrameworkEntry = {
    id: frameworkId,
    active: facts.active ?? true,
    capabilities: frameworkCapabilitiesOf(info),
    constraints: facts.constraints,
    clients: new Map(),
  };
  const suppressed = new Set(facts.suppressedRoles);
  chargeKnown(state, framework);
  markHoldersDue(state, frameworkId);
  for (const role of rolesOf(info)) {
    const client = clientOf(state, framework, role);
    client.subscribed = true;
    client.suppressed = suppressed.has(role);
    client.minAllocatable = minAllocatableOf(info.offer_filters?.[role]);
    refreshClient(state, client);
  }
}
