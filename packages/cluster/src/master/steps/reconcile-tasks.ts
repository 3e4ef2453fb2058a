// RECONCILE: what does the master know about these tasks, or about all of them?
import type { AgentID, StatusUpdate, Task, TaskID, TaskState } from "@mezzo/wire";
import type { Framework } from "../framework.ts";
import { sendUpdate } from "../send/send-update.ts";
import { createStatusUpdate, createTaskUpdate, lastDetails, type UpdateFacts } from "../status-update.ts";
import type { Turn } from "../turn.ts";

/** One task that is asked about. */
export interface ReconciledTask {
  task_id: TaskID;
  agent_id?: AgentID;
}

/** The state that the framework heard last, or the latest one. */
function knownTask(turn: Turn, task: Task): StatusUpdate {
  return createTaskUpdate(task, {
    state: task.status_update_state ?? task.state,
    message: "Reconciliation: Latest task state",
    reason: "REASON_RECONCILIATION",
    details: lastDetails(task),
    now: turn.now,
  });
}

/** What can be said about a task that is not in the books: by where its agent stands. */
function unknownTask(
  turn: Turn,
  agentId: string | undefined,
): { state: TaskState; message: string; details?: NonNullable<UpdateFacts["details"]> } | undefined {
  const { agents } = turn.state;
  if (agentId === undefined) {
    if (agents.recovered.size > 0) return undefined;
    return { state: "TASK_UNKNOWN", message: "Reconciliation: Task is unknown" };
  }
  if (agents.recovered.has(agentId)) return undefined;
  if (agents.registered.has(agentId)) {
    return { state: "TASK_GONE", message: "Reconciliation: Task is unknown to the agent" };
  }
  const unreachable = agents.unreachable.get(agentId);
  if (unreachable !== undefined) {
    return {
      state: "TASK_UNREACHABLE",
      message: "Reconciliation: Task is unreachable",
      details: { unreachable_time: unreachable.time },
    };
  }
  if (agents.gone.has(agentId)) {
    return { state: "TASK_GONE_BY_OPERATOR", message: "Reconciliation: Task is gone" };
  }
  return { state: "TASK_UNKNOWN", message: "Reconciliation: Task is unknown" };
}

/** Answers with updates from SOURCE_MASTER. @see Mesos src/master/master.cpp Master::reconcile */
export function reconcileTasks(turn: Turn, framework: Framework, tasks: readonly ReconciledTask[]): void {
  turn.state.counters.messages_reconcile_tasks++;
  if (tasks.length === 0) {
    for (const task of framework.tasks.values())
      sendUpdate(turn, framework, { update: knownTask(turn, task) });
    return;
  }
  for (const asked of tasks) {
    const task = framework.tasks.get(asked.task_id.value);
    if (task !== undefined) {
      sendUpdate(turn, framework, { update: knownTask(turn, task) });
      continue;
    }
    const found = unknownTask(turn, asked.agent_id?.value);
    // The agent may still come back with the task: silence is the only right answer.
    if (found === undefined) continue;
    const update = createStatusUpdate({
      frameworkId: framework.frameworkId,
      taskId: asked.task_id,
      agentId: asked.agent_id,
      reason: "REASON_RECONCILIATION",
      now: turn.now,
      ...found,
      state: framework.capabilities.has("PARTITION_AWARE") ? found.state : "TASK_LOST",
    });
    sendUpdate(turn, framework, { update });
  }
}
