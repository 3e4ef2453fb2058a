// SUPPRESS: a framework wants no offers for now.
import { refreshClient } from "./clients.ts";
import { knownFramework, subscribedClients } from "./known.ts";
import type { AllocatorState } from "./state.ts";

/** Stops offers for the roles named, or all; filters stay. Roles it does not subscribe to are ignored. Throws when unknown. */
export function suppressOffers(
  state: AllocatorState,
  frameworkId: string,
  roles: Iterable<string> = [],
): void {
  state.operations++;
  for (const client of subscribedClients(knownFramework(state, frameworkId), roles)) {
    client.suppressed = true;
    refreshClient(state, client);
  }
}
