// The numbers behind `/metrics/snapshot` (docs/monitoring.md and src/slave/metrics.cpp of Mesos).
import { quantitiesOf, type Resource, type TaskState } from "@mezzo/wire";
import type { Counts } from "../containerizer/containerizer.ts";
import { containerInfoOf } from "../executor/container-info-of.ts";
import type { AgentState, ExecutorState } from "../state.ts";
import { allocatedResources, totalResources } from "./allocated-resources.ts";

/** What is measured beside the state. */
export interface MetricSources {
  /** ms since 1970. */
  now: number;
  system: { cpus: number; load: readonly number[]; freeBytes: number; totalBytes: number };
  fetches: { succeeded: number; failed: number };
  /** Directories removed, refused, waiting. */
  removals: { succeeded: number; failed: number; pending: number };
  /** The share of the disk with the sandboxes that is in use, 0 to 1. */
  diskUsage: number;
  recoveryMs: number;
  /** Bytes of the fetcher's cache in use. */
  cachedBytes: number;
  /** What containerizers count, by key. */
  containerizer: Counts;
}

/** Every metric by its key, in no particular order. Pure. */
export function metricValues(state: AgentState, sources: MetricSources): Map<string, number> {
  const { options, counters } = state;
  const executors = [...state.frameworks.values()].flatMap(({ executors }) => [...executors.values()]);
  const inPhase = (phase: ExecutorState["phase"]): number =>
    executors.filter((executor) => executor.phase === phase).length;
  const headroom = Math.max(0, 1 - options.gcDiskHeadroom - sources.diskUsage);
  return new Map<string, number>([
    ...Object.entries(counters).map(([name, count]): [string, number] => [`slave/${name}`, count]),
    ["slave/uptime_secs", (sources.now - state.startedAt) / 1000],
    ["slave/registered", state.phase === "RUNNING" ? 1 : 0],
    ["slave/recovery_time_secs", sources.recoveryMs / 1000],
    ["slave/frameworks_active", state.frameworks.size],
    ["slave/executors_registering", inPhase("REGISTERING")],
    ["slave/executors_running", inPhase("RUNNING")],
    ["slave/executors_terminating", inPhase("TERMINATING")],
    ["slave/executor_directory_max_allowed_age_secs", (options.gcDelay * headroom) / 1000],
    ...taskMetrics(executors),
    ...resourceMetrics(state),
    ["containerizer/fetcher/cache_size_total_bytes", options.fetcherCacheSize],
    ["containerizer/fetcher/cache_size_used_bytes", sources.cachedBytes],
    ["containerizer/fetcher/task_fetches_succeeded", sources.fetches.succeeded],
    ["containerizer/fetcher/task_fetches_failed", sources.fetches.failed],
    ["gc/path_removals_succeeded", sources.removals.succeeded],
    ["gc/path_removals_failed", sources.removals.failed],
    ["gc/path_removals_pending", sources.removals.pending],
    ...UNLESS_COUNTED.map((name): [string, number] => [name, 0]),
    ...sources.containerizer,
    ...imageMetrics(state, executors),
    ["system/cpus_total", sources.system.cpus],
    ["system/load_1min", sources.system.load[0] ?? 0],
    ["system/load_5min", sources.system.load[1] ?? 0],
    ["system/load_15min", sources.system.load[2] ?? 0],
    ["system/mem_free_bytes", sources.system.freeBytes],
    ["system/mem_total_bytes", sources.system.totalBytes],
  ]);
}

/** Of parts that an agent need not have; monitoring expects the keys. */
const UNLESS_COUNTED = [
  "containerizer/mesos/container_destroy_errors",
  "containerizer/mesos/provisioner/bind/remove_rootfs_errors",
  "containerizer/mesos/provisioner/remove_container_errors",
  "resource_provider_manager/events/disconnect",
  "resource_provider_manager/events/subscribe",
  "resource_provider_manager/subscribed",
] as const;

/** Like Mesos' isolator, which has the key while it is there: containers with images, nested ones not counted. */
function imageMetrics({ options }: AgentState, executors: readonly ExecutorState[]): [string, number][] {
  if (!options.isolation.split(",").includes("filesystem/linux")) return [];
  const hasImage = ({ phase, info }: ExecutorState): boolean => {
    const container = containerInfoOf(info, options);
    return phase !== "TERMINATED" && container?.type === "MESOS" && container.mesos?.image !== undefined;
  };
  return [["containerizer/mesos/filesystem/containers_new_rootfs", executors.filter(hasImage).length]];
}

const LIVE_STATES = {
  staging: "TASK_STAGING",
  starting: "TASK_STARTING",
  running: "TASK_RUNNING",
  killing: "TASK_KILLING",
} as const satisfies Record<string, TaskState>;

function taskMetrics(executors: readonly ExecutorState[]): [string, number][] {
  const launched = executors.flatMap(({ launchedTasks }) => [...launchedTasks.values()]);
  const queued = executors.reduce((sum, { queuedTasks }) => sum + queuedTasks.size, 0);
  return Object.entries(LIVE_STATES).map(([name, live]) => [
    `slave/tasks_${name}`,
    launched.filter(({ state }) => state === live).length + (live === "TASK_STAGING" ? queued : 0),
  ]);
}

function resourceMetrics(state: AgentState): [string, number][] {
  const total = [...totalResources(state), ...(state.oversubscribed ?? [])];
  const used = allocatedResources(state);
  return [false, true].flatMap((revocable) => {
    const amounts = (resources: readonly Resource[]): ReadonlyMap<string, number> =>
      quantitiesOf(resources.filter((resource) => (resource.revocable !== undefined) === revocable));
    const [all, taken] = [amounts(total), amounts(used)];
    return ["cpus", "gpus", "mem", "disk"].flatMap((name): [string, number][] => {
      const prefix = `slave/${name}${revocable ? "_revocable" : ""}`;
      const [totalAmount, usedAmount] = [all.get(name) ?? 0, taken.get(name) ?? 0];
      return [
        [`${prefix}_total`, totalAmount / 1000],
        [`${prefix}_used`, usedAmount / 1000],
        [`${prefix}_percent`, totalAmount === 0 ? 0 : usedAmount / totalAmount],
      ];
    });
  });
}
