// Sets of strings as lists without duplicates; the order is kept because Mesos prints it. Follows src/common/values.cpp.

/** From this many items on a Set pays for its making. */
const LARGE_SET = 16;

function membership(items: readonly string[]): (item: string) => boolean {
  if (items.length < LARGE_SET) return (item) => items.includes(item);
  const lookup = new Set(items);
  return (item) => lookup.has(item);
}

/** The items of `left`, then those of `right` that are new. */
export function addSets(left: readonly string[], right: readonly string[]): string[] {
  const isIn = membership(left);
  return [...left, ...new Set(right.filter((item) => !isIn(item)))];
}

/** The items of `left` that are not in `right`. */
export function subtractSets(left: readonly string[], right: readonly string[]): string[] {
  const isIn = membership(right);
  return left.filter((item) => !isIn(item));
}

/** Whether every item of `part` is in `whole`. */
export function containsSet(whole: readonly string[], part: readonly string[]): boolean {
  const isIn = membership(whole);
  return part.every((item) => isIn(item));
}

/** Whether both hold the same items in whatever order. */
export function equalSets(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && containsSet(left, right);
}

/** Writes a set as `{a, b}`. */
export function formatSet(items: readonly string[]): string {
  return `{${items.join(", ")}}`;
}
