// What the checkpoints of an earlier agent process say, as `checkpoint/read.ts` found it.
import type {
  AgentInfo,
  DrainConfig,
  ExecutorInfo,
  FrameworkInfo,
  Operation,
  Resource,
  StatusUpdate,
  Task,
} from "@mezzo/wire";
import type { PendingResources } from "./pending-resources.ts";
import type { SavedCommands } from "../command/saved-commands.ts";

/** Everything known of the agent that `meta/slaves/latest` names (`src/slave/state.hpp`). */
export interface RecoveredAgent {
  /** Absent when `slave.info` is missing or empty: the agent starts as a new one. */
  info?: AgentInfo;
  frameworks: RecoveredFramework[];
  resources: Resource[];
  /** A change of `resources` that was under way. */
  pendingResources?: PendingResources;
  /** Operations whose outcome nobody acknowledged. */
  operations: Operation[];
  drainConfig?: DrainConfig;
  /** True when the machine was started anew since: no process can have survived. */
  rebooted: boolean;
  /** What could not be read, for the log; with `--strict` the reader fails instead. */
  errors: string[];
  /** Cut short before anything is appended, or the rest of a message would stand in the middle of the file. */
  cutOff?: CutOffFile[];
}

/** A file whose last message a crash cut off. */
export interface CutOffFile {
  path: string;
  /** What is whole of it. */
  sizeBytes: number;
}

export interface RecoveredFramework {
  info: FrameworkInfo;
  pid?: string;
  executors: RecoveredExecutor[];
}

/** An executor with its latest run; earlier runs are over and wait for their removal. */
export interface RecoveredExecutor {
  info: ExecutorInfo;
  generated: boolean;
  /** The address of one on the older driver. */
  driverPid?: string;
  containerId: string;
  /** The run has its sentinel: it is over. */
  completed: boolean;
  pid?: number;
  http: boolean;
  tasks: RecoveredTask[];
  /** Containers of its earlier runs that are still there. */
  earlierRuns: string[];
  /** Of a built-in executor; absent when the tasks' records tell everything. */
  commands?: SavedCommands;
}

export interface RecoveredTask {
  task: Task;
  /** In the order written. */
  updates: StatusUpdate[];
  /** uuids in base64. */
  acknowledged: Set<string>;
}
