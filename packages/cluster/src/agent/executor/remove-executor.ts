// An executor that is over and has nothing left to report becomes history.
import { runPathOf } from "../identity.ts";
import { executorPath, executorRunPath, metaDirOf } from "../sandbox/paths.ts";
import type { ExecutorState, FrameworkState } from "../state.ts";
import { emit, type Turn } from "../turn.ts";
import { collect } from "./collect.ts";
import { rememberRun } from "./ended-runs.ts";

/** Writes the sentinel, lets the directories expire and moves the executor to the completed ones. */
export function removeExecutor(turn: Turn, framework: FrameworkState, executor: ExecutorState): void {
  const { options } = turn.state;
  const at = runPathOf(turn.state, executor);
  const roots = executor.checkpoint ? [options.workDir, metaDirOf(options.workDir)] : [options.workDir];
  if (executor.checkpoint) emit(turn, { type: "checkpoint", record: { kind: "sentinel", at } });
  collect(
    turn,
    // A command task's executor rarely runs twice, so that its whole directory is all there is to remember.
    roots.flatMap((root) =>
      executor.generated ? [executorPath(root, at)] : [executorRunPath(root, at), executorPath(root, at)],
    ),
  );
  if (executor.connectionId !== undefined) {
    emit(turn, { type: "closeExecutor", connectionId: executor.connectionId });
    delete executor.connectionId;
  }
  rememberRun(turn.state, framework, executor);
  framework.executors.delete(executor.id);
  framework.completedExecutors.push(executor);
  if (framework.completedExecutors.length > options.maxCompletedExecutorsPerFramework) {
    framework.completedExecutors.shift();
  }
}
