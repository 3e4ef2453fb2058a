// Where the built-in command executor's own facts lie: beside Mesos' files, which Mesos itself ignores.
import { join } from "node:path";
import { executorRunPath, type ExecutorRunPath } from "../sandbox/paths.ts";

/** JSON of a `CommandRun`; absent when the task's records tell everything. */
export const commandRunPath = (metaDir: string, of: ExecutorRunPath): string =>
  join(executorRunPath(metaDir, of), "command.run");
