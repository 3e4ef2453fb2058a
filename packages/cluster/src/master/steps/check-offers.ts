// May these offers be accepted together?
import type { OfferID } from "@mezzo/wire";
import type { Framework } from "../framework.ts";
import type { OfferRecord } from "../offer.ts";
import type { MasterState } from "../state.ts";

/** The first error, in the order of src/master/validation.cpp offer::validate. */
function findError(
  framework: Framework,
  ids: readonly string[],
  offers: readonly (OfferRecord | undefined)[],
): string | undefined {
  const duplicate = ids.find((id, index) => ids.indexOf(id) !== index);
  if (duplicate !== undefined) return `Duplicate offer ${duplicate} in offer list`;
  for (const [index, id] of ids.entries()) {
    if (offers[index] === undefined) return `Offer ${id} is no longer valid`;
  }
  for (const offer of offers) {
    if (offer !== undefined && offer.frameworkId !== framework.id) {
      return (
        `Offer ${offer.id} has invalid framework ${offer.frameworkId} ` +
        `while framework ${framework.id} is expected`
      );
    }
  }
  const [first] = offers;
  for (const offer of offers) {
    if (offer !== undefined && first !== undefined && offer.role !== first.role) {
      return (
        "Aggregated offers must be allocated to the same role. " +
        `Offer ${offer.id} uses role '${offer.role} but another is using role '${first.role}`
      );
    }
  }
  for (const offer of offers) {
    if (offer !== undefined && first !== undefined && offer.agentId !== first.agentId) {
      return (
        "Aggregated offers must belong to one single agent. " +
        `Offer ${offer.id} uses agent ${offer.agentId} and agent ${first.agentId}`
      );
    }
  }
  return undefined;
}

/** The offers, or why not: then `offers` holds those that exist and are the framework's. */
export function checkOffers(
  state: MasterState,
  framework: Framework,
  offerIds: readonly OfferID[],
): { offers: OfferRecord[]; error?: string } {
  const ids = offerIds.map(({ value }) => value);
  const found = ids.map((id) => state.offers.get(id));
  const error = ids.length === 0 ? "No offers specified" : findError(framework, ids, found);
  const offers = found.filter((offer): offer is OfferRecord => offer?.frameworkId === framework.id);
  return error === undefined ? { offers } : { offers: [...new Set(offers)], error };
}
