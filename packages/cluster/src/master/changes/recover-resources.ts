// Gives resources back to the allocator.
import type { Filters, Resource } from "@mezzo/wire";
import { recoverResources as recover } from "../../allocator/recover-resources.ts";
import type { Turn } from "../turn.ts";

/** Resources of one framework on one agent; with `filters` they are not offered to it again for a while. */
export function recoverResources(
  turn: Turn,
  facts: {
    frameworkId: string;
    agentId: string;
    resources: readonly Resource[];
    filters?: Filters | undefined;
  },
): void {
  if (facts.resources.length === 0) return;
  recover(turn.state.allocator, { ...facts, nowMs: turn.now });
  turn.state.allocationWanted = true;
}
