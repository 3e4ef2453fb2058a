// Tasks of built-in executors go on where they were when the agent was restarted.
import type { RecoveredExecutor } from "../checkpoint/recovered.ts";
import { startProbes } from "../checks/start-probes.ts";
import type { CommandRun } from "../command/command-run.ts";
import { commandPath } from "../command/find-command.ts";
import { reportCommand } from "../command/report-command.ts";
import type { GroupRun } from "../group/group-run.ts";
import { endIfEmpty, memberEnded, type MemberEnd } from "../group/member-ended.ts";
import type { ExecutorState } from "../state.ts";
import { partitionAwareState } from "../task/task-states.ts";
import { createAgentUpdate } from "../updates/create-update.ts";
import { handleUpdate } from "../updates/handle-update.ts";
import { emit, type Turn } from "../turn.ts";

/** Of a member whose container the agent did not live to start; if it runs all the same, nobody knows it. */
const INTERRUPTED: MemberEnd = {
  launchError: "Failed to launch container: the agent was started again meanwhile",
  reason: "REASON_CONTAINER_LAUNCH_FAILED",
};

/** Nobody needs to subscribe: the agent is the executor, and only timers must be set again. */
export function recoverCommands(turn: Turn, executor: ExecutorState, recovered: RecoveredExecutor): void {
  const saved = recovered.commands;
  if (recovered.generated) {
    executor.command = saved?.runs[0] ?? unsaved(executor, recovered);
    resume(turn, executor, executor.command);
  } else if (executor.info.type === "DEFAULT") {
    const open = (saved?.runs ?? []).filter(({ taskId }) => executor.launchedTasks.has(taskId));
    const runs = new Map(open.map((run) => [run.containerId, run]));
    executor.group = { runs, unhealthy: saved?.unhealthy ?? false };
    executor.phase = "RUNNING";
    const interrupted = open.filter(({ phase }) => phase === "LAUNCHING");
    for (const run of open) if (!interrupted.includes(run)) resume(turn, executor, run);
    for (const command of interrupted) {
      memberEnded(turn, executor, { group: executor.group, command, end: INTERRUPTED });
    }
    dropUnlaunched(turn, executor, executor.group);
    return;
  } else return;
  executor.phase = "RUNNING";
}

/** Tasks that were still waiting for the sandbox when the agent died. */
function dropUnlaunched(turn: Turn, executor: ExecutorState, group: GroupRun): void {
  const running = new Set([...group.runs.values()].map(({ taskId }) => taskId));
  const framework = turn.state.frameworks.get(executor.frameworkId);
  for (const taskId of executor.launchedTasks.keys()) {
    if (running.has(taskId) || framework === undefined) continue;
    const update = createAgentUpdate(turn, {
      frameworkId: executor.frameworkId,
      taskId,
      executorId: executor.id,
      state: partitionAwareState(framework.info, "TASK_DROPPED"),
      reason: "REASON_AGENT_RESTARTED",
      message: "Task launched during agent restart",
    });
    handleUpdate(turn, update, "agent");
  }
  endIfEmpty(turn, executor, group);
}

/** A command without facts of its own. */
function unsaved(executor: ExecutorState, recovered: RecoveredExecutor): CommandRun {
  const policy = recovered.tasks[0]?.task.kill_policy;
  return {
    taskId: executor.id,
    containerId: executor.containerId,
    phase: "LAUNCHING",
    ...(policy && { killPolicy: policy }),
    completionTimedOut: false,
    killedByHealthCheck: false,
  };
}

function resume(turn: Turn, executor: ExecutorState, run: CommandRun): void {
  if (run.phase === "LAUNCHING") run.phase = "RUNNING";
  reportUnsaid(turn, executor, run);
  const path = commandPath(executor, run);
  if (run.phase === "KILLING") {
    const delayMs = Math.max(0, (run.killDeadline ?? turn.now) - turn.now);
    emit(turn, { type: "setTimer", timer: { name: "commandKill", ...path }, delayMs });
    return;
  }
  const { probes } = run;
  startProbes(turn, executor, run);
  // What was known of the task's health stays known.
  if (probes) run.probes = probes;
  if (run.maxCompletionMs === undefined) return;
  const delayMs = Math.max(0, (run.startedAt ?? turn.now) + run.maxCompletionMs - turn.now);
  emit(turn, { type: "setTimer", timer: { name: "commandCompletion", ...path }, delayMs });
}

/** The agent may have died between the launch and the first updates. */
function reportUnsaid(turn: Turn, executor: ExecutorState, command: CommandRun): void {
  const state = executor.launchedTasks.get(command.taskId)?.state;
  if (state === "TASK_STAGING") reportCommand(turn, { executor, command }, { state: "TASK_STARTING" });
  if (state === "TASK_STAGING" || state === "TASK_STARTING") {
    reportCommand(turn, { executor, command }, { state: "TASK_RUNNING" });
  }
}
