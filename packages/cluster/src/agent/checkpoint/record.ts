// What an agent writes down so that a later agent process can go on: one record a fact.
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
import type { SavedCommands } from "../command/saved-commands.ts";
import type { ExecutorPath, ExecutorRunPath } from "../sandbox/paths.ts";

/** Names a task's checkpoints. */
export type TaskPath = ExecutorRunPath & { taskId: string };

/** `checkpoint/writes.ts` says which files a record becomes (`src/slave/paths.hpp`, `src/slave/state.hpp`). */
export type CheckpointRecord =
  | { kind: "agent"; agentId: string; info: AgentInfo }
  | { kind: "framework"; agentId: string; frameworkId: string; info: FrameworkInfo; pid: string }
  | { kind: "executor"; at: ExecutorPath; info: ExecutorInfo; generated: boolean }
  /** A new run of the executor; the link `latest` is set to it. */
  | { kind: "run"; at: ExecutorRunPath }
  /** What a built-in executor must know beyond its tasks: limits, checks, whether and why it kills. */
  | { kind: "commands"; at: ExecutorRunPath; run: SavedCommands }
  | { kind: "forkedPid"; at: ExecutorRunPath; pid: number }
  | { kind: "httpMarker"; at: ExecutorRunPath }
  /** Where an executor on the older driver is reached. */
  | { kind: "libprocessPid"; at: ExecutorRunPath; pid: string }
  | { kind: "task"; at: TaskPath; task: Task }
  | { kind: "update"; at: TaskPath; update: StatusUpdate }
  /** `uuid` is base64 of 16 bytes. */
  | { kind: "acknowledgement"; at: TaskPath; uuid: string }
  /** The run is over and everything about it acknowledged: recovery leaves it alone. */
  | { kind: "sentinel"; at: ExecutorRunPath }
  /** Directories of volumes are made and removed with it; `operation` asked for it and is over. */
  | {
      kind: "resources";
      resources: Resource[];
      created: string[];
      destroyed: string[];
      operation?: { agentId: string; operation: Operation };
    }
  | { kind: "operation"; agentId: string; operation: Operation }
  /** `uuid` is base64. */
  | { kind: "operationRemoved"; agentId: string; uuid: string }
  /** The boot id of the machine, read when written: after another boot no process can have survived. */
  | { kind: "bootId" }
  | { kind: "drainConfig"; agentId: string; config: DrainConfig }
  | { kind: "drainConfigRemoved"; agentId: string }
  /** The next agent starts as a new one. */
  | { kind: "forgetAgent" };
