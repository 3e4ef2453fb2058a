// The offers that a framework accepts or declines together. Follows `offer::validate` of src/master/validation.cpp.
import { firstError } from "./prefixed.ts";

/** What is to be known about one offer or inverse offer. Inverse offers have no role. */
export interface OfferFacts {
  readonly frameworkId: string;
  readonly agentId: string;
  readonly role?: string;
}

/** The offers named and how to find them. */
export interface OffersContext {
  readonly offerIds: readonly string[];
  readonly frameworkId: string;
  /** The outstanding offer of an id. */
  readonly findOffer: (offerId: string) => OfferFacts | undefined;
}

function validateUnique(offerIds: readonly string[]): string | undefined {
  const seen = new Set<string>();
  return firstError(offerIds, (offerId) => {
    if (seen.has(offerId)) return `Duplicate offer ${offerId} in offer list`;
    seen.add(offerId);
    return undefined;
  });
}

function validateFramework({ offerIds, frameworkId, findOffer }: OffersContext): string | undefined {
  return firstError(offerIds, (offerId) => {
    const actual = findOffer(offerId)?.frameworkId ?? frameworkId;
    if (actual === frameworkId) return undefined;
    return `Offer ${offerId} has invalid framework ${actual} while framework ${frameworkId} is expected`;
  });
}

/** The unbalanced quotes are Mesos' own. */
function validateRole({ offerIds, findOffer }: OffersContext): string | undefined {
  const first = findOffer(offerIds[0] ?? "")?.role;
  return firstError(offerIds, (offerId) => {
    const role = findOffer(offerId)?.role;
    if (role === first) return undefined;
    return (
      `Aggregated offers must be allocated to the same role. Offer ${offerId} uses role '${role ?? ""} but another is` +
      ` using role '${first ?? ""}`
    );
  });
}

function validateAgent({ offerIds, findOffer }: OffersContext): string | undefined {
  const first = findOffer(offerIds[0] ?? "")?.agentId;
  return firstError(offerIds, (offerId) => {
    const agentId = findOffer(offerId)?.agentId;
    if (agentId === first) return undefined;
    return (
      `Aggregated offers must belong to one single agent. Offer ${offerId} uses agent ${agentId ?? ""} and agent` +
      ` ${first ?? ""}`
    );
  });
}

function validateAll(context: OffersContext, noun: "Offer" | "Inverse offer"): string | undefined {
  const { offerIds, findOffer } = context;
  return (
    validateUnique(offerIds) ??
    firstError(offerIds, (id) =>
      findOffer(id) === undefined ? `${noun} ${id} is no longer valid` : undefined,
    ) ??
    validateFramework(context) ??
    validateRole(context) ??
    validateAgent(context)
  );
}

/** Checks that the offers are outstanding, the framework's, of one role and of one agent, each named once. */
export function validateOffers(context: OffersContext): string | undefined {
  return validateAll(context, "Offer");
}

/** Checks inverse offers the same way; they have no roles. */
export function validateInverseOffers(context: OffersContext): string | undefined {
  return validateAll(context, "Inverse offer");
}
