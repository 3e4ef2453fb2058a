// What a framework asks for beside its FrameworkInfo.
import type { SchedulerOfferConstraints } from "@mezzo/wire";
import type { OfferConstraintsFilter } from "../../allocator/constraints/compile-offer-constraints.ts";

/** Checked terms of a SUBSCRIBE or UPDATE_FRAMEWORK. */
export interface FrameworkTerms {
  suppressedRoles: readonly string[];
  offerConstraints: SchedulerOfferConstraints;
  /** `offerConstraints`, compiled for the allocator; absent when there are none. */
  constraintsFilter?: OfferConstraintsFilter;
}

/** The terms of a framework that has not said anything yet. */
export const NO_TERMS: FrameworkTerms = { suppressedRoles: [], offerConstraints: {} };
