// The garbage collection removed a directory: what lay in it is no longer to be found.
import { parseRunsPath } from "../sandbox/paths.ts";
import type { Turn } from "../turn.ts";

/** Only directories of sandboxes of this agent matter here. */
export function directoryRemoved({ state }: Turn, path: string): void {
  const runs = parseRunsPath(state.options.workDir, path);
  if (runs !== undefined && runs.agentId === state.info.id?.value) state.endedRuns.forget(runs);
}
