// Whether two resources are the same thing in the same amount.
import type { Resource, ValueRange } from "../messages.gen.ts";
import { equalRanges } from "../values/ranges.ts";
import { toThousandths } from "../values/scalars.ts";
import { equalSets } from "../values/sets.ts";
import { isSameKind } from "./same-kind.ts";

const NO_RANGES: readonly ValueRange[] = [];
const NO_ITEMS: readonly string[] = [];

/** Compares one resource with another, amounts included; follows `operator==(Resource)` of resources.cpp. */
export function equalResource(left: Resource, right: Resource): boolean {
  if (left === right) return true;
  if (!isSameKind(left, right)) return false;
  switch (left.type) {
    case "SCALAR":
      return toThousandths(left.scalar?.value ?? 0) === toThousandths(right.scalar?.value ?? 0);
    case "RANGES":
      return equalRanges(left.ranges?.range ?? NO_RANGES, right.ranges?.range ?? NO_RANGES);
    case "SET":
      return equalSets(left.set?.item ?? NO_ITEMS, right.set?.item ?? NO_ITEMS);
    default:
      return false;
  }
}
