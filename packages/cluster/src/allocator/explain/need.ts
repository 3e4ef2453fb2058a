// What a task needs, and how much of it a list of resources lacks.
import {
  type Resource,
  containsResources,
  formatResources,
  isRevocable,
  isShared,
  isUnreserved,
  quantityOf,
  subtractResources,
  takeResources,
  toUnreserved,
} from "@mezzo/wire";

/** Something that is missing: how much of it in thousandths; 1 for what is no amount, such as a range of ports. */
export interface Lack {
  readonly name: string;
  readonly amount: number;
  readonly isAmount: boolean;
}

/** Whether any resource of the name will do, whoever it is reserved for: no volume, no certain disk, no reservation. */
function isPlain(resource: Resource): boolean {
  return isUnreserved(resource) && resource.disk === undefined && !isShared(resource);
}

/** Whether a resource will do for one that is plain. */
function isUsableAs(resource: Resource, wanted: Resource): boolean {
  return (
    resource.name === wanted.name &&
    resource.disk === undefined &&
    !isShared(resource) &&
    isRevocable(resource) === (wanted.revocable !== undefined)
  );
}

function lackOf(resources: readonly Resource[], wanted: Resource): Lack | undefined {
  if (!isPlain(wanted)) {
    if (containsResources(resources, [wanted])) return undefined;
    return { name: formatResources([wanted]), amount: 1, isAmount: false };
  }
  const usable = toUnreserved(resources.filter((each) => isUsableAs(each, wanted)));
  if (wanted.scalar === undefined) {
    if (containsResources(usable, [wanted])) return undefined;
    return { name: formatResources([wanted]), amount: 1, isAmount: false };
  }
  let amount = quantityOf(wanted);
  for (const each of usable) amount -= quantityOf(each);
  return amount > 0 ? { name: wanted.name, amount, isAmount: true } : undefined;
}

/** What of `need` (each entry once a name and kind) is not in the list, in the order of `need`; empty when it fits. */
export function lacksOf(resources: readonly Resource[], need: readonly Resource[]): Lack[] {
  const lacks: Lack[] = [];
  for (const wanted of need) {
    const lack = lackOf(resources, wanted);
    if (lack !== undefined) lacks.push(lack);
  }
  return lacks;
}

/** The resources that make up `need`, those reserved for the role first; undefined when something lacks. */
export function takeNeed(
  resources: readonly Resource[],
  { need, role }: { need: readonly Resource[]; role: string },
): Resource[] | undefined {
  if (lacksOf(resources, need).length > 0) return undefined;
  let left: readonly Resource[] = resources;
  const taken: Resource[] = [];
  for (const wanted of need) {
    const usable = isPlain(wanted) ? left.filter((each) => isUsableAs(each, wanted)) : left;
    const part = isPlain(wanted) ? takeResources(usable, { wanted: [wanted], role }) : [wanted];
    // Two entries of a need may each be there and both together not.
    if (part === undefined || !containsResources(left, part)) return undefined;
    taken.push(...part);
    left = subtractResources(left, part);
  }
  return taken;
}
