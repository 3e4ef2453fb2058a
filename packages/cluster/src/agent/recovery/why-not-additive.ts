// What an agent may become without losing its id under `--reconfiguration_policy=additive`: more than it was.
import { isDeepStrictEqual } from "node:util";
import type { AgentInfo, Attribute, Resource } from "@mezzo/wire";
import {
  containsRanges,
  containsSet,
  formatRanges,
  formatResource,
  formatScalar,
  formatSet,
  isSameKind,
  toThousandths,
} from "@mezzo/wire";

const NOT_PERMITTED = "Configuration change not permitted under";
const UNDER_POLICY = `${NOT_PERMITTED} 'additive' policy:`;

/** Why `current` is not all that `previous` was, in Mesos' words (`compatibility::additive`). */
export function whyNotAdditive(previous: AgentInfo, current: AgentInfo): string | undefined {
  const changed = (what: string, from: unknown, to: unknown): string =>
    `${NOT_PERMITTED} \`additive\` policy: ${what} changed from ${String(from)} to ${String(to)}`;
  if (previous.hostname !== current.hostname) {
    return changed("Hostname", previous.hostname, current.hostname);
  }
  if (previous.port !== current.port) return changed("Port", previous.port, current.port);
  if (previous.domain && !isDeepStrictEqual(previous.domain, current.domain)) {
    return changed("Domain", JSON.stringify(previous.domain), JSON.stringify(current.domain));
  }
  return (
    firstOf(previous.resources, (resource) => whyLess(resource, current.resources ?? [])) ??
    firstOf(previous.attributes, (attribute) => whyOther(attribute, current.attributes ?? []))
  );
}

function firstOf<T>(
  items: readonly T[] | undefined,
  why: (item: T) => string | undefined,
): string | undefined {
  for (const item of items ?? []) {
    const found = why(item);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** A disk of its own may grow as well, so that only the amount counts. */
function whyLess(resource: Resource, resources: readonly Resource[]): string | undefined {
  const match = resources.find((one) => isSameKind(one, resource));
  if (match === undefined) {
    return `${NOT_PERMITTED} 'additive' policy. Resource not found: ${formatResource(resource)}`;
  }
  const { name } = resource;
  if (resource.type === "SCALAR") {
    const [before, after] = [resource.scalar?.value ?? 0, match.scalar?.value ?? 0];
    if (toThousandths(before) <= toThousandths(after)) return undefined;
    return `${UNDER_POLICY} Value of scalar resource '${name}' decreased from ${formatScalar(before)} to ${formatScalar(after)}`;
  }
  if (resource.type === "RANGES") {
    const [before, after] = [resource.ranges?.range ?? [], match.ranges?.range ?? []];
    if (containsRanges(after, before)) return undefined;
    return `${UNDER_POLICY} Previous value of range resource '${name}' (${formatRanges(before)}) not included in current ${formatRanges(after)}`;
  }
  const [before, after] = [resource.set?.item ?? [], match.set?.item ?? []];
  if (containsSet(after, before)) return undefined;
  return `${UNDER_POLICY} Previous value of set resource '${name}' (${formatSet(before)}) not included in current ${formatSet(after)}`;
}

function valueOf({ scalar, ranges, text }: Attribute): string {
  if (scalar !== undefined) return formatScalar(scalar.value);
  return ranges === undefined ? (text?.value ?? "") : formatRanges(ranges.range ?? []);
}

function whyOther(attribute: Attribute, attributes: readonly Attribute[]): string | undefined {
  const { name, type } = attribute;
  const match = attributes.find((one) => one.name === name);
  if (match === undefined) return `${UNDER_POLICY} Couldn't find attribute ${name}=${valueOf(attribute)}`;
  if (match.type !== type) {
    return `${UNDER_POLICY} Type of attribute '${name}' changed from ${type} to ${match.type}`;
  }
  const [before, after] = [valueOf(attribute), valueOf(match)];
  if (type === "RANGES") {
    if (containsRanges(match.ranges?.range ?? [], attribute.ranges?.range ?? [])) return undefined;
    return `Previous value of ranges resource '${name}' (${before}) not included in current ${after}`;
  }
  if (before === after) return undefined;
  return `${UNDER_POLICY} Value of ${type.toLowerCase()} attribute '${name}' changed from ${before} to ${after}`;
}
