// What is written of a built-in executor's tasks.
import type { CommandRun } from "./command-run.ts";

/** One run for the command executor, one for every task of the default executor that is not over. */
export interface SavedCommands {
  runs: CommandRun[];
  /** A task of the default executor was killed by its health check. */
  unhealthy: boolean;
}
