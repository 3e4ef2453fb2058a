// A framework changes its roles, capabilities, filters, constraints or suppressed roles.
import type { FrameworkFacts } from "./add-framework.ts";
import { frameworkCapabilitiesOf, rolesOf } from "./capabilities.ts";
import { dropClientIfUnused, refreshClient } from "./clients.ts";
import { knownFramework } from "./known.ts";
import { minAllocatableOf } from "./min-allocatable.ts";
import { dropRefusalsOf } from "./refusals.ts";
import { clientOf } from "./roles.ts";
import type { AllocatorState, Client } from "./state.ts";

/**
 * Brings a framework up to date; roles no longer suppressed are revived, which clears their filters. A role it leaves
 * while it holds resources there keeps counting until they are recovered.
 */
export function updateFramework(state: AllocatorState, facts: FrameworkFacts): void {
  const framework = knownFramework(state, facts.frameworkId);
  state.operations++;
  framework.capabilities = frameworkCapabilitiesOf(facts.info);
  framework.constraints = facts.constraints;
  const roles = new Set(rolesOf(facts.info));
  const suppressed = new Set(facts.suppressedRoles);
  for (const client of framework.clients.values()) {
    if (!roles.has(client.role.name)) leaveRole(state, client);
  }
  for (const role of roles) {
    const client = clientOf(state, framework, role);
    const revived = client.suppressed && !suppressed.has(role);
    client.subscribed = true;
    client.suppressed = suppressed.has(role);
    client.minAllocatable = minAllocatableOf(facts.info.offer_filters?.[role]);
    if (revived) dropRefusalsOf(state, client);
    refreshClient(state, client);
    // It may be given now what its old capabilities or constraints forbade.
    if (client.active) state.freshClients.add(client);
  }
}

function leaveRole(state: AllocatorState, client: Client): void {
  client.subscribed = false;
  client.suppressed = false;
  dropRefusalsOf(state, client);
  refreshClient(state, client);
  dropClientIfUnused(state, client);
}
