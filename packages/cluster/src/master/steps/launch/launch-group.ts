// LAUNCH_GROUP: start all tasks of a group under one executor, or none.
import {
  type ExecutorInfo,
  type Resource,
  type TaskGroupInfo,
  addResources,
  subtractResources,
  validateTaskGroup,
} from "@mezzo/wire";
import { refuseGroup } from "../../authorization/refusals.ts";
import { addTaskToAgent, addTaskToFramework, createTask } from "../../changes/add-task.ts";
import { addExecutor } from "../../changes/executors.ts";
import { count } from "../../counters.ts";
import type { Turn } from "../../turn.ts";
import { executorFor, resourceVersionsOf, taskFor } from "./agent-format.ts";
import { type LaunchContext, launchFacts } from "./launch-context.ts";
import { refuseTasks } from "./refuse-tasks.ts";

/** A group with its executor, resources allocated. */
export interface PreparedGroup {
  executor: ExecutorInfo;
  group: TaskGroupInfo;
}

/** Starts the group or refuses it; what is left of the offers. */
export function launchGroup(
  turn: Turn,
  { executor, group }: PreparedGroup,
  context: LaunchContext,
): readonly Resource[] {
  const { framework, agent, available } = context;
  const tasks = group.tasks ?? [];
  const denied = refuseGroup(turn.state, framework, tasks);
  if (denied !== undefined) {
    const refusal = {
      state: "TASK_ERROR",
      reason: "REASON_TASK_GROUP_UNAUTHORIZED",
      message: denied,
    } as const;
    refuseTasks(turn, framework, { tasks, refusal });
    return available;
  }
  const error = validateTaskGroup(group, executor, launchFacts(context));
  if (error !== undefined) {
    const refusal = { state: "TASK_ERROR", reason: "REASON_TASK_GROUP_INVALID", message: error } as const;
    refuseTasks(turn, framework, { tasks, refusal });
    return available;
  }
  const executorId = executor.executor_id.value;
  const launchExecutor = agent.executors.get(framework.id)?.has(executorId) !== true;
  let total: readonly Resource[] = [];
  if (launchExecutor) {
    addExecutor(turn.state, executor, { agent, framework, frameworkId: framework.id });
    total = executor.resources ?? [];
  }
  for (const task of tasks) {
    total = addResources(total, task.resources ?? []);
    const record = createTask(task, { frameworkId: framework.frameworkId, agent });
    addTaskToAgent(turn.state, agent, record);
    addTaskToFramework(turn, framework, record);
  }
  count(framework.counters.operations, "LAUNCH_GROUP");
  turn.effects.push({
    type: "send-message",
    to: agent.pid,
    name: "RunTaskGroupMessage",
    body: {
      framework: framework.info,
      executor: executorFor(agent, executor),
      task_group: { ...group, tasks: tasks.map((task) => taskFor(agent, task)) },
      resource_version_uuids: resourceVersionsOf(agent),
      launch_executor: launchExecutor,
    },
  });
  return subtractResources(available, total);
}
