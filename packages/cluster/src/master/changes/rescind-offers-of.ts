// Offers that hold volumes which are about to go.
import { type Filters, type Resource, containsResources, unallocateResources } from "@mezzo/wire";
import type { Agent } from "../agent.ts";
import type { Turn } from "../turn.ts";
import { rescindOffer } from "./remove-offer.ts";

/** Takes back every offer with one of the volumes, of which a shared one can be in many; `filters` as in `rescindOffer`. */
export function rescindOffersOf(
  turn: Turn,
  { agent, volumes, filters }: { agent: Agent; volumes: readonly Resource[]; filters?: Filters },
): void {
  const plain = unallocateResources(volumes);
  for (const id of agent.offers) {
    const record = turn.state.offers.get(id);
    if (record === undefined) continue;
    const offered = unallocateResources(record.offer.resources ?? []);
    if (plain.some((volume) => containsResources(offered, [volume]))) rescindOffer(turn, record, filters);
  }
}
