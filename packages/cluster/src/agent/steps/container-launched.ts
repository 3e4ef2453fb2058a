// The container of an executor runs (`Slave::executorLaunched` of Mesos).
import { startCommand } from "../command/start-command.ts";
import type { ContainerLaunched } from "../inputs.ts";
import { runPathOf } from "../identity.ts";
import { findRun } from "../lookup.ts";
import { emit, type Turn } from "../turn.ts";

/** Notes the process; an executor that was given up meanwhile is destroyed, a command task is reported as running. */
export function containerLaunched(turn: Turn, input: ContainerLaunched): void {
  const executor = findRun(turn.state, input);
  const framework = turn.state.frameworks.get(input.frameworkId);
  if (executor === undefined || executor.phase === "TERMINATED") {
    emit(turn, { type: "destroyContainer", containerId: input.containerId });
    return;
  }
  executor.pid = input.pid;
  if (executor.checkpoint) {
    const at = runPathOf(turn.state, executor);
    emit(turn, { type: "checkpoint", record: { kind: "forkedPid", at, pid: input.pid } });
  }
  if (executor.phase === "TERMINATING" || framework?.phase === "TERMINATING") {
    emit(turn, { type: "destroyContainer", containerId: input.containerId });
    return;
  }
  if (executor.command === undefined) return;
  const { frameworkId, executorId, containerId } = input;
  const timer = { name: "executorRegistration", frameworkId, executorId, containerId } as const;
  emit(turn, { type: "cancelTimer", timer });
  startCommand(turn, executor, executor.command);
}
