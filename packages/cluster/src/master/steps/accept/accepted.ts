// One ACCEPT being carried out: who, where, and what the operations so far have left of the offers.
import type { Resource, ResourceConversion } from "@mezzo/wire";
import type { Agent } from "../../agent.ts";
import type { Framework } from "../../framework.ts";

/** The parties, and the running books of one ACCEPT. */
export interface Accepted {
  readonly framework: Framework;
  readonly agent: Agent;
  readonly role: string;
  /** All of the offers, as they were. */
  readonly offered: readonly Resource[];
  /** What is left for the next operation. */
  available: readonly Resource[];
  /** Volumes that were resized, and what that freed: no further operation of the call may use them. */
  resized: readonly Resource[];
  /** Shared volumes that can be used, however many tasks of the call already use them. */
  shared: readonly Resource[];
  /** What the operations did to the offered resources, in order: for the allocator. */
  conversions: ResourceConversion[];
}
