// Whether resources cover others.
import type { Resource } from "../messages.gen.ts";
import { containsRanges } from "../values/ranges.ts";
import { toThousandths } from "../values/scalars.ts";
import { containsSet } from "../values/sets.ts";
import { accumulate, deduct } from "./accumulate.ts";
import { equalResource } from "./equal-resource.ts";
import { isIndivisible, isSameKind } from "./same-kind.ts";

function coversOne(whole: Resource, part: Resource): boolean {
  if (whole.type === "SCALAR")
    return toThousandths(part.scalar?.value ?? 0) <= toThousandths(whole.scalar?.value ?? 0);
  if (whole.type === "RANGES") return containsRanges(whole.ranges?.range ?? [], part.ranges?.range ?? []);
  return whole.type === "SET" && containsSet(whole.set?.item ?? [], part.set?.item ?? []);
}

/** Whether some one entry of `whole` covers `part`. */
function containsOne(whole: readonly Resource[], part: Resource): boolean {
  const indivisible = isIndivisible(part);
  for (const entry of whole) {
    if (indivisible ? equalResource(entry, part) : isSameKind(entry, part) && coversOne(entry, part))
      return true;
  }
  return false;
}

/** Whether no two entries belong together, as in every list these functions return. */
function isNormal(list: readonly Resource[]): boolean {
  for (let i = 1; i < list.length; i++) {
    for (let j = 0; j < i; j++) {
      if (isSameKind(list[i]!, list[j]!)) return false;
    }
  }
  return true;
}

function containsEach(whole: readonly Resource[], part: readonly Resource[]): boolean {
  let remaining: Resource[] | undefined;
  for (const resource of part) {
    if (!containsOne(remaining ?? whole, resource)) return false;
    if (!isIndivisible(resource)) continue;
    // A volume (each copy of it, when shared) serves one entry only.
    remaining ??= whole.slice();
    deduct(remaining, resource);
  }
  return true;
}

/**
 * Whether `whole` covers all of `part`; both valid. `whole` is a list as these functions return it, `part` may be any.
 * Follows `Resources::contains` of resources.cpp.
 */
export function containsResources(whole: readonly Resource[], part: readonly Resource[]): boolean {
  if (part.length < 2 || isNormal(part)) return containsEach(whole, part);
  const normal: Resource[] = [];
  for (const resource of part) accumulate(normal, resource);
  return containsEach(whole, normal);
}
