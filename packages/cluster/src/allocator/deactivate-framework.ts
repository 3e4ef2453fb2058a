// A framework is disconnected.
import { refreshClient } from "./clients.ts";
import { endRefusalsOf } from "./inverse-offers/maintenance-book.ts";
import { knownFramework } from "./known.ts";
import { dropRefusalsOf } from "./refusals.ts";
import type { AllocatorState } from "./state.ts";

/** Stops offers to a framework and forgets its filters; what it holds stays its share. Throws when unknown. */
export function deactivateFramework(state: AllocatorState, frameworkId: string): void {
  const framework = knownFramework(state, frameworkId);
  state.operations++;
  framework.active = false;
  for (const client of framework.clients.values()) {
    dropRefusalsOf(state, client);
    refreshClient(state, client);
  }
  endRefusalsOf(state.maintenance, frameworkId);
}
