// Everything an agent knows. Steps change it; `run.ts` and the read endpoints only look at it.
//
//   AgentState
//   ├─ frameworks: FrameworkState ─ executors: ExecutorState ─ queued → launched → terminated → completed tasks
//   │                             └─ completedExecutors (bounded)
//   ├─ completedFrameworks (bounded)
//   ├─ endedRuns: what may still lie in sandboxes
//   └─ streams: UpdateStream, one a task with status updates that await acknowledgement
import type {
  NetworkInfo,
  AgentInfo,
  DrainConfig,
  ExecutorInfo,
  FrameworkInfo,
  Operation,
  Resource,
  StatusUpdate,
  Task,
  TaskGroupInfo,
  TaskInfo,
} from "@mezzo/wire";
import type { Random } from "../core/random.ts";
import type { CommandRun } from "./command/command-run.ts";
import type { EndedRuns } from "./executor/ended-runs.ts";
import type { GroupRun } from "./group/group-run.ts";
import type { AgentCounters } from "./counters.ts";
import type { Authorizer } from "../authorization/authorizer.ts";
import type { AgentOptions } from "./options.ts";

/**
 * The life of an agent (`src/slave/slave.hpp`):
 *
 *   RECOVERING → DISCONNECTED ⇄ RUNNING
 *        └───────────┴───────────┴──────→ TERMINATING
 */
export type AgentPhase = "RECOVERING" | "DISCONNECTED" | "RUNNING" | "TERMINATING";

/** REGISTERING → RUNNING → TERMINATING → TERMINATED; a recovered executor starts as REGISTERING again. */
export type ExecutorPhase = "REGISTERING" | "RUNNING" | "TERMINATING" | "TERMINATED";

export type FrameworkPhase = "RUNNING" | "TERMINATING";

/** How many frameworks that are over stay visible: `MAX_COMPLETED_FRAMEWORKS` of Mesos. */
export const MAX_COMPLETED_FRAMEWORKS = 50;

/** How many tasks that are over stay visible with their executor: `MAX_COMPLETED_TASKS_PER_EXECUTOR` of Mesos. */
export const MAX_COMPLETED_TASKS_PER_EXECUTOR = 200;

/** One run of one executor. */
export interface ExecutorState {
  readonly id: string;
  readonly frameworkId: string;
  info: ExecutorInfo;
  readonly containerId: string;
  /** Absolute path of the sandbox. */
  readonly directory: string;
  readonly user?: string;
  /** Of the framework when the executor was launched. */
  readonly checkpoint: boolean;
  /** True when the agent made it up for a command task. */
  readonly generated: boolean;
  phase: ExecutorPhase;
  /** Set while the executor holds a subscription at `/api/v1/executor`. */
  connectionId?: string;
  /** The agent runs the command itself instead of an executor process. */
  command?: CommandRun;
  /** The agent runs the executor's task groups itself: the built-in default executor. */
  group?: GroupRun;
  /** Operating system pid of the container's first process, once launched. */
  pid?: number;
  /** Addresses in networks of its own; absent in the machine's. */
  networkInfos?: NetworkInfo[];
  /** Tasks that wait for the executor to subscribe, in order of arrival. */
  readonly queuedTasks: Map<string, TaskInfo>;
  queuedTaskGroups: TaskGroupInfo[];
  /** Tasks given to the executor and not yet over. */
  readonly launchedTasks: Map<string, Task>;
  /** Tasks that are over with updates that are not all acknowledged. */
  readonly terminatedTasks: Map<string, Task>;
  /** Oldest first, at most `MAX_COMPLETED_TASKS_PER_EXECUTOR`. */
  completedTasks: Task[];
  /** The reason and words for tasks that end because the executor ends, when the agent itself ended it. */
  pendingTermination?: PendingTermination;
  /** When the executor was launched, ms. */
  readonly launchedAt: number;
  /** True from the sending of SHUTDOWN or the destruction of the container. */
  shutdownSent: boolean;
}

/** What tasks are told when their executor ends by a decision of the agent (`Executor::pendingTermination`). */
export interface PendingTermination {
  state: "TASK_FAILED" | "TASK_GONE" | "TASK_LOST" | "TASK_DROPPED";
  reason: NonNullable<StatusUpdate["status"]["reason"]>;
  message: string;
}

/** A framework with executors on this agent, or one that had some. */
export interface FrameworkState {
  readonly id: string;
  info: FrameworkInfo;
  /** libprocess pid of an older scheduler; absent for HTTP schedulers. */
  pid?: string;
  phase: FrameworkPhase;
  readonly executors: Map<string, ExecutorState>;
  /** Oldest first, at most `options.maxCompletedExecutorsPerFramework`. */
  completedExecutors: ExecutorState[];
}

/** Status updates of one task on their way to the master, oldest first (`src/slave/task_status_update_manager.cpp`). */
export interface UpdateStream {
  readonly frameworkId: string;
  readonly taskId: string;
  readonly executorId: string;
  /** Set when updates and acknowledgements are written to disk. */
  readonly containerId?: string;
  readonly pending: StatusUpdate[];
  /** uuids seen, so that repeated updates and acknowledgements are recognised. */
  readonly received: Set<string>;
  readonly acknowledged: Set<string>;
  /** A terminal update was acknowledged. */
  terminated: boolean;
  /** The next pause before the first pending update is sent again, ms. */
  retryMs: number;
}

/** How far the agent is with telling a master that it exists. */
export interface Registration {
  /** The upper bound of the next pause between two attempts, ms. */
  maxBackoffMs: number;
  /** How long the master may be silent, ms: what it said at registration or Mesos' default. */
  pingTimeoutMs: number;
  /** ms. */
  registeredAt?: number;
}

export interface AgentState {
  readonly options: AgentOptions;
  /** Absent: everybody may do everything. */
  readonly authorizer?: Authorizer;
  readonly random: Random;
  /** The agent's own libprocess pid, `slave(1)@ip:port`. */
  readonly pid: string;
  phase: AgentPhase;
  /** `info.id` is set from the first registration on. */
  info: AgentInfo;
  /** When the agent started, ms. */
  readonly startedAt: number;
  /** libprocess pid of the master detected last. */
  master?: string;
  readonly registration: Registration;
  readonly frameworks: Map<string, FrameworkState>;
  /** Oldest first, at most `MAX_COMPLETED_FRAMEWORKS`. */
  completedFrameworks: FrameworkState[];
  /** Runs that are over, until their sandboxes are removed. */
  readonly endedRuns: EndedRuns;
  /** By `streamKey`. */
  readonly streams: Map<string, UpdateStream>;
  /** Resources with what operators and frameworks changed: the total without it are the flags'. */
  checkpointedResources: Resource[];
  readonly operations: Map<string, Operation>;
  /** The revocable total as the master knows it, or will with the next registration. */
  oversubscribed?: Resource[];
  /** base64 of 16 bytes; changes with the total resources. */
  resourceVersion: string;
  drainConfig?: DrainConfig;
  /** When the drain in progress started, ms. */
  drainStartedAt?: number;
  readonly counters: AgentCounters;
}

/** What an agent starts with. */
export interface AgentSeed {
  options: AgentOptions;
  random: Random;
  pid: string;
  info: AgentInfo;
  now: number;
  resourceVersion: string;
}
