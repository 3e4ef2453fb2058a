// Metrics about sharing: totals, shares of roles, filters, quota.
import type { QuotaConfig } from "@mezzo/wire";
import {
  activeFilters,
  clusterQuantities,
  dominantShare,
  subscribedRoles,
} from "../../../allocator/inspect.ts";
import type { MasterState } from "../../state.ts";
import { roleBreakdowns } from "../../role-breakdown.ts";
import type { MetricEntry } from "./metric-entry.ts";
import type { MetricSources } from "./metric-sources.ts";

const PREFIX = "allocator/mesos/";

function* quotaEntries(role: string, { guarantees, limits }: QuotaConfig): Generator<MetricEntry> {
  const prefix = `${PREFIX}quota/roles/${role}/resources/`;
  for (const [name, { value }] of Object.entries(guarantees ?? {}))
    yield [`${prefix}${name}/guarantee`, value];
  for (const [name, { value }] of Object.entries(limits ?? {})) yield [`${prefix}${name}/limit`, value];
}

function* consumedEntries(state: MasterState): Generator<MetricEntry> {
  for (const [role, { consumed }] of roleBreakdowns(state)) {
    for (const [name, thousandths] of consumed) {
      yield [`${PREFIX}quota/roles/${role}/resources/${name}/consumed`, thousandths / 1000];
    }
  }
}

/** @see Mesos docs/monitoring.md, "Allocator" */
export function* allocatorMetrics(state: MasterState, sources: MetricSources): Generator<MetricEntry> {
  const { allocator } = state;
  yield ["allocator/event_queue_dispatches", 0];
  yield [`${PREFIX}event_queue_dispatches`, 0];
  yield [`${PREFIX}allocation_runs`, allocator.runs];
  yield* sources.allocationRun.entries(`${PREFIX}allocation_run_ms`);
  yield* sources.allocationRunLatency.entries(`${PREFIX}allocation_run_latency_ms`);
  for (const [name, { total, offeredOrAllocated }] of clusterQuantities(allocator)) {
    yield [`${PREFIX}resources/${name}/total`, total];
    yield [`${PREFIX}resources/${name}/offered_or_allocated`, offeredOrAllocated];
  }
  for (const role of subscribedRoles(allocator)) {
    yield [`${PREFIX}roles/${role}/shares/dominant`, dominantShare(allocator, role)];
    yield [`${PREFIX}offer_filters/roles/${role}/active`, activeFilters(allocator, role)];
  }
  for (const [role, quota] of state.quotas) yield* quotaEntries(role, quota);
  yield* consumedEntries(state);
}
