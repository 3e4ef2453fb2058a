// The built-in default executor: task groups whose members share a sandbox and end together.
import type { CommandRun } from "../command/command-run.ts";

/** What the agent remembers of a default executor (`src/launcher/default_executor.cpp`). */
export interface GroupRun {
  /** The tasks that are not over, by container id. */
  readonly runs: Map<string, CommandRun>;
  /** A task was killed by its health check: from then on every last status says so. */
  unhealthy: boolean;
}
