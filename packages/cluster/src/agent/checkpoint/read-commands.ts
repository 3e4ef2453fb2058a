// Reads what an earlier agent process wrote of a built-in executor's tasks, maybe one of another version.
import type { CommandRun } from "../command/command-run.ts";
import type { SavedCommands } from "../command/saved-commands.ts";

/** What every run says unless something happened to it. */
const DEFAULTS = { phase: "RUNNING", completionTimedOut: false, killedByHealthCheck: false } as const;

/** The runs with what else was written of them. Throws when it is not JSON, or not about runs. */
export function decodeCommands(text: string): SavedCommands {
  const saved: Partial<SavedCommands> | null = JSON.parse(text);
  const runs: unknown = saved?.runs;
  if (!Array.isArray(runs) || !runs.every(isRun)) throw new Error("it does not list runs of tasks");
  return { runs: runs.map((run) => ({ ...DEFAULTS, ...run })), unhealthy: saved?.unhealthy === true };
}

function isRun(value: unknown): value is CommandRun {
  if (typeof value !== "object" || value === null) return false;
  const { taskId, containerId }: Partial<Record<keyof CommandRun, unknown>> = value;
  return typeof taskId === "string" && typeof containerId === "string";
}
