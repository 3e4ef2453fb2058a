// One framework as the master knows it.
import type {
  ExecutorInfo,
  FrameworkID,
  FrameworkInfo,
  FrameworkInfoCapabilityType,
  OfferOperationType,
  Operation,
  Resource,
  SchedulerCallType,
  SchedulerEventType,
  SchedulerOfferConstraints,
  Task,
  TaskState,
} from "@mezzo/wire";

/**
 * How the scheduler is reached: an HTTP event stream, or the libprocess address of an older driver.
 */
export type Connection = { kind: "http"; streamId: string } | { kind: "driver"; pid: string };

/**
 * Whether the master has heard of the framework's scheduler.
 *
 *     recovered ──SUBSCRIBE──▶ connected ◀──SUBSCRIBE── disconnected
 *                                  └──stream or link broken──▶ ▲
 *
 * `recovered`: known from agents that re-registered after a master restart, the scheduler has not come back yet.
 */
export type FrameworkState = "recovered" | "connected" | "disconnected";

/** What is counted for one framework. @see Mesos src/master/metrics.hpp FrameworkMetrics */
export interface FrameworkCounters {
  calls: Map<SchedulerCallType, number>;
  events: Map<SchedulerEventType, number>;
  offersSent: number;
  offersAccepted: number;
  offersDeclined: number;
  offersRescinded: number;
  /** Terminal states reached. */
  terminalTasks: Map<TaskState, number>;
  /** Tasks that are in each state now. */
  activeTasks: Map<TaskState, number>;
  operations: Map<OfferOperationType, number>;
}

export interface Framework {
  readonly id: string;
  /** The same object in every message about this framework. */
  readonly frameworkId: FrameworkID;
  /** As the scheduler gave it, with `id` set. */
  info: FrameworkInfo;
  /** `role` or `roles` of `info`. */
  roles: ReadonlySet<string>;
  capabilities: ReadonlySet<FrameworkInfoCapabilityType>;
  suppressedRoles: Set<string>;
  offerConstraints: SchedulerOfferConstraints;
  state: FrameworkState;
  /** Whether it may get offers. A connected framework is active unless a driver deactivated it. */
  active: boolean;
  /** The last connection, kept after it broke; absent while `recovered`. */
  connection?: Connection;
  /** Who authenticated on the connection, if anyone. */
  principal?: string;
  /** Milliseconds since 1970; 0 when it has not happened. */
  registeredTime: number;
  reregisteredTime: number;
  unregisteredTime: number;

  /** Every task that is not yet in `completedTasks` or `unreachableTasks`, by task id. */
  tasks: Map<string, Task>;
  /** Terminal and acknowledged, oldest first, at most `maxCompletedTasksPerFramework`. */
  completedTasks: Task[];
  /** By task id, oldest first, at most `maxUnreachableTasksPerFramework`. */
  unreachableTasks: Map<string, Task>;
  /** Agent id → executor id → executor. The inner maps are the agents' own. */
  executors: Map<string, Map<string, ExecutorInfo>>;
  /** Those that are not over or whose end is not acknowledged, by UUID (base64). */
  operations: Map<string, Operation>;
  /** The framework's own ids of them → UUID. */
  operationUuids: Map<string, string>;
  /** Ids of outstanding offers. */
  offers: Set<string>;
  /** Sums over all agents; resources that are not scalars are only indicative, as in Mesos. */
  totalUsedResources: readonly Resource[];
  totalOfferedResources: readonly Resource[];
  counters: FrameworkCounters;
}

/** The capabilities as a set. */
export function frameworkCapabilities(info: FrameworkInfo): Set<FrameworkInfoCapabilityType> {
  return new Set((info.capabilities ?? []).map(({ type }) => type ?? "UNKNOWN"));
}

/** All counts at zero. */
export function createFrameworkCounters(): FrameworkCounters {
  return {
    calls: new Map(),
    events: new Map(),
    offersSent: 0,
    offersAccepted: 0,
    offersDeclined: 0,
    offersRescinded: 0,
    terminalTasks: new Map(),
    activeTasks: new Map(),
    operations: new Map(),
  };
}
