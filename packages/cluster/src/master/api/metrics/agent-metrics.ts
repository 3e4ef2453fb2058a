// Metrics about agents and the resources that they bring.
import { isRevocable, type Resource } from "@mezzo/wire";
import type { MasterState } from "../../state.ts";
import type { MetricEntry } from "./metric-entry.ts";

const RESOURCES = ["cpus", "gpus", "mem", "disk"] as const;

type Sums = Map<string, number>;

function addScalars(into: Sums, resources: Iterable<Resource>): void {
  for (const resource of resources) {
    if (resource.type !== "SCALAR") continue;
    const key = isRevocable(resource) ? `${resource.name}_revocable` : resource.name;
    into.set(key, (into.get(key) ?? 0) + Math.round((resource.scalar?.value ?? 0) * 1000));
  }
}

function* resourceEntries(total: Sums, used: Sums): Iterable<MetricEntry> {
  for (const resource of RESOURCES) {
    for (const name of [resource, `${resource}_revocable`]) {
      const there = (total.get(name) ?? 0) / 1000;
      const taken = (used.get(name) ?? 0) / 1000;
      yield [`master/${name}_total`, there];
      yield [`master/${name}_used`, taken];
      yield [`master/${name}_percent`, there > 0 ? taken / there : 0];
    }
  }
}

/** @see Mesos docs/monitoring.md, "Resources" and "Agents" */
export function* agentMetrics({ agents }: MasterState): Generator<MetricEntry> {
  const total: Sums = new Map();
  const used: Sums = new Map();
  let active = 0;
  let connected = 0;
  for (const agent of agents.registered.values()) {
    if (agent.active) active += 1;
    if (agent.connected) connected += 1;
    addScalars(total, agent.totalResources);
    for (const resources of agent.usedResources.values()) addScalars(used, resources);
  }
  const registered = agents.registered.size;
  yield ["master/slaves_active", active];
  yield ["master/slaves_inactive", registered - active];
  yield ["master/slaves_connected", connected];
  yield ["master/slaves_disconnected", registered - connected];
  yield ["master/slaves_unreachable", agents.unreachable.size];
  yield* resourceEntries(total, used);
}
