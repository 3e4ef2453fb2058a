// Resources as the older JSON endpoints show them: one key a name, scalars summed, ranges and sets as text.
import {
  coalesceRanges,
  formatRanges,
  formatSet,
  fromThousandths,
  toThousandths,
  type Resource,
} from "@mezzo/wire";

export type ResourcesModel = Record<string, number | string>;

/** The sum of resources. The four scalars that every machine has are always there (`src/common/http.cpp` of Mesos). */
export function resourcesModel(resources: readonly Resource[]): ResourcesModel {
  const thousandths = new Map(["disk", "mem", "gpus", "cpus"].map((name) => [name, 0]));
  const model: ResourcesModel = {};
  const named = (resource: Resource): string =>
    resource.revocable ? `${resource.name}_revocable` : resource.name;
  for (const resource of resources) {
    if (resource.type !== "SCALAR") continue;
    const name = named(resource);
    thousandths.set(name, (thousandths.get(name) ?? 0) + toThousandths(resource.scalar?.value ?? 0));
  }
  for (const [name, amount] of thousandths) model[name] = fromThousandths(amount);
  const others = Map.groupBy(
    resources.filter(({ type }) => type === "RANGES" || type === "SET"),
    named,
  );
  for (const [name, group] of others) {
    const ranges = group.flatMap((resource) => resource.ranges?.range ?? []);
    const items = new Set(group.flatMap((resource) => resource.set?.item ?? []));
    model[name] = ranges.length > 0 ? formatRanges(coalesceRanges(ranges)) : formatSet([...items]);
  }
  return model;
}
