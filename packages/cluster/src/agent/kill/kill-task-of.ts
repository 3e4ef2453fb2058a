// Kills one task of an executor (`Slave::kill` of Mesos).
//
//   queued: it never ran, the agent says so      launched: the executor is asked      over: nothing
import type { KillPolicy } from "@mezzo/wire";
import { killCommandByPolicy } from "../command/kill-command.ts";
import type { CommandRun } from "../command/command-run.ts";
import { everSentTask } from "../executor/ever-sent-task.ts";
import { sendToExecutor } from "../executor/executor-events.ts";
import { shutDownExecutor } from "../executor/shut-down-executor.ts";
import type { ExecutorState } from "../state.ts";
import { queuedGroupOf } from "../task/queue-tasks.ts";
import { createAgentUpdate } from "../updates/create-update.ts";
import { handleUpdate } from "../updates/handle-update.ts";
import { refuse, type Turn } from "../turn.ts";

/** `policy` goes before the task's own. */
export function killTaskOf(
  turn: Turn,
  executor: ExecutorState,
  of: { taskId: string; policy: KillPolicy | undefined },
): void {
  const { taskId, policy } = of;
  if (executor.phase === "TERMINATING" || executor.phase === "TERMINATED") {
    return refuse(turn, "Ignoring a kill: the executor is ending", { taskId, phase: executor.phase });
  }
  if (executor.queuedTasks.has(taskId)) {
    killQueued(turn, executor, taskId);
    return;
  }
  if (executor.command !== undefined) {
    if (executor.launchedTasks.has(taskId)) {
      killCommandByPolicy(turn, executor, { command: executor.command, policy });
    }
    return;
  }
  const member = memberOf(executor, taskId);
  if (member) return killCommandByPolicy(turn, executor, { command: member, policy });
  if (executor.group) return;
  if (executor.phase === "REGISTERING") {
    // Recovered and not subscribed again: it cannot be asked, and the framework will not wait.
    reportKilled(turn, executor, { taskIds: [taskId], message: "Killed before delivery to the executor" });
    return;
  }
  sendToExecutor(turn, executor, {
    type: "KILL",
    kill: { task_id: { value: taskId }, ...(policy && { kill_policy: policy }) },
  });
}

function memberOf(executor: ExecutorState, taskId: string): CommandRun | undefined {
  // A second kill of a member changes nothing: `killTask` in `src/launcher/default_executor.cpp`.
  const runs = [...(executor.group?.runs.values() ?? [])];
  return runs.find((run) => run.taskId === taskId && run.phase !== "KILLING");
}

/** A group is delivered as a whole or not at all. */
function killQueued(turn: Turn, executor: ExecutorState, taskId: string): void {
  const registering = executor.phase === "REGISTERING";
  const group = queuedGroupOf(executor, taskId);
  const taskIds = group?.tasks?.map((task) => task.task_id.value) ?? [taskId];
  const message =
    group && registering
      ? "A task within the task group was killed before delivery to the executor"
      : "Killed before delivery to the executor";
  reportKilled(turn, executor, { taskIds, message });
  // An executor process subscribes first and is shut down then; a command has no such moment and must not start.
  if (registering && executor.command === undefined && executor.group === undefined) return;
  if (!everSentTask(executor) && executor.queuedTasks.size === 0) shutDownExecutor(turn, executor);
}

function reportKilled(turn: Turn, executor: ExecutorState, of: { taskIds: string[]; message: string }): void {
  for (const taskId of of.taskIds) {
    const update = createAgentUpdate(turn, {
      frameworkId: executor.frameworkId,
      taskId,
      executorId: executor.id,
      state: "TASK_KILLED",
      reason: "REASON_TASK_KILLED_DURING_LAUNCH",
      message: of.message,
    });
    handleUpdate(turn, update, "agent");
  }
}
