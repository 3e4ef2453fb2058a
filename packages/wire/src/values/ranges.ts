// Ranges of whole numbers, both ends included: ports and the like. Follows src/common/values.cpp.
import type { ValueRange } from "../messages.gen.ts";

type Ranges = readonly ValueRange[];

function byBegin(left: ValueRange, right: ValueRange): number {
  return left.begin - right.begin || left.end - right.end;
}

/** Whether the ranges are sorted, apart and not even adjacent: the form every sum has. */
function isCoalesced(ranges: Ranges): boolean {
  for (let i = 1; i < ranges.length; i++) {
    if (ranges[i]!.begin <= ranges[i - 1]!.end + 1) return false;
  }
  return true;
}

function sorted(ranges: Ranges): Ranges {
  for (let i = 1; i < ranges.length; i++) {
    if (ranges[i]!.begin < ranges[i - 1]!.begin) return ranges.toSorted(byBegin);
  }
  return ranges;
}

/** Sorts ranges and joins those that touch or overlap; returns the argument itself when nothing changes. */
export function coalesceRanges(ranges: Ranges): Ranges {
  return isCoalesced(ranges) ? ranges : joined(ranges);
}

function joined(ranges: Ranges): ValueRange[] {
  const result: ValueRange[] = [];
  let current: ValueRange | undefined;
  for (const range of ranges.toSorted(byBegin)) {
    if (current === undefined || range.begin > current.end + 1) {
      current = { begin: range.begin, end: range.end };
      result.push(current);
    } else if (range.end > current.end) {
      current.end = range.end;
    }
  }
  return result;
}

/** The numbers that are in either, coalesced. */
export function addRanges(left: Ranges, right: Ranges): ValueRange[] {
  return joined([...left, ...right]);
}

/** The numbers of `left` that are not in `right`; sorted, but as in Mesos not coalesced. */
export function subtractRanges(left: Ranges, right: Ranges): ValueRange[] {
  if (left.length === 0 || right.length === 0) return [...left];
  const holes = sorted(right);
  const result: ValueRange[] = [];
  let next = 0;
  for (const { begin, end } of sorted(left)) {
    let start = begin;
    while (next < holes.length && holes[next]!.end < start) next += 1;
    // A hole may reach into the following range too, so `next` only moves past those that end before it.
    for (let i = next; i < holes.length && holes[i]!.begin <= end && start <= end; i++) {
      const hole = holes[i]!;
      if (hole.begin > start) result.push({ begin: start, end: hole.begin - 1 });
      start = Math.max(start, hole.end + 1);
    }
    if (start <= end) result.push({ begin: start, end });
  }
  return result;
}

/** Whether every number of `part` is in `whole`. */
export function containsRanges(whole: Ranges, part: Ranges): boolean {
  const outer = coalesceRanges(whole);
  let i = 0;
  for (const range of coalesceRanges(part)) {
    while (i < outer.length && outer[i]!.end < range.begin) i += 1;
    const candidate = outer[i];
    if (candidate === undefined || range.begin < candidate.begin || range.end > candidate.end) return false;
  }
  return true;
}

/** Whether both hold the same numbers, however they are cut. */
export function equalRanges(left: Ranges, right: Ranges): boolean {
  const a = coalesceRanges(left);
  const b = coalesceRanges(right);
  return (
    a.length === b.length && a.every((range, i) => range.begin === b[i]!.begin && range.end === b[i]!.end)
  );
}

/** How many numbers the ranges hold. */
export function countRanges(ranges: Ranges): number {
  let count = 0;
  for (const range of ranges) count += range.end - range.begin + 1;
  return count;
}

/** Writes ranges as `[1-2, 5-9]`. */
export function formatRanges(ranges: Ranges): string {
  return `[${ranges.map((range) => `${range.begin}-${range.end}`).join(", ")}]`;
}
