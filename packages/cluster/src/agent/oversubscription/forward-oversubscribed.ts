// Spare resources for revocable tasks: a fixed amount, as Mesos' FixedResourceEstimator says (src/slave/resource_estimators/fixed.cpp).
import {
  addResources,
  containsResources,
  isRevocable,
  unallocateResources,
  type Resource,
} from "@mezzo/wire";
import { allocatedResources } from "../api/allocated-resources.ts";
import { sendAgentUpdate } from "../registration/registered.ts";
import { emit, type Turn } from "../turn.ts";

/**
 * Tells the master when the total changed, and looks again after the interval: what revocable tasks have and what is still
 * spare, which is the fixed amount unless they have more (`Slave::_forwardOversubscribed`).
 */
export function forwardOversubscribed(turn: Turn): void {
  const { state } = turn;
  const { oversubscribedResources: fixed, oversubscribedResourcesInterval: delayMs } = state.options;
  if (fixed === undefined) return;
  const used = unallocateResources(allocatedResources(state).filter((resource) => isRevocable(resource)));
  const total = containsResources(fixed, used) ? fixed : used;
  const changed = state.oversubscribed === undefined || !isSame(state.oversubscribed, total);
  state.oversubscribed = total;
  if (changed && state.phase === "RUNNING") sendAgentUpdate(turn);
  emit(turn, { type: "setTimer", timer: { name: "oversubscription" }, delayMs });
}

function isSame(left: Resource[], right: Resource[]): boolean {
  const [one, other] = [addResources([], left), addResources([], right)];
  return containsResources(one, other) && containsResources(other, one);
}
