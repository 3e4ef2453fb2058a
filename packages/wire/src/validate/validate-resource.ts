// What makes a resource valid, in either format. Follows `Resources::validate` of src/common/resources.cpp.
import type { Resource, ResourceReservationInfo } from "../messages.gen.ts";
import { formatResource } from "../resources/format-resources.ts";
import { equalLabels, formatLabels } from "../values/labels.ts";
import { isStrictSubroleOf } from "../values/roles.ts";
import { toThousandths } from "../values/scalars.ts";
import { validateRole } from "./validate-role.ts";

/** Up to this many ranges or items every pair is compared; more are sorted or hashed first. */
const FEW = 8;

function hasOverlap(ranges: readonly { begin: number; end: number }[]): boolean {
  const ordered = ranges.length < 2 ? ranges : ranges.toSorted((a, b) => a.begin - b.begin);
  return ordered.some((range, i) => i > 0 && range.begin <= ordered[i - 1]!.end);
}

function hasDuplicate(items: readonly string[]): boolean {
  if (items.length > FEW) return new Set(items).size < items.length;
  return items.some((item, i) => items.indexOf(item) < i);
}

function validateScalar({ scalar, ranges, set }: Resource): string | undefined {
  if (scalar === undefined || ranges !== undefined || set !== undefined) return "Invalid scalar resource";
  const { value } = scalar;
  if (value !== 0 && !(toThousandths(value) > 0)) return "Invalid scalar resource: value <= 0";
  return undefined;
}

function validateRanges({ scalar, ranges, set }: Resource): string | undefined {
  if (scalar !== undefined || ranges === undefined || set !== undefined) return "Invalid ranges resource";
  const list = ranges.range ?? [];
  if (list.some(({ begin, end }) => begin > end)) return "Invalid ranges resource: begin > end";
  return hasOverlap(list) ? "Invalid ranges resource: overlapping ranges" : undefined;
}

function validateSet({ scalar, ranges, set }: Resource): string | undefined {
  if (scalar !== undefined || ranges !== undefined || set === undefined) return "Invalid set resource";
  return hasDuplicate(set.item ?? []) ? "Invalid set resource: duplicated elements" : undefined;
}

function validateAmount(resource: Resource): string | undefined {
  switch (resource.type) {
    case "SCALAR":
      return validateScalar(resource);
    case "RANGES":
      return validateRanges(resource);
    case "SET":
      return validateSet(resource);
    default:
      return "Unsupported resource type";
  }
}

function validateDisk(resource: Resource): string | undefined {
  if (resource.disk === undefined) return undefined;
  if (resource.name !== "disk") return `DiskInfo should not be set for ${resource.name} resource`;
  const source = resource.disk.source;
  if (source === undefined || source.type === "PATH" || source.type === "MOUNT") return undefined;
  if (source.type === "UNKNOWN") return "Unsupported 'DiskInfo.Source.Type' in 'UNKNOWN'";
  if (source.mount !== undefined) return `Mount should not be set for ${source.type} disk source`;
  if (source.path !== undefined) return `Path should not be set for ${source.type} disk source`;
  return undefined;
}

function validateOldFormat({ role = "*", reservation }: Resource): string | undefined {
  const error = validateRole(role);
  if (error !== undefined || reservation === undefined) return error;
  if (reservation.type !== undefined) {
    return "'Resource.ReservationInfo.type' must not be set for the 'Resource.reservation' field";
  }
  if (reservation.role !== undefined) {
    return "'Resource.ReservationInfo.role' must not be set for the 'Resource.reservation' field";
  }
  return role === "*" ? 'Invalid reservation: role "*" cannot be dynamically reserved' : undefined;
}

function validateReservation({ type, role }: ResourceReservationInfo): string | undefined {
  if (type === undefined) return "Invalid reservation: 'Resource.ReservationInfo.type' field must be set.";
  if (role === undefined) return "Invalid reservation: 'Resource.ReservationInfo.role' field must be set.";
  const error = validateRole(role);
  if (error !== undefined) return error;
  return role === "*" ? 'Invalid reservation: role "*" cannot be reserved' : undefined;
}

