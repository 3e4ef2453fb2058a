// A command task that the agent runs itself, without an executor process: what it must remember of it.

/** The state of the built-in command executor for one task (`src/launcher/executor.cpp`). */
export interface CommandRun {
  readonly taskId: string;
  /** LAUNCHING until the container runs; KILLING from the first SIGTERM on. */
  phase: "LAUNCHING" | "RUNNING" | "KILLING" | "ENDED";
  /** The task ends as killed: by the framework, or because executor or framework are shut down. */
  killed: boolean;
  /** The task ran longer than it may. */
  completionTimedOut: boolean;
  /** A health check failed often enough for the task to be killed. */
  killedByHealthCheck: boolean;
  /** When the running kill escalates to SIGKILL, ms. */
  killDeadline?: number;
}
