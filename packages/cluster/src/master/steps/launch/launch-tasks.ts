// LAUNCH: start tasks one by one.
import {
  type Resource,
  type ResourceConversion,
  type TaskInfo,
  addResources,
  isShared,
  subtractResources,
  validateTask,
} from "@mezzo/wire";
import { refuseTask } from "../../authorization/refusals.ts";
import { addTaskToAgent, addTaskToFramework, createTask } from "../../changes/add-task.ts";
import { addExecutor } from "../../changes/executors.ts";
import { count } from "../../counters.ts";
import { NO_PID } from "../../no-pid.ts";
import type { Turn } from "../../turn.ts";
import { resourceVersionsOf, taskFor } from "./agent-format.ts";
import { type LaunchContext, launchFacts } from "./launch-context.ts";
import { refuseTasks } from "./refuse-tasks.ts";

/** Where launches note the copies of shared volumes that they need beyond those of the offers. */
export interface LaunchBooks extends LaunchContext {
  readonly conversions: ResourceConversion[];
}

/** More tasks than there are copies in the offers may use a shared volume: the allocator is to add copies. */
function noteAdditionalCopies({ available, conversions }: LaunchBooks, consumed: readonly Resource[]): void {
  const additional = subtractResources(consumed.filter(isShared), available.filter(isShared));
  if (additional.length > 0) conversions.push({ consumed: [], converted: additional });
}

/** Starts one checked task; what is left of the offers. */
function launch(turn: Turn, task: TaskInfo, context: LaunchBooks): readonly Resource[] {
  const { framework, agent } = context;
  const { state } = turn;
  let consumed: readonly Resource[] = task.resources ?? [];
  let launchExecutor = true;
  if (task.executor !== undefined) {
    const executorId = task.executor.executor_id.value;
    launchExecutor = agent.executors.get(framework.id)?.has(executorId) !== true;
    if (launchExecutor) {
      addExecutor(state, task.executor, { agent, framework, frameworkId: framework.id });
      consumed = addResources(consumed, task.executor.resources ?? []);
    }
  }
  const record = createTask(task, { frameworkId: framework.frameworkId, agent });
  addTaskToAgent(state, agent, record);
  addTaskToFramework(turn, framework, record);
  count(framework.counters.operations, "LAUNCH");
  turn.effects.push({
    type: "send-message",
    to: agent.pid,
    name: "RunTaskMessage",
    body: {
      framework: framework.info,
      task: taskFor(agent, task),
      resource_version_uuids: resourceVersionsOf(agent),
      pid: framework.connection?.kind === "driver" ? framework.connection.pid : NO_PID,
      launch_executor: launchExecutor,
    },
  });
  if (context.shared.length > 0) noteAdditionalCopies(context, consumed);
  return subtractResources(context.available, consumed);
}

/** Starts what can be started and refuses the rest; what is left of the offers. */
export function launchTasks(
  turn: Turn,
  tasks: readonly TaskInfo[],
  context: LaunchBooks,
): readonly Resource[] {
  let { available } = context;
  for (const task of tasks) {
    const denied = refuseTask(turn.state, context.framework, task);
    if (denied !== undefined) {
      const refusal = { state: "TASK_ERROR", reason: "REASON_TASK_UNAUTHORIZED", message: denied } as const;
      refuseTasks(turn, context.framework, { tasks: [task], refusal });
      continue;
    }
    const error = validateTask(task, launchFacts({ ...context, available }));
    if (error === undefined) {
      available = launch(turn, task, { ...context, available });
    } else {
      const refusal = { state: "TASK_ERROR", reason: "REASON_TASK_INVALID", message: error } as const;
      refuseTasks(turn, context.framework, { tasks: [task], refusal });
    }
  }
  return available;
}