function validateRefinement(stack: readonly ResourceReservationInfo[]): string | undefined {
  for (let i = 1; i < stack.length; i++) {
    const { type, role = "" } = stack[i]!;
    const ancestor = stack[i - 1]!.role ?? "";
    if (type === "STATIC") return "Invalid refined reservation: A refined reservation cannot be STATIC";
    if (!isStrictSubroleOf(role, ancestor)) {
      return `Invalid refined reservation: role '${role}' is not a refinement of '${ancestor}'`;
    }
  }
  return undefined;
}

/** One reservation may be told in both formats at once, as long as they agree. */
function validateBothFormats(resource: Resource, only: ResourceReservationInfo): string | undefined {
  const { role, reservation } = resource;
  if (role !== undefined && role !== only.role) {
    return (
      `Invalid resource format: 'Resource.role' field with '${role}' does not match the role` +
      ` '${only.role ?? ""}' in 'Resource.reservations'`
    );
  }
  if (only.type === "STATIC") {
    if (reservation === undefined) return undefined;
    return (
      "Invalid resource format: 'Resource.reservation' must not be set if the single reservation in" +
      " 'Resource.reservations' is STATIC"
    );
  }
  if (only.type !== "DYNAMIC") return "Unsupported 'Resource.ReservationInfo.Type'";
  if ((role === undefined) !== (reservation === undefined)) {
    return (
      "Invalid resource format: 'Resource.role' and 'Resource.reservation' must either be both set or both not set" +
      " if the single reservation in 'Resource.reservations' is DYNAMIC"
    );
  }
  return reservation === undefined ? undefined : validateAgreement(reservation, only);
}

function validateAgreement(old: ResourceReservationInfo, only: ResourceReservationInfo): string | undefined {
  if ((old.principal ?? "") !== (only.principal ?? "")) {
    return (
      `Invalid resource format: 'Resource.reservation.principal' field with '${old.principal ?? ""}' does not match` +
      ` the principal '${only.principal ?? ""}' in 'Resource.reservations'`
    );
  }
  const left = old.labels ?? {};
  const right = only.labels ?? {};
  if (equalLabels(left, right)) return undefined;
  return (
    `Invalid resource format: 'Resource.reservation.labels' field with '${formatLabels(left)}' does not match the` +
    ` labels '${formatLabels(right)}' in 'Resource.reservations'`
  );
}

function validateStack(resource: Resource, stack: readonly ResourceReservationInfo[]): string | undefined {
  for (const reservation of stack) {
    const error = validateReservation(reservation);
    if (error !== undefined) return error;
  }
  const error = validateRefinement(stack);
  if (error !== undefined) return error;
  if (stack.length === 1) return validateBothFormats(resource, stack[0]!);
  const extra =
    resource.role !== undefined ? "role" : resource.reservation !== undefined ? "reservation" : undefined;
  if (extra === undefined) return undefined;
  return (
    `Invalid resource format: 'Resource.${extra}' must not be set if there is more than one reservation in` +
    " 'Resource.reservations'"
  );
}

function validateShared(resource: Resource): string | undefined {
  if (resource.shared === undefined) return undefined;
  if (resource.name !== "disk") return `Resource ${resource.name} cannot be shared`;
  return resource.disk?.persistence === undefined ? "Only persistent volumes can be shared" : undefined;
}

/** Checks one resource by itself. */
export function validateResource(resource: Resource): string | undefined {
  if (resource.name === "") return "Empty resource name";
  const error = validateAmount(resource) ?? validateDisk(resource);
  if (error !== undefined) return error;
  const stack = resource.reservations ?? [];
  const reserved = stack.length === 0 ? validateOldFormat(resource) : validateStack(resource, stack);
  return reserved ?? validateShared(resource);
}

/** Checks resources one by one; the error shows the first bad one. */
export function validateResources(resources: readonly Resource[]): string | undefined {
  for (const resource of resources) {
    const error = validateResource(resource);
    if (error !== undefined) return `Resource '${formatResource(resource)}' is invalid: ${error}`;
  }
  return undefined;
}
