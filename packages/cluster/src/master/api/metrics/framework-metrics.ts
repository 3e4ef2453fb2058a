// Metrics of each framework, under `master/frameworks/<name>/<id>/`.
import type { Framework } from "../../framework.ts";
import type { MasterState } from "../../state.ts";
import type { MetricEntry } from "./metric-entry.ts";

const CALLS = [
  "SUBSCRIBE",
  "TEARDOWN",
  "ACCEPT",
  "DECLINE",
  "ACCEPT_INVERSE_OFFERS",
  "DECLINE_INVERSE_OFFERS",
  "REVIVE",
  "KILL",
  "SHUTDOWN",
  "ACKNOWLEDGE",
  "ACKNOWLEDGE_OPERATION_STATUS",
  "RECONCILE",
  "RECONCILE_OPERATIONS",
  "MESSAGE",
  "REQUEST",
  "SUPPRESS",
  "UPDATE_FRAMEWORK",
] as const;

const EVENTS = [
  "SUBSCRIBED",
  "OFFERS",
  "INVERSE_OFFERS",
  "RESCIND",
  "RESCIND_INVERSE_OFFER",
  "UPDATE",
  "UPDATE_OPERATION_STATUS",
  "MESSAGE",
  "FAILURE",
  "ERROR",
  "HEARTBEAT",
] as const;

const OPERATIONS = [
  "LAUNCH",
  "LAUNCH_GROUP",
  "RESERVE",
  "UNRESERVE",
  "CREATE",
  "DESTROY",
  "GROW_VOLUME",
  "SHRINK_VOLUME",
  "CREATE_DISK",
  "DESTROY_DISK",
] as const;

const ACTIVE = [
  "TASK_STAGING",
  "TASK_STARTING",
  "TASK_RUNNING",
  "TASK_KILLING",
  "TASK_UNREACHABLE",
  "TASK_UNKNOWN",
] as const;

const TERMINAL = [
  "TASK_FINISHED",
  "TASK_FAILED",
  "TASK_KILLED",
  "TASK_ERROR",
  "TASK_LOST",
  "TASK_DROPPED",
  "TASK_GONE",
  "TASK_GONE_BY_OPERATOR",
] as const;

/** Names of frameworks are text of any kind; in a metric's name they are percent-encoded. */
export function metricPrefix(framework: Framework): string {
  const name = encodeURIComponent(framework.info.name).replaceAll("~", "%7E");
  return `master/frameworks/${name}/${framework.id}/`;
}

function* counted<K extends string>(
  prefix: string,
  keys: readonly K[],
  counts: ReadonlyMap<K | string, number>,
): Generator<MetricEntry> {
  for (const key of keys) yield [`${prefix}/${key.toLowerCase()}`, counts.get(key) ?? 0];
}

function sum(counts: ReadonlyMap<unknown, number>): number {
  return [...counts.values()].reduce((total, count) => total + count, 0);
}

function* entriesOf(framework: Framework): Generator<MetricEntry> {
  const { counters, state } = framework;
  const prefix = metricPrefix(framework);
  yield [`${prefix}subscribed`, state === "connected" ? 1 : 0];
  yield [`${prefix}calls`, sum(counters.calls)];
  yield* counted(`${prefix}calls`, CALLS, counters.calls);
  yield [`${prefix}events`, sum(counters.events)];
  yield* counted(`${prefix}events`, EVENTS, counters.events);
  yield [`${prefix}offers/sent`, counters.offersSent];
  yield [`${prefix}offers/accepted`, counters.offersAccepted];
  yield [`${prefix}offers/declined`, counters.offersDeclined];
  yield [`${prefix}offers/rescinded`, counters.offersRescinded];
  yield* counted(`${prefix}tasks/active`, ACTIVE, counters.activeTasks);
  yield* counted(`${prefix}tasks/terminal`, TERMINAL, counters.terminalTasks);
  yield [`${prefix}operations`, sum(counters.operations)];
  yield* counted(`${prefix}operations`, OPERATIONS, counters.operations);
  for (const role of framework.roles) {
    yield [`${prefix}roles/${role}/suppressed`, framework.suppressedRoles.has(role) ? 1 : 0];
  }
}

/** @see Mesos docs/monitoring.md, "Per-framework metrics" */
export function* frameworkMetrics({ options, frameworks }: MasterState): Generator<MetricEntry> {
  const registered = [...frameworks.registered.values()];
  const connected = registered.filter(({ state }) => state === "connected").length;
  const active = registered.filter((framework) => framework.active && framework.state === "connected").length;
  yield ["master/frameworks_active", active];
  yield ["master/frameworks_inactive", registered.length - active];
  yield ["master/frameworks_connected", connected];
  yield ["master/frameworks_disconnected", registered.length - connected];
  if (!options.publishPerFrameworkMetrics) return;
  for (const framework of [...registered, ...frameworks.completed.values()]) yield* entriesOf(framework);
}
