// Whether an agent may keep its id with a changed configuration (`src/slave/compatibility.cpp`).
import { isDeepStrictEqual } from "node:util";
import type { AgentInfo, Attribute, Resource } from "@mezzo/wire";
import { containsResources, equalResources } from "@mezzo/wire";
import type { AgentOptions } from "../options.ts";

const RULE = "------------------------------------------------------------";

/** Why the policy forbids going from `previous` to `current`, in Mesos' words; undefined when it allows it. */
export function whyIncompatible(
  policy: AgentOptions["reconfigurationPolicy"],
  previous: AgentInfo,
  current: AgentInfo,
): string | undefined {
  if (policy === "any") return undefined;
  return policy === "additive" ? whyNotAdditive(previous, current) : whyNotEqual(previous, current);
}

function whyNotEqual(previous: AgentInfo, current: AgentInfo): string | undefined {
  const { resources: before, ...rest } = previous;
  const { resources: after, ...other } = current;
  if (isDeepStrictEqual(withoutUndefined(rest), withoutUndefined(other))) {
    if (equalResources(before ?? [], after ?? [])) return undefined;
  }
  const lines = ["Incompatible agent info detected. ", `\n${RULE}`, "Old agent info:"];
  const both = [
    JSON.stringify(previous),
    `\n${RULE}`,
    "New agent info:",
    JSON.stringify(current),
    `\n${RULE}`,
  ];
  return [...lines, ...both].join("\n");
}

/** An empty list and an absent one are the same on the wire. */
function withoutUndefined(info: Omit<AgentInfo, "resources">): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(info).filter(
      ([, value]) => value !== undefined && !(Array.isArray(value) && !value.length),
    ),
  );
}

const NOT_PERMITTED = "Configuration change not permitted under";

function whyNotAdditive(previous: AgentInfo, current: AgentInfo): string | undefined {
  if (previous.hostname !== current.hostname) {
    return `${NOT_PERMITTED} \`additive\` policy: Hostname changed from ${previous.hostname} to ${current.hostname}`;
  }
  if (previous.port !== current.port) {
    return `${NOT_PERMITTED} \`additive\` policy: Port changed from ${previous.port} to ${current.port}`;
  }
  if (previous.domain && !isDeepStrictEqual(previous.domain, current.domain)) {
    return `${NOT_PERMITTED} \`additive\` policy: Domain changed`;
  }
  const lost = (previous.resources ?? []).find((one) => !containsResources(current.resources ?? [], [one]));
  if (lost !== undefined) return describeLost(lost, current.resources ?? []);
  return whyAttributesNotAdditive(previous.attributes ?? [], current.attributes ?? []);
}

function describeLost(lost: Resource, resources: Resource[]): string {
  const match = resources.find(({ name, type }) => name === lost.name && type === lost.type);
  if (match === undefined) return `${NOT_PERMITTED} 'additive' policy. Resource not found: ${lost.name}`;
  if (lost.type === "SCALAR") {
    return `${NOT_PERMITTED} 'additive' policy: Value of scalar resource '${lost.name}' decreased from ${lost.scalar?.value} to ${match.scalar?.value}`;
  }
  return `${NOT_PERMITTED} 'additive' policy: Previous value of resource '${lost.name}' not included in current`;
}

function whyAttributesNotAdditive(previous: Attribute[], current: Attribute[]): string | undefined {
  for (const attribute of previous) {
    const match = current.find(({ name }) => name === attribute.name);
    if (match === undefined) {
      return `${NOT_PERMITTED} 'additive' policy: Couldn't find attribute ${attribute.name}`;
    }
    if (match.type !== attribute.type) {
      return `${NOT_PERMITTED} 'additive' policy: Type of attribute '${attribute.name}' changed from ${attribute.type} to ${match.type}`;
    }
    if (!isDeepStrictEqual(match, attribute)) {
      return `${NOT_PERMITTED} 'additive' policy: Value of attribute '${attribute.name}' changed`;
    }
  }
  return undefined;
}
