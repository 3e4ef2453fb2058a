// The default executor is asked to end.
import { DEFAULT_KILL_GRACE_MS, killCommand } from "../command/kill-command.ts";
import type { ExecutorState } from "../state.ts";
import { emit, type Turn } from "../turn.ts";
import type { GroupRun } from "./group-run.ts";
import { endIfEmpty } from "./member-ended.ts";

/** Kills all tasks; without any it ends at once, its sandbox being prepared or not. */
export function shutDownGroup(turn: Turn, executor: ExecutorState, group: GroupRun): void {
  if (group.runs.size === 0) {
    emit(turn, { type: "destroyContainer", containerId: executor.containerId });
    endIfEmpty(turn, executor, group);
    return;
  }
  for (const command of group.runs.values()) {
    if (command.phase !== "KILLING") killCommand(turn, executor, { command, graceMs: DEFAULT_KILL_GRACE_MS });
  }
}
