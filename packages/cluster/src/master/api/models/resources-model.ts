// Resources as the older JSON endpoints show them: one key a name, scalars summed, ranges and sets as text.
import type { Resource } from "@mezzo/wire";

export type ResourcesModel = Record<string, number | string>;

/** Thousandths in one: scalars are exact to three decimals. */
const PRECISION = 1000;

interface Accumulated {
  scalars: Map<string, number>;
  ranges: Map<string, [begin: number, end: number][]>;
  sets: Map<string, Set<string>>;
}

function accumulate(into: Accumulated, resource: Resource): void {
  const name = resource.revocable ? `${resource.name}_revocable` : resource.name;
  if (resource.type === "SCALAR") {
    const thousandths = Math.round((resource.scalar?.value ?? 0) * PRECISION);
    into.scalars.set(name, (into.scalars.get(name) ?? 0) + thousandths);
  } else if (resource.type === "RANGES") {
    const ranges = into.ranges.get(name) ?? [];
    for (const { begin, end } of resource.ranges?.range ?? []) ranges.push([begin, end]);
    into.ranges.set(name, ranges);
  } else if (resource.type === "SET") {
    const items = into.sets.get(name) ?? new Set();
    for (const item of resource.set?.item ?? []) items.add(item);
    into.sets.set(name, items);
  }
}

/** `[1-2, 5-5]`, coalesced. */
export function rangesText(ranges: readonly (readonly [begin: number, end: number])[]): string {
  const merged: [number, number][] = [];
  for (const [begin, end] of ranges.toSorted((a, b) => a[0] - b[0])) {
    const last = merged.at(-1);
    if (last && begin <= last[1] + 1) last[1] = Math.max(last[1], end);
    else merged.push([begin, end]);
  }
  return `[${merged.map(([begin, end]) => `${begin}-${end}`).join(", ")}]`;
}

/** `{a, b}`. */
export function setText(items: Iterable<string>): string {
  return `{${[...items].toSorted().join(", ")}}`;
}

/**
 * The sum of several lists of resources. The four scalars that every machine has are always there.
 * @see Mesos src/common/http.cpp
 */
export function resourcesModel(...lists: readonly (readonly Resource[])[]): ResourcesModel {
  const into: Accumulated = { scalars: new Map(), ranges: new Map(), sets: new Map() };
  for (const name of ["disk", "mem", "gpus", "cpus"]) into.scalars.set(name, 0);
  for (const list of lists) for (const resource of list) accumulate(into, resource);
  const model: ResourcesModel = {};
  for (const [name, thousandths] of into.scalars) model[name] = thousandths / PRECISION;
  for (const [name, ranges] of into.ranges) model[name] = rangesText(ranges);
  for (const [name, items] of into.sets) model[name] = setText(items);
  return model;
}
