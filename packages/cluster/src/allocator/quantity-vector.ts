// Scalar amounts as short arrays of thousandths: the allocator's hot arithmetic, without maps or allocation per name.
import type { Resource } from "@mezzo/wire";

/** One amount a name, in thousandths; a missing index counts as 0. */
export type QuantityVector = number[];

/** Which index belongs to which resource name. Names come from agents' totals and flags, so they are few. */
export interface QuantityNames {
  readonly names: string[];
  readonly indexes: Map<string, number>;
}

/** Thousandths in one unit: Mesos keeps scalars to three decimals (docs/attributes-resources.md). */
export const THOUSANDTHS = 1000;

/** An empty table of names. */
export function createQuantityNames(): QuantityNames {
  return { names: [], indexes: new Map() };
}

/** The index of a name, given one when it is new. */
export function indexOfName(table: QuantityNames, name: string): number {
  const known = table.indexes.get(name);
  if (known !== undefined) return known;
  const index = table.names.length;
  table.names.push(name);
  table.indexes.set(name, index);
  return index;
}

/** Sums the scalars of a list; ranges and sets have no share (sorter/drf/sorter.cpp counts scalars alone). */
export function vectorOf(table: QuantityNames, resources: readonly Resource[]): QuantityVector {
  const vector: QuantityVector = [];
  for (const resource of resources) {
    if (resource.scalar === undefined) continue;
    const index = indexOfName(table, resource.name);
    while (vector.length <= index) vector.push(0);
    vector[index] = (vector[index] ?? 0) + Math.round(resource.scalar.value * THOUSANDTHS);
  }
  return vector;
}

/** Adds `amounts` times `sign` (1 or -1) into `into`. */
export function addInto(into: QuantityVector, amounts: QuantityVector, sign: number): void {
  while (into.length < amounts.length) into.push(0);
  for (let index = 0; index < amounts.length; index++) {
    into[index] = (into[index] ?? 0) + sign * (amounts[index] ?? 0);
  }
}

/** Whether every amount of `small` fits into `large`. */
export function fitsInto(small: QuantityVector, large: QuantityVector): boolean {
  for (let index = 0; index < small.length; index++) {
    if ((small[index] ?? 0) > (large[index] ?? 0)) return false;
  }
  return true;
}

/** Whether no amount is left. */
export function isZero(vector: QuantityVector): boolean {
  for (const amount of vector) {
    if (amount !== 0) return false;
  }
  return true;
}

/** The amounts by name in units, zeros left out: for metrics and explanations. */
export function namedAmounts(table: QuantityNames, vector: QuantityVector): Map<string, number> {
  const amounts = new Map<string, number>();
  table.names.forEach((name, index) => {
    const amount = vector[index] ?? 0;
    if (amount !== 0) amounts.set(name, amount / THOUSANDTHS);
  });
  return amounts;
}
