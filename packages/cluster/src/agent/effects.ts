// Everything a step can ask for. `run.ts` performs the effects of a step in this order: first all checkpoints
// (on disk before anything else happens), then the others as listed by the step.
import type {
  CommandInfo,
  CommandInfoURI,
  ContainerInfo,
  ExecutorEvent,
  Messages,
  Resource,
} from "@mezzo/wire";
import type { CheckpointRecord } from "./checkpoint/record.ts";
import type { ProbeKind, ProbeTarget } from "./checks/probe.ts";
import type { ContainerAmounts } from "./containerizer/containerizer.ts";
import type { AgentTimer } from "./timers.ts";

/** A libprocess message to `to`. */
export type SendEffect = {
  [Name in keyof Messages]: { type: "send"; to: string; name: Name; body: Messages[Name] };
}[keyof Messages];

/** Prepares the sandbox, fetches, launches; answered by `containerLaunched` or `containerLaunchFailed`. */
export interface LaunchContainerEffect {
  type: "launchContainer";
  frameworkId: string;
  executorId: string;
  containerId: string;
  /** Absolute; made with its parents, given to `user`; `latest` beside it is set to it. */
  sandbox: string;
  user?: string;
  command: CommandInfo;
  /** Fetched into the sandbox before the launch. */
  uris: CommandInfoURI[];
  environment: Record<string, string>;
  resources: Resource[];
  /** The task's own: scalars by resource name, Infinity for none. */
  limits?: Record<string, number>;
  container?: ContainerInfo;
  /** False for frameworks without checkpointing: the container ends when the agent does, however that happens. */
  survivesAgent: boolean;
  /** The command is a task's own, not an executor's. */
  isTask?: boolean;
  /** Tried right before its command starts, where that is in no namespaces of its own. */
  firstProbes?: RunProbeEffect[];
  /** A member of a task group: its sandbox lies in the executor's, where it also gets a link with its task's name. */
  nested?: {
    parentContainerId: string;
    parentSandbox: string;
    /** What the executor, which has no process, is described as. */
    parentContainer?: ContainerInfo;
    /** What the executor and all its tasks may use. */
    around: ContainerAmounts;
    taskId: string;
  };
}

/** Prepares the sandbox of a built-in default executor; answered as a launch is, without a pid. */
export type PrepareSandboxEffect = { type: "prepareSandbox" } & Pick<
  LaunchContainerEffect,
  "frameworkId" | "executorId" | "containerId" | "sandbox" | "user" | "uris"
>;

/** Tries a check of a task; answered by `probeCompleted` unless cancelled. */
export interface RunProbeEffect {
  type: "runProbe";
  kind: ProbeKind;
  frameworkId: string;
  executorId: string;
  containerId: string;
  target: ProbeTarget;
  /** Without it the check may take as long as it likes. */
  timeoutMs?: number;
  sandbox: string;
  environment: Record<string, string>;
  user?: string;
}

export type AgentEffect =
  | SendEffect
  | LaunchContainerEffect
  | PrepareSandboxEffect
  | RunProbeEffect
  /** Ends what is being tried for the container; no result comes any more. */
  | { type: "cancelProbes"; containerId: string }
  | { type: "checkpoint"; record: CheckpointRecord }
  /** Open a connection to the pid and report its end as `linkBroken`. */
  | { type: "link"; pid: string }
  /** Ask again who leads, after a pause; answered by `masterDetected`. */
  | { type: "detectMaster" }
  | { type: "executorEvent"; connectionId: string; event: ExecutorEvent }
  | { type: "closeExecutor"; connectionId: string }
  /** What it asks for has changed; answered by `containerUpdateFailed` if that is refused. */
  | {
      type: "updateContainer";
      frameworkId: string;
      executorId: string;
      containerId: string;
      amounts: ContainerAmounts;
    }
  | { type: "killContainer"; containerId: string; signal: NodeJS.Signals }
  /** Kills everything in the container; its end arrives as `containerExited`. */
  | { type: "destroyContainer"; containerId: string }
  | { type: "setTimer"; timer: AgentTimer; delayMs: number }
  | { type: "cancelTimer"; timer: AgentTimer }
  /** Remove these directories once `delayMs` have passed; `old` ones count from their last change (`src/slave/gc.cpp`). */
  | { type: "collectGarbage"; paths: string[]; delayMs: number; old?: true }
  /** These are in use again: they are not removed. */
  | { type: "keepDirectories"; paths: string[] }
  /** The process ends; 0 is a wanted end. */
  | { type: "exit"; code: number; message: string }
  | {
      type: "log";
      level: "debug" | "info" | "warn" | "error";
      message: string;
      facts?: Record<string, unknown>;
    };
