// Metrics about sharing: totals, shares of roles, filters, quota.
import { addQuantities, type Quantities, type QuotaConfig } from "@mezzo/wire";
import {
  activeFilters,
  allocatedQuantities,
  clusterQuantities,
  dominantShare,
  subscribedRoles,
} from "../../../allocator/inspect.ts";
import type { MasterState } from "../../state.ts";
import { roleBreakdowns } from "../../role-breakdown.ts";
import type { MetricEntry } from "./metric-entry.ts";
import type { MetricSources } from "./metric-sources.ts";

const PREFIX = "allocator/mesos/";

/** Resources that have metrics when no agent has any of them, too. */
const ALWAYS_SHOWN = ["cpus", "mem", "disk"];

/** @see Mesos src/master/allocator/mesos/metrics.cpp Metrics::updateQuota */
function* quotaEntries({ allocator }: MasterState, config: QuotaConfig): Generator<MetricEntry> {
  const { role, guarantees = {}, limits = {} } = config;
  const prefix = `${PREFIX}quota/roles/${role}/resources/`;
  for (const [name, { value }] of Object.entries(guarantees)) yield [`${prefix}${name}/guarantee`, value];
  for (const [name, { value }] of Object.entries(limits)) yield [`${prefix}${name}/limit`, value];
  const allocated = allocatedQuantities(allocator, role);
  for (const name of new Set([...Object.keys(guarantees), ...Object.keys(limits)])) {
    yield [`${prefix}${name}/offered_or_allocated`, allocated.get(name) ?? 0];
  }
}

function* consumedEntriesOf(role: string, consumed: Quantities): Generator<MetricEntry> {
  for (const [name, thousandths] of consumed) {
    yield [`${PREFIX}quota/roles/${role}/resources/${name}/consumed`, thousandths / 1000];
  }
}

/**
 * Every role's consumption as the allocator counts it, and that of all together under the empty name of the tree's root.
 * @see Mesos src/master/allocator/mesos/hierarchical.hpp Role::quotaConsumed
 */
function* consumedEntries(state: MasterState): Generator<MetricEntry> {
  let all: Quantities = new Map();
  for (const [role, { charged }] of roleBreakdowns(state)) {
    yield* consumedEntriesOf(role, charged);
    if (!role.includes("/")) all = addQuantities(all, charged);
  }
  yield* consumedEntriesOf("", all);
}

/** Roles together with those above them, each once. */
function withAncestors(roles: readonly string[]): Set<string> {
  const prefixes = (role: string): string[] =>
    role.split("/").map((_, index, parts) => parts.slice(0, index + 1).join("/"));
  return new Set(roles.flatMap(prefixes));
}

/** @see Mesos docs/monitoring.md, "Allocator" */
export function* allocatorMetrics(state: MasterState, sources: MetricSources): Generator<MetricEntry> {
  const { allocator } = state;
  yield ["allocator/event_queue_dispatches", 0];
  yield [`${PREFIX}event_queue_dispatches`, 0];
  yield [`${PREFIX}allocation_runs`, allocator.runs];
  yield* sources.allocationRun.entries(`${PREFIX}allocation_run_ms`);
  for (const [name, value] of sources.allocationRun.entries(`${PREFIX}allocation_run_latency_ms`)) {
    // An allocation runs in the turn in which it was asked for: it never waits.
    yield [name, name.endsWith("/count") ? value : 0];
  }
  const quantities = clusterQuantities(allocator);
  for (const name of new Set([...ALWAYS_SHOWN, ...quantities.keys()])) {
    const { total, offeredOrAllocated } = quantities.get(name) ?? { total: 0, offeredOrAllocated: 0 };
    yield [`${PREFIX}resources/${name}/total`, total];
    yield [`${PREFIX}resources/${name}/offered_or_allocated`, offeredOrAllocated];
  }
  for (const role of subscribedRoles(allocator)) {
    yield [`${PREFIX}roles/${role}/shares/dominant`, dominantShare(allocator, role)];
  }
  for (const role of withAncestors(subscribedRoles(allocator))) {
    yield [`${PREFIX}offer_filters/roles/${role}/active`, activeFilters(allocator, role)];
  }
  for (const config of state.quotas.values()) yield* quotaEntries(state, config);
  yield* consumedEntries(state);
}
