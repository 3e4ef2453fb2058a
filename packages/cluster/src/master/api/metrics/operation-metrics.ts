// Metrics about operations on resources, by type and state.
import type { OperationState } from "@mezzo/wire";
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

function stateName(state: OperationState): string {
  return state.replace(/^OPERATION_/, "").toLowerCase();
}

/** @see Mesos docs/monitoring.md, "Operations" */
export function* operationMetrics({ agents }: MasterState): Generator<MetricEntry> {
  const counts = new Map<string, number>();
  const add = (key: string): void => void counts.set(key, (counts.get(key) ?? 0) + 1);
  for (const agent of agents.registered.values()) {
    for (const { info, latest_status } of agent.operations.values()) {
      const type = (info.type ?? "UNKNOWN").toLowerCase();
      const state = stateName(latest_status.state);
      for (const key of [`${type}/total`, `${type}/${state}`, "total", state]) add(key);
    }
  }
  for (const key of ["total", ...STATES]) {
    yield [`master/operations/${key}`, counts.get(key) ?? 0];
    for (const type of TYPES) yield [`master/operations/${type}/${key}`, counts.get(`${type}/${key}`) ?? 0];
  }
}
