// The counts behind the metrics of operations.
import type { OfferOperation, OperationState } from "@mezzo/wire";
import { count } from "../counters.ts";
import type { MasterState } from "../state.ts";

/**
 * Counts operations into a state, or out of it with -1. What reached a terminal state stays counted when the operation
 * is forgotten. @see Mesos src/master/metrics.cpp incrementOperationState
 */
export function countOperation(
  state: MasterState,
  { type = "UNKNOWN" }: OfferOperation,
  { into, delta = 1 }: { into: OperationState; delta?: 1 | -1 },
): void {
  let counts = state.operationCounts.get(type);
  if (counts === undefined) state.operationCounts.set(type, (counts = new Map()));
  count(counts, into, delta);
}
