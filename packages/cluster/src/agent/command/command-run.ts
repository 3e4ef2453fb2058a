// A task that the agent runs itself, without an executor process: what it must remember of it.
import type { CheckInfo, EnvironmentVariable, HealthCheck, KillPolicy, NetworkInfo } from "@mezzo/wire";
import type { ProbeKind, ProbeState } from "../checks/probe.ts";

/** One task of a built-in executor (`src/launcher/executor.cpp`, `src/launcher/default_executor.cpp`). */
export interface CommandRun {
  readonly taskId: string;
  /** The container of the task: the executor's own, or one nested in it for a member of a task group. */
  readonly containerId: string;
  /** LAUNCHING until the container runs; KILLING from the first SIGTERM on. */
  phase: "LAUNCHING" | "RUNNING" | "KILLING";
  readonly killPolicy?: KillPolicy;
  /** How long the task may run, ms; absent without limit. */
  readonly maxCompletionMs?: number;
  readonly check?: CheckInfo;
  readonly healthCheck?: HealthCheck;
  /** The sandbox and the environment of the task, kept for its checks alone. */
  readonly probeContext?: { sandbox: string; environment: Record<string, string>; user?: string };
  /** Of a member of a group: those of its variables that say how its outputs are rotated. */
  readonly outputVariables?: EnvironmentVariable[];
  /** The tasks of its group, itself included. */
  readonly group?: readonly string[];
  /** Of a member of a group, once it runs: its addresses in networks of its own. */
  networkInfos?: NetworkInfo[];
  /** Progress of the checks; absent before the first. */
  probes?: Partial<Record<ProbeKind, ProbeState>>;
  /** When the container started, ms: the limit above counts from then. */
  startedAt?: number;
  /** The task ran longer than it may. */
  completionTimedOut: boolean;
  /** Health checks failed often enough for the task to be killed. */
  killedByHealthCheck: boolean;
  /** When the kill began, ms. */
  killStartedAt?: number;
  /** When SIGKILL follows SIGTERM, ms. */
  killDeadline?: number;
}
