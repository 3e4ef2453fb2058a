// One outstanding offer.
import type { Offer } from "@mezzo/wire";

export interface OfferRecord {
  readonly id: string;
  readonly frameworkId: string;
  readonly agentId: string;
  readonly role: string;
  /** When it was made, milliseconds since 1970. */
  readonly createdMs: number;
  /** The message as the framework got it; its `resources` carry `allocation_info`. */
  readonly offer: Offer;
}
