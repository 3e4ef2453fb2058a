// Resources as the JSON that Mesos puts into its error messages where it has a list that may not be valid yet.
import type { Resource } from "../messages.gen.ts";

/** Fields by the alphabet; the amounts of scalars are doubles, which have a decimal point. */
function write(value: unknown, field: string): string {
  if (Array.isArray(value)) return `[${value.map((item: unknown) => write(item, field)).join(",")}]`;
  if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
    return `{${entries.map(([name, each]) => `${JSON.stringify(name)}:${write(each, `${field}.${name}`)}`).join(",")}}`;
  }
  const text = JSON.stringify(value);
  return field === ".scalar.value" && Number.isInteger(value) ? `${text}.0` : text;
}

/** Writes a list such as `[{"name":"cpus","scalar":{"value":1.0},"type":"SCALAR"}]`; follows `operator<<` of resources.cpp. */
export function formatResourcesJson(resources: readonly Resource[]): string {
  return write(resources, "");
}
