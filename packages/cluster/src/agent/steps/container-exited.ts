// The container of an executor ended (`Slave::executorTerminated` of Mesos).
import { endCommand } from "../command/end-command.ts";
import type { Termination } from "../containerizer/containerizer.ts";
import { terminateExecutor } from "../executor/terminate-executor.ts";
import { finishRecoveryWhenAllBack } from "../recovery/finish-when-all-back.ts";
import { findCommand } from "../command/find-command.ts";
import { memberEnded } from "../group/member-ended.ts";
import { findRun } from "../lookup.ts";
import type { Turn } from "../turn.ts";

/** A command task gets its last status from how its process ended; other executors' tasks end with them. */
export function containerExited(
  turn: Turn,
  of: { frameworkId: string; executorId: string; termination: Termination },
): void {
  const { termination } = of;
  const member = findCommand(turn.state, { ...of, containerId: termination.containerId });
  if (member?.command.group && member.executor.group) {
    const { executor, command } = member;
    memberEnded(turn, executor, { group: member.executor.group, command, end: termination });
    return finishRecoveryWhenAllBack(turn);
  }
  const executor = findRun(turn.state, { ...of, containerId: termination.containerId });
  const framework = turn.state.frameworks.get(of.frameworkId);
  if (executor === undefined || framework === undefined) return;
  const { command } = executor;
  if (command !== undefined && executor.pendingTermination === undefined) {
    endCommand(turn, executor, { command, termination });
  }
  terminateExecutor(turn, framework, { executor, termination });
  finishRecoveryWhenAllBack(turn);
}
