// A task changes state.
import type { StatusUpdate, Task, TaskState } from "@mezzo/wire";
import { type CounterName, count } from "../counters.ts";
import { seesTask } from "../authorization/seen-by.ts";
import { sendOperatorEvent } from "../send/send-operator-event.ts";
import type { MasterState } from "../state.ts";
import { hasReleasedResources, isTerminalState } from "../task-states.ts";
import type { Turn } from "../turn.ts";
import { recoverResources } from "./recover-resources.ts";
import { releaseResources } from "./use-resources.ts";

const TERMINAL_COUNTERS: Partial<Record<TaskState, CounterName>> = {
  TASK_FINISHED: "tasks_finished",
  TASK_FAILED: "tasks_failed",
  TASK_KILLED: "tasks_killed",
  TASK_LOST: "tasks_lost",
  TASK_ERROR: "tasks_error",
  TASK_DROPPED: "tasks_dropped",
  TASK_GONE: "tasks_gone",
  TASK_GONE_BY_OPERATOR: "tasks_gone_by_operator",
};

/** The metric keeps the older spelling of what is about agents. */
function metricName(...[state, source, reason]: [TaskState, string, string]): string {
  const [from, why] = [source, reason].map((name) => name.replace(/^(SOURCE|REASON)_AGENT/, "$1_SLAVE"));
  return `${state}/${from}/${why}`.toLowerCase();
}

/** Counts a task that reached a terminal state, by state and by source and reason. */
export function countTaskState(state: MasterState, status: StatusUpdate["status"]): void {
  const counter = TERMINAL_COUNTERS[status.state];
  if (counter !== undefined) state.counters[counter]++;
  if (status.reason === undefined) return;
  const source = status.source ?? "SOURCE_MASTER";
  count(state.taskStateCounters, metricName(status.state, source, status.reason));
}

/** Appends the status: one is kept for each state in a row, without its data. */
function appendStatus(task: Task, update: StatusUpdate): { changed: boolean } {
  const { data: _, ...status } = update.status;
  const statuses = task.statuses ?? [];
  const changed = statuses.at(-1)?.state !== status.state;
  if (!changed) statuses.pop();
  statuses.push(status);
  task.statuses = statuses;
  return { changed };
}

/** Reasons that operators hear of even when the state stays. */
const CHECK_REASONS: ReadonlySet<string | undefined> = new Set([
  "REASON_TASK_CHECK_STATUS_UPDATED",
  "REASON_TASK_HEALTH_CHECK_STATUS_UPDATED",
]);

/**
 * Applies a status update. A terminal state is never left; when the task releases its resources they go back to the
 * allocator. @see Mesos src/master/master.cpp Master::updateTask
 */
export function updateTask(turn: Turn, task: Task, update: StatusUpdate): void {
  const { state } = turn;
  const frameworkId = task.framework_id.value;
  const framework = state.frameworks.registered.get(frameworkId);
  const newState = update.latest_state ?? update.status.state;
  const releases = !hasReleasedResources(task.state) && hasReleasedResources(newState);
  if (!isTerminalState(task.state)) {
    if (task.state !== newState && framework !== undefined) {
      count(framework.counters.activeTasks, task.state, -1);
      count(
        isTerminalState(newState) ? framework.counters.terminalTasks : framework.counters.activeTasks,
        newState,
      );
    }
    task.state = newState;
  }
  const { changed } = appendStatus(task, update);
  if (changed || CHECK_REASONS.has(update.status.reason)) {
    sendOperatorEvent(turn, (viewer) => {
      if (!seesTask(viewer, framework, task)) return undefined;
      const { framework_id, state: now } = task;
      return { type: "TASK_UPDATED", task_updated: { framework_id, status: update.status, state: now } };
    });
  }
  if (!releases) return;
  const agentId = task.agent_id.value;
  const resources = task.resources ?? [];
  recoverResources(turn, { frameworkId, agentId, resources });
  const agent = state.agents.registered.get(agentId);
  releaseResources(state, { agent, framework, frameworkId }, resources);
  countTaskState(state, update.status);
}
