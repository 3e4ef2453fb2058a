// Which of an offer's resources a task uses: those reserved for its role first, then unreserved ones, then any.
import type { Resource } from "../messages.gen.ts";
import { unallocateResources } from "./allocate-resources.ts";
import { containsResources } from "./contains-resources.ts";
import { isDynamicallyReserved, isUnreserved, reservationRole } from "./kinds.ts";
import { toUnreserved } from "./reservation-stack.ts";
import { subtractResources } from "./subtract-resources.ts";

function rank(resource: Resource, role: string): number {
  if (!isUnreserved(resource) && !isDynamicallyReserved(resource) && reservationRole(resource) === role)
    return 0;
  return isUnreserved(resource) ? 1 : 2;
}

/** As much of `wanted` as `candidate` has, as a resource of the same kind as the candidate. */
function partOf(candidate: Resource, wanted: Resource): Resource | undefined {
  const [plain] = toUnreserved([candidate]);
  if (plain === undefined || plain.name !== wanted.name || plain.type !== wanted.type) return undefined;
  if (candidate.scalar !== undefined && wanted.scalar !== undefined) {
    const value = Math.min(candidate.scalar.value, wanted.scalar.value);
    return value > 0 ? { ...candidate, scalar: { value } } : undefined;
  }
  if (!containsResources([plain], [wanted])) return undefined;
  const { ranges, set } = wanted;
  return { ...candidate, ...(ranges !== undefined && { ranges }), ...(set !== undefined && { set }) };
}

/**
 * The resources of an offer that make up `wanted` (unreserved), or undefined when it has too little.
 * @see Mesos src/v1/resources.cpp `Resources::find`
 */
export function takeResources(
  offered: readonly Resource[],
  { wanted, role }: { wanted: readonly Resource[]; role: string },
): Resource[] | undefined {
  let left: Resource[] = unallocateResources(offered);
  const taken: Resource[] = [];
  for (const each of wanted) {
    let missing: Resource[] = [each];
    for (const candidate of left.toSorted((a, b) => rank(a, role) - rank(b, role))) {
      const [need] = missing;
      const part = need === undefined ? undefined : partOf(candidate, need);
      if (part === undefined) continue;
      taken.push(part);
      left = subtractResources(left, [part]);
      missing = subtractResources(missing, toUnreserved([part]));
    }
    if (missing.length > 0) return undefined;
  }
  return taken;
}
