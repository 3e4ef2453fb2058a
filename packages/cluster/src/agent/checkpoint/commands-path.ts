// Where the built-in executors' own facts lie: beside Mesos' files, which Mesos itself ignores.
import { join } from "node:path";
import { executorRunPath, type ExecutorRunPath } from "../sandbox/paths.ts";

/** JSON of `SavedCommands`; absent when the tasks' records tell everything. */
export const commandsPath = (metaDir: string, of: ExecutorRunPath): string =>
  join(executorRunPath(metaDir, of), "commands.json");
