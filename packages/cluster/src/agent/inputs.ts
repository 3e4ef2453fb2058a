// Everything that can happen to an agent. Each input has one step in `steps/`.
import type { NetworkInfo, TaskStatus, ExecutorCall, Messages, TaskStatusReason } from "@mezzo/wire";
import type { RecoveredAgent } from "./checkpoint/recovered.ts";
import type { ProbeKind, ProbeResult } from "./checks/probe.ts";
import type { CommandPath } from "./command/find-command.ts";
import type { Termination } from "./containerizer/containerizer.ts";
import type { AgentTimer } from "./timers.ts";

/** The libprocess messages an agent understands; others are dropped with a log line. */
export const AGENT_MESSAGES = [
  "SlaveRegisteredMessage",
  "SlaveReregisteredMessage",
  "PingSlaveMessage",
  "RunTaskMessage",
  "RunTaskGroupMessage",
  "KillTaskMessage",
  "ShutdownExecutorMessage",
  "ShutdownFrameworkMessage",
  "FrameworkToExecutorMessage",
  "UpdateFrameworkMessage",
  "CheckpointResourcesMessage",
  "ApplyOperationMessage",
  "AcknowledgeOperationStatusMessage",
  "ReconcileOperationsMessage",
  "StatusUpdateAcknowledgementMessage",
  "DrainSlaveMessage",
  "ShutdownMessage",
] as const satisfies readonly (keyof Messages)[];

export type AgentMessageName = (typeof AGENT_MESSAGES)[number];

/** A message from `from`, already decoded. */
export type AgentMessage = {
  [Name in AgentMessageName]: { type: "message"; from: string; name: Name; body: Messages[Name] };
}[AgentMessageName];

export type AgentInput =
  | AgentMessage
  /** The first input: what the checkpoints held, undefined when there were none. */
  | { type: "recovered"; agent: RecoveredAgent | undefined }
  /** Undefined: no master leads at present. */
  | { type: "masterDetected"; pid: string | undefined }
  /** A connection opened by the effect `link` broke. */
  | { type: "linkBroken"; pid: string }
  /** An executor's SUBSCRIBE; the caller has checked framework and executor with `findExecutor`. */
  /** `driverPid` is the address of one on the older driver. */
  | { type: "executorSubscribed"; connectionId: string; call: ExecutorCall; driverPid?: string }
  | { type: "executorDisconnected"; connectionId: string; frameworkId: string; executorId: string }
  /** UPDATE or MESSAGE of an executor, validated. */
  | { type: "executorCalled"; call: ExecutorCall }
  | ContainerLaunched
  | ContainerLaunchFailed
  | ContainerNetworks
  | ContainerUpdateFailed
  | { type: "containerExited"; frameworkId: string; executorId: string; termination: Termination }
  /** A check that the effect `runProbe` asked for has a result. */
  | ({ type: "probeCompleted"; kind: ProbeKind; result: ProbeResult } & CommandPath)
  | { type: "timer"; timer: AgentTimer }
  /** The garbage collection removed it, or found that it is gone. */
  | { type: "directoryRemoved"; path: string }
  /** Revocable work has to make room (`--qos_controller`). */
  | { type: "overloaded" }
  /** The operator wants the agent gone. `unregister`: tasks are killed and the master is told (SIGUSR1). */
  | { type: "shutdown"; unregister: boolean; message: string };

/** The container of an executor runs. */
export interface ContainerLaunched {
  type: "containerLaunched";
  frameworkId: string;
  executorId: string;
  containerId: string;
  /** Absent for a built-in default executor, which has a sandbox but no process. */
  pid?: number;
  /** Addresses in networks of its own. */
  networkInfos?: NetworkInfo[];
  /** What came of the checks that were tried before. */
  tried?: { kind: ProbeKind; result: ProbeResult }[];
  /** What TASK_RUNNING says beside the state. */
  report?: Pick<TaskStatus, "data" | "labels">;
}

/** A container that runs on since before the agent started has networks of its own. */
export interface ContainerNetworks {
  type: "containerNetworks";
  frameworkId: string;
  executorId: string;
  containerId: string;
  networkInfos: NetworkInfo[];
}

/** The container of an executor could not be fitted to its tasks; it runs with what it had, or with some of both. */
export interface ContainerUpdateFailed {
  type: "containerUpdateFailed";
  frameworkId: string;
  executorId: string;
  containerId: string;
  /** Why, without "Failed to update resources for container:". */
  message: string;
}

/** The container of an executor could not be started; nothing of it is left. */
export interface ContainerLaunchFailed {
  type: "containerLaunchFailed";
  frameworkId: string;
  executorId: string;
  containerId: string;
  reason: TaskStatusReason;
  /** Why, without "Failed to launch container:". */
  message: string;
  /** Not even its sandbox could be made: in Mesos the executor never existed then, and its tasks were never launched. */
  withoutSandbox?: boolean;
}
