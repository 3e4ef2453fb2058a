// REVIVE: a framework wants offers again, of everything.
import { refreshClient } from "./clients.ts";
import { endRefusalsOf } from "./inverse-offers/maintenance-book.ts";
import { knownFramework, subscribedClients } from "./known.ts";
import { dropRefusalsOf } from "./refusals.ts";
import type { AllocatorState } from "./state.ts";

/** Ends suppression and filters for the roles named, or all; the next `allocate` looks at every free agent for them. */
export function reviveOffers(state: AllocatorState, frameworkId: string, roles: Iterable<string> = []): void {
  state.operations++;
  endRefusalsOf(state.maintenance, frameworkId);
  for (const client of subscribedClients(knownFramework(state, frameworkId), roles)) {
    client.suppressed = false;
    dropRefusalsOf(state, client);
    refreshClient(state, client);
    if (client.active) state.freshClients.add(client);
  }
}
