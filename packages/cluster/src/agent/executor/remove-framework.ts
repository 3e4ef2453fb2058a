// A framework without executors becomes history.
import { agentIdOf } from "../identity.ts";
import { finishDrainIfDone } from "../drain/finish-drain.ts";
import { frameworkPath, metaDirOf } from "../sandbox/paths.ts";
import { MAX_COMPLETED_FRAMEWORKS } from "../state.ts";
import type { FrameworkState, UpdateStream } from "../state.ts";
import { removeStream } from "../updates/stream.ts";
import { emit, note, type Turn } from "../turn.ts";
import { collect } from "./collect.ts";

/** What was said of tasks that reached no executor is said until it is heard, unless the framework itself is ended. */
function isOver({ pending }: UpdateStream, { phase }: FrameworkState): boolean {
  return phase === "TERMINATING" || pending.length === 0;
}

/** Does nothing while the framework has executors. The last one ends an agent that terminates. */
export function removeFrameworkIfIdle(turn: Turn, framework: FrameworkState): void {
  const { state } = turn;
  if (framework.executors.size > 0 || !state.frameworks.has(framework.id)) return;
  note(turn, "info", { message: "Cleaning up a framework", facts: { frameworkId: framework.id } });
  for (const stream of state.streams.values()) {
    if (stream.frameworkId === framework.id && isOver(stream, framework)) removeStream(turn, stream);
  }
  const { workDir } = state.options;
  const of = { agentId: agentIdOf(state).value, frameworkId: framework.id };
  const roots = framework.info.checkpoint ? [workDir, metaDirOf(workDir)] : [workDir];
  collect(
    turn,
    roots.map((root) => frameworkPath(root, of)),
  );
  state.frameworks.delete(framework.id);
  state.completedFrameworks = [
    ...state.completedFrameworks.filter(({ id }) => id !== framework.id),
    framework,
  ].slice(-MAX_COMPLETED_FRAMEWORKS);
  finishDrainIfDone(turn);
  if (state.phase === "TERMINATING" && state.frameworks.size === 0) {
    emit(turn, { type: "exit", code: 0, message: "All frameworks are shut down" });
  }
}
