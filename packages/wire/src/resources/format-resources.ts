// Resources as text, exactly as Mesos writes them: clients compare its error messages. Follows `operator<<` of resources.cpp.
import type {
  Resource,
  ResourceDiskInfo,
  ResourceDiskInfoSource,
  ResourceReservationInfo,
  Volume,
} from "../messages.gen.ts";
import { formatLabels } from "../values/labels.ts";
import { formatRanges } from "../values/ranges.ts";
import { formatScalar } from "../values/scalars.ts";
import { formatSet } from "../values/sets.ts";
import { equalResource } from "./equal-resource.ts";

function formatSource(source: ResourceDiskInfoSource): string {
  if (source.type === "UNKNOWN") return "UNKNOWN";
  if (source.id !== undefined || source.profile !== undefined) {
    return `${source.type}(${source.vendor ?? ""},${source.id ?? ""},${source.profile ?? ""})`;
  }
  const root =
    source.type === "MOUNT" ? source.mount?.root : source.type === "PATH" ? source.path?.root : undefined;
  return root === undefined ? source.type : `${source.type}:${root}`;
}

/** Writes a volume as `/host:/container:rw`. */
export function formatVolume(volume: Volume): string {
  if (volume.host_path === undefined) return volume.container_path;
  return `${volume.host_path}:${volume.container_path}:${volume.mode.toLowerCase()}`;
}

function formatDisk(disk: ResourceDiskInfo): string {
  const source = disk.source === undefined ? [] : [formatSource(disk.source)];
  const persistence = disk.persistence === undefined ? [] : [disk.persistence.id];
  const volume = disk.volume === undefined ? "" : `:${formatVolume(disk.volume)}`;
  return [...source, ...persistence].join(",") + volume;
}

/** Writes a reservation as `DYNAMIC,role,principal,{label: value}`. */
export function formatReservation(reservation: ResourceReservationInfo): string {
  const parts = [reservation.type ?? "UNKNOWN", reservation.role ?? ""];
  if (reservation.principal !== undefined) parts.push(reservation.principal);
  if (reservation.labels !== undefined) parts.push(formatLabels(reservation.labels));
  return parts.join(",");
}

function formatAmount(resource: Resource): string {
  switch (resource.type) {
    case "SCALAR":
      return formatScalar(resource.scalar?.value ?? 0);
    case "RANGES":
      return formatRanges(resource.ranges?.range ?? []);
    case "SET":
      return formatSet(resource.set?.item ?? []);
    default:
      return "";
  }
}

/** Writes one resource, such as `disk(allocated: r)(reservations: [(STATIC,r)])[v1:data]:100`. */
export function formatResource(resource: Resource): string {
  let text = resource.name;
  if (resource.allocation_info !== undefined) text += `(allocated: ${resource.allocation_info.role ?? ""})`;
  if (resource.reservations !== undefined && resource.reservations.length > 0) {
    text += `(reservations: [${resource.reservations.map((one) => `(${formatReservation(one)})`).join(",")}])`;
  }
  if (resource.disk !== undefined) text += `[${formatDisk(resource.disk)}]`;
  if (resource.revocable !== undefined) text += "{REV}";
  if (resource.shared !== undefined) text += "<SHARED>";
  return `${text}:${formatAmount(resource)}`;
}

/** Writes a list, such as `cpus:1; mem:32`; `{}` when it is empty. Copies of a shared resource become one with a count. */
export function formatResources(resources: readonly Resource[]): string {
  if (resources.length === 0) return "{}";
  const parts: string[] = [];
  for (const [i, resource] of resources.entries()) {
    if (resource.shared === undefined) {
      parts.push(formatResource(resource));
      continue;
    }
    const isCopy = (other: Resource): boolean => equalResource(other, resource);
    if (resources.findIndex(isCopy) < i) continue;
    parts.push(`${formatResource(resource)}<${resources.filter(isCopy).length}>`);
  }
  return parts.join("; ");
}
