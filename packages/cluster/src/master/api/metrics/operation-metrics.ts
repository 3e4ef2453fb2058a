// Metrics about operations on resources, by type and state.
import type { MasterState } from "../../state.ts";
import type { MetricEntry } from "./metric-entry.ts";

const TYPES = [
  "reserve",
  "unreserve",
  "create",
  "destroy",
  "grow_volume",
  "shrink_volume",
  "create_disk",
  "destroy_disk",
] as const;

const STATES = [
  "pending",
  "recovering",
  "unreachable",
  "finished",
  "failed",
  "error",
  "dropped",
  "gone_by_operator",
] as const;

/** By type and over all types. What has ended is counted for good. @see Mesos docs/monitoring.md, "Operations" */
export function* operationMetrics({ operationCounts }: MasterState): Generator<MetricEntry> {
  const counts = new Map<string, number>();
  const add = (key: string, amount: number): void => void counts.set(key, (counts.get(key) ?? 0) + amount);
  for (const [type, states] of operationCounts) {
    for (const [state, amount] of states) {
      const name = state.replace(/^OPERATION_/, "").toLowerCase();
      const group = type.toLowerCase();
      for (const key of [`${group}/total`, `${group}/${name}`, "total", name]) add(key, amount);
    }
  }
  for (const key of ["total", ...STATES]) {
    yield [`master/operations/${key}`, counts.get(key) ?? 0];
    for (const type of TYPES) yield [`master/operations/${type}/${key}`, counts.get(`${type}/${key}`) ?? 0];
  }
}
