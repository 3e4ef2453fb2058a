// A task enters the books.
import type { FrameworkID, Task, TaskInfo } from "@mezzo/wire";
import type { Agent } from "../agent.ts";
import { count } from "../counters.ts";
import type { Framework } from "../framework.ts";
import { seesTask } from "../authorization/seen-by.ts";
import { sendOperatorEvent } from "../send/send-operator-event.ts";
import type { MasterState } from "../state.ts";
import { isTerminalState } from "../task-states.ts";
import type { Turn } from "../turn.ts";
import { useResources } from "./use-resources.ts";

/** The record of a task that is being launched. @see Mesos src/common/protobuf_utils.cpp createTask */
export function createTask(info: TaskInfo, ids: { frameworkId: FrameworkID; agent: Agent }): Task {
  const user = info.command?.user ?? info.executor?.command?.user;
  return {
    name: info.name,
    task_id: info.task_id,
    framework_id: ids.frameworkId,
    ...(info.executor === undefined ? {} : { executor_id: info.executor.executor_id }),
    agent_id: ids.agent.agentId,
    state: "TASK_STAGING",
    resources: info.resources ?? [],
    ...(info.labels === undefined ? {} : { labels: info.labels }),
    ...(info.discovery === undefined ? {} : { discovery: info.discovery }),
    ...(info.container === undefined ? {} : { container: info.container }),
    ...(info.health_check === undefined ? {} : { health_check: info.health_check }),
    ...(info.kill_policy === undefined ? {} : { kill_policy: info.kill_policy }),
    ...(user === undefined ? {} : { user }),
    ...(info.limits === undefined ? {} : { limits: info.limits }),
  };
}

/** Lists a task with its framework and counts what it uses there. */
export function addTaskToFramework(turn: Turn, framework: Framework, task: Task): void {
  const { state } = turn;
  framework.tasks.set(task.task_id.value, task);
  if (!isTerminalState(task.state)) {
    useResources(state, { framework, frameworkId: framework.id }, task.resources ?? []);
    count(framework.counters.activeTasks, task.state);
  } else {
    count(framework.counters.terminalTasks, task.state);
  }
  sendOperatorEvent(turn, (viewer) =>
    seesTask(viewer, framework, task) ? { type: "TASK_ADDED", task_added: { task: { ...task } } } : undefined,
  );
}

/** Lists a task with its agent and counts what it uses there. */
export function addTaskToAgent(state: MasterState, agent: Agent, task: Task): void {
  const frameworkId = task.framework_id.value;
  const tasks = agent.tasks.get(frameworkId);
  if (tasks === undefined) agent.tasks.set(frameworkId, new Map([[task.task_id.value, task]]));
  else tasks.set(task.task_id.value, task);
  if (!isTerminalState(task.state)) useResources(state, { agent, frameworkId }, task.resources ?? []);
}
