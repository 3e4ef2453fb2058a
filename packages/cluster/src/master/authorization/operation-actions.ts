// What has to be allowed for an operation on resources: each action with what it is about.
// @see Mesos src/master/authorization.cpp ActionObject
import {
  type OfferOperation,
  type OfferOperationReserve,
  type Resource,
  type ResourceReservationInfo,
  encodeJson,
  reservationRole,
} from "@mezzo/wire";
import type { Action } from "../../authorization/actions.ts";

export interface ResourceAction {
  action: Action;
  /** A role or a principal; absent is anything. */
  object?: string;
  /** The resource that it was read off, for the words of a refusal. */
  resource?: Resource;
}

function reservationsOf({ reservations = [] }: Resource): readonly ResourceReservationInfo[] {
  return reservations;
}

/** One action for each role of the resources. */
function perRole(action: Action, resources: readonly Resource[]): ResourceAction[] {
  const byRole = new Map<string, Resource>();
  for (const resource of resources) {
    const role = reservationRole(resource);
    if (!byRole.has(role)) byRole.set(role, resource);
  }
  return [...byRole].map(([object, resource]) => ({ action, object, resource }));
}

function unreserve(resources: readonly Resource[]): ResourceAction[] {
  const actions: ResourceAction[] = [];
  let hasUnnamed = false;
  for (const resource of resources) {
    const principal = reservationsOf(resource).at(-1)?.principal;
    if (principal === undefined) hasUnnamed = true;
    else actions.push({ action: "UNRESERVE_RESOURCES", object: principal, resource });
  }
  if (hasUnnamed) actions.push({ action: "UNRESERVE_RESOURCES" });
  return actions;
}

const withReservations = (
  resource: Resource,
  reservations: readonly ResourceReservationInfo[],
): Resource => ({ ...resource, reservations: [...reservations] });

/** How many reservations, from the bottom, two stacks have in common. */
function commonDepth(
  one: readonly ResourceReservationInfo[],
  other: readonly ResourceReservationInfo[],
): number {
  let depth = 0;
  while (depth < one.length && depth < other.length && equal(one[depth], other[depth])) depth++;
  return depth;
}

function equal(
  one: ResourceReservationInfo | undefined,
  other: ResourceReservationInfo | undefined,
): boolean {
  return one !== undefined && other !== undefined && textOf(one) === textOf(other);
}

function textOf(reservation: ResourceReservationInfo): string {
  return encodeJson("ResourceReservationInfo", reservation);
}

/** With a source, its reservations are taken off down to what both have in common, then the new ones put on. */
function reserve({ source = [], resources = [] }: OfferOperationReserve): ResourceAction[] {
  const [from] = source;
  const [to] = resources;
  if (from === undefined || to === undefined) return perRole("RESERVE_RESOURCES", resources);
  const before = reservationsOf(from);
  const after = reservationsOf(to);
  const common = commonDepth(before, after);
  const actions: ResourceAction[] = [];
  for (let depth = before.length; depth > common; depth--) {
    actions.push(...unreserve(source.map((each) => withReservations(each, before.slice(0, depth)))));
  }
  for (let depth = common + 1; depth <= after.length; depth++) {
    const reserved = source.map((each) => withReservations(each, after.slice(0, depth)));
    actions.push(...perRole("RESERVE_RESOURCES", reserved));
  }
  return actions;
}

function destroy(volumes: readonly Resource[]): ResourceAction[] {
  const persistent = volumes.filter(({ disk }) => disk?.persistence !== undefined);
  if (persistent.length === 0) return [{ action: "DESTROY_VOLUME" }];
  return persistent.map((resource) => ({
    action: "DESTROY_VOLUME",
    object: resource.disk?.persistence?.principal ?? "",
    resource,
  }));
}

const DISKS: Readonly<Record<string, { create?: Action; destroy: Action }>> = {
  MOUNT: { create: "CREATE_MOUNT_DISK", destroy: "DESTROY_MOUNT_DISK" },
  BLOCK: { create: "CREATE_BLOCK_DISK", destroy: "DESTROY_BLOCK_DISK" },
  RAW: { destroy: "DESTROY_RAW_DISK" },
};

function ofRole(action: Action | undefined, resource: Resource | undefined): ResourceAction[] {
  return action === undefined || resource === undefined
    ? []
    : [{ action, object: reservationRole(resource), resource }];
}

/** Everything that has to be allowed, in the order in which it is asked; the operation's resources are upgraded. */
export function actionsOf(operation: OfferOperation): ResourceAction[] {
  switch (operation.type) {
    case "RESERVE":
      return reserve(operation.reserve ?? { resources: [] });
    case "UNRESERVE":
      return unreserve(operation.unreserve?.resources ?? []);
    case "CREATE": {
      const actions = perRole("CREATE_VOLUME", operation.create?.volumes ?? []);
      return actions.length > 0 ? actions : [{ action: "CREATE_VOLUME" }];
    }
    case "DESTROY":
      return destroy(operation.destroy?.volumes ?? []);
    case "GROW_VOLUME":
      return ofRole("RESIZE_VOLUME", operation.grow_volume?.volume);
    case "SHRINK_VOLUME":
      return ofRole("RESIZE_VOLUME", operation.shrink_volume?.volume);
    case "CREATE_DISK": {
      const { source, target_type } = operation.create_disk ?? {};
      return ofRole(DISKS[target_type ?? ""]?.create, source);
    }
    case "DESTROY_DISK": {
      const source = operation.destroy_disk?.source;
      return ofRole(DISKS[source?.disk?.source?.type ?? ""]?.destroy, source);
    }
    default:
      return [];
  }
}

/** An action in the words of a refusal. @see Mesos src/master/authorization.cpp operator<< */
export function actionText({ action, object, resource }: ResourceAction): string {
  if (object === undefined || resource === undefined) return `perform action ${action} on ANY object`;
  const about = `{"value":${JSON.stringify(object)},"resource":${encodeJson("Resource", resource)}}`;
  return `perform action ${action} on object ${about}`;
}
