// Adding one resource to, and taking one from, a list that the caller owns. The other operations are built on these two.
import type { Resource } from "../messages.gen.ts";
import { addRanges, subtractRanges } from "../values/ranges.ts";
import { fromThousandths, toThousandths } from "../values/scalars.ts";
import { addSets, subtractSets } from "../values/sets.ts";
import { equalResource } from "./equal-resource.ts";
import { isEmptyResource } from "./kinds.ts";
import { isIndivisible, isSameKind } from "./same-kind.ts";
import { withItems, withRanges, withScalar } from "./with-amount.ts";

function scalarOfOne(resource: Resource): number {
  return toThousandths(resource.scalar?.value ?? 0);
}

function sum(left: Resource, right: Resource): Resource {
  if (left.type === "SCALAR")
    return withScalar(left, fromThousandths(scalarOfOne(left) + scalarOfOne(right)));
  if (left.type === "RANGES")
    return withRanges(left, addRanges(left.ranges?.range ?? [], right.ranges?.range ?? []));
  return withItems(left, addSets(left.set?.item ?? [], right.set?.item ?? []));
}

function difference(left: Resource, right: Resource): Resource {
  if (left.type === "SCALAR")
    return withScalar(left, fromThousandths(scalarOfOne(left) - scalarOfOne(right)));
  if (left.type === "RANGES") {
    return withRanges(left, subtractRanges(left.ranges?.range ?? [], right.ranges?.range ?? []));
  }
  return withItems(left, subtractSets(left.set?.item ?? [], right.set?.item ?? []));
}

/**
 * Adds a resource to a list in place: it joins the first entry of its kind, or becomes an entry of its own. Empty ones
 * vanish. Each copy of a shared resource is an entry; follows `Resources::add` of resources.cpp.
 */
export function accumulate(list: Resource[], resource: Resource): void {
  if (isEmptyResource(resource)) return;
  if (!isIndivisible(resource)) {
    for (let i = 0; i < list.length; i++) {
      if (isSameKind(list[i]!, resource)) {
        list[i] = sum(list[i]!, resource);
        return;
      }
    }
  }
  list.push(resource);
}

/**
 * Takes a resource from the first entry it can be taken from; an entry that becomes empty or negative vanishes and the
 * last takes its place, as in Mesos, whose texts show the order. Follows `Resources::subtract` of resources.cpp.
 */
export function deduct(list: Resource[], resource: Resource): void {
  if (isEmptyResource(resource)) return;
  const whole = isIndivisible(resource);
  for (let i = 0; i < list.length; i++) {
    const entry = list[i]!;
    if (whole ? !equalResource(entry, resource) : !isSameKind(entry, resource)) continue;
    const rest = whole ? undefined : difference(entry, resource);
    if (rest !== undefined && !isEmptyResource(rest) && (rest.scalar?.value ?? 0) >= 0) {
      list[i] = rest;
      return;
    }
    const last = list.pop()!;
    if (i < list.length) list[i] = last;
    return;
  }
}
