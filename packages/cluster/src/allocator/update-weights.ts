// Weights of roles change (docs/weights.md); they show in later allocations, nothing is taken back.
import type { AllocatorState } from "./state.ts";

/** Sets weights, greater than 0, by role path. Throws a RangeError for others. */
export function updateWeights(
  state: AllocatorState,
  weights: Iterable<readonly [role: string, weight: number]>,
): void {
  state.operations++;
  for (const [role, weight] of weights) {
    if (!(weight > 0))
      throw new RangeError(`Cannot set the weight of role ${role}: ${weight} is not positive`);
    state.weights.set(role, weight);
    const entry = state.roles.get(role);
    if (entry !== undefined) entry.node.weight = weight;
  }
  state.shares.version++;
}
