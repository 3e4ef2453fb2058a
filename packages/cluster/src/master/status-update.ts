// Status updates that the master itself makes.
import type {
  AgentID,
  ExecutorID,
  FrameworkID,
  StatusUpdate,
  Task,
  TaskID,
  TaskState,
  TaskStatus,
} from "@mezzo/wire";
import type { TaskStatusReason } from "@mezzo/wire";

/** What an update by the master says. */
export interface UpdateFacts {
  frameworkId: FrameworkID;
  taskId: TaskID;
  agentId?: AgentID | undefined;
  executorId?: ExecutorID | undefined;
  state: TaskState;
  message: string;
  reason: TaskStatusReason;
  /** What the last status of the task said about health, checks and container, for reconciliation. */
  details?: Pick<TaskStatus, "healthy" | "check_status" | "container_status" | "unreachable_time">;
  now: number;
}

/**
 * An update from SOURCE_MASTER. It has no uuid: nobody acknowledges it.
 * @see Mesos src/common/protobuf_utils.cpp createStatusUpdate
 */
export function createStatusUpdate(facts: UpdateFacts): StatusUpdate {
  const timestamp = facts.now / 1000;
  const agent = facts.agentId === undefined ? {} : { agent_id: facts.agentId };
  return {
    framework_id: facts.frameworkId,
    ...(facts.executorId === undefined ? {} : { executor_id: facts.executorId }),
    ...agent,
    status: {
      task_id: facts.taskId,
      state: facts.state,
      message: facts.message,
      source: "SOURCE_MASTER",
      reason: facts.reason,
      ...agent,
      timestamp,
      ...facts.details,
    },
    timestamp,
  };
}

/** An update from SOURCE_MASTER about a task the master knows. */
export function createTaskUpdate(
  task: Task,
  facts: Pick<UpdateFacts, "state" | "message" | "reason" | "details" | "now">,
): StatusUpdate {
  return createStatusUpdate({
    frameworkId: task.framework_id,
    taskId: task.task_id,
    agentId: task.agent_id,
    executorId: task.executor_id,
    ...facts,
  });
}

/** What the last status of a task said about health, checks and container. */
export function lastDetails(task: Task): NonNullable<UpdateFacts["details"]> {
  const last = task.statuses?.at(-1);
  return {
    ...(last?.healthy === undefined ? {} : { healthy: last.healthy }),
    ...(last?.check_status === undefined ? {} : { check_status: last.check_status }),
    ...(last?.container_status === undefined ? {} : { container_status: last.container_status }),
  };
}
