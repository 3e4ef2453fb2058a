// GET /metrics/snapshot: every metric by Mesos' name. The groups are one file each.
import type { MasterState } from "../../state.ts";
import { agentMetrics } from "./agent-metrics.ts";
import { allocatorMetrics } from "./allocator-metrics.ts";
import { frameworkMetrics } from "./framework-metrics.ts";
import type { MetricEntry } from "./metric-entry.ts";
import type { MetricSources } from "./metric-sources.ts";
import { operationMetrics } from "./operation-metrics.ts";
import { registrarMetrics } from "./registrar-metrics.ts";
import { systemMetrics } from "./system-metrics.ts";
import { taskMetrics } from "./task-metrics.ts";

function* masterMetrics(state: MasterState, sources: MetricSources): Iterable<MetricEntry> {
  for (const [name, value] of Object.entries(state.counters)) yield [`master/${name}`, value];
  yield ["master/elected", state.electedTime > 0 ? 1 : 0];
  yield ["master/uptime_secs", (sources.nowMs - state.startTime) / 1000];
  yield ["master/outstanding_offers", state.offers.size];
  yield ["master/operator_event_stream_subscribers", sources.operatorEventStreamSubscribers];
  // A turn takes everything that has arrived: nothing is left in a queue when somebody can look.
  yield ["master/event_queue_messages", 0];
  yield ["master/event_queue_dispatches", 0];
  yield ["master/event_queue_http_requests", 0];
}

/** All metrics of a master. @see Mesos docs/monitoring.md */
export function* metricValues(state: MasterState, sources: MetricSources): Generator<MetricEntry> {
  yield* masterMetrics(state, sources);
  yield* agentMetrics(state);
  yield* taskMetrics(state);
  yield* operationMetrics(state);
  yield* frameworkMetrics(state);
  yield* sources.traffic;
  yield* allocatorMetrics(state, sources);
  yield* registrarMetrics(sources.registrar);
  yield* systemMetrics(sources.system);
}
