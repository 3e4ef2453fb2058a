// A command task that the agent runs itself, without an executor process: what it must remember of it.
import type { CheckInfo, HealthCheck, KillPolicy } from "@mezzo/wire";

/** The state of the built-in command executor for one task (`src/launcher/executor.cpp`). */
export interface CommandRun {
  readonly taskId: string;
  /** LAUNCHING until the container runs; KILLING from the first SIGTERM on. */
  phase: "LAUNCHING" | "RUNNING" | "KILLING";
  readonly killPolicy?: KillPolicy;
  /** How long the task may run, ms; absent without limit. */
  readonly maxCompletionMs?: number;
  readonly check?: CheckInfo;
  readonly healthCheck?: HealthCheck;
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
