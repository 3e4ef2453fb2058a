// A framework is connected again.
import { refreshClient } from "./clients.ts";
import { markHoldersDue } from "./inverse-offers/mark-holders-due.ts";
import { knownFramework } from "./known.ts";
import type { AllocatorState } from "./state.ts";

/** Lets a framework have offers for every role it has not suppressed. Throws when unknown. */
export function activateFramework(state: AllocatorState, frameworkId: string): void {
  const framework = knownFramework(state, frameworkId);
  state.operations++;
  framework.active = true;
  for (const client of framework.clients.values()) refreshClient(state, client);
  markHoldersDue(state, frameworkId);
}
