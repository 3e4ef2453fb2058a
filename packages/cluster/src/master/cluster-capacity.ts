// How much all registered agents have.
import { type Quantities, isRevocable, toThousandths } from "@mezzo/wire";
import type { MasterState } from "./state.ts";

/**
 * Scalars that are not revocable, of agents that are disconnected too: they tend to come back.
 * @see Mesos src/master/quota_handler.cpp
 */
export function clusterCapacity({ agents }: MasterState): Quantities {
  const capacity = new Map<string, number>();
  for (const { totalResources } of agents.registered.values()) {
    for (const resource of totalResources) {
      if (resource.scalar === undefined || isRevocable(resource)) continue;
      const { name, scalar } = resource;
      capacity.set(name, (capacity.get(name) ?? 0) + toThousandths(scalar.value));
    }
  }
  return capacity;
}
