// Status updates as the agent words them (`protobuf::createStatusUpdate` of Mesos).
import type { Resource, StatusUpdate, TaskStatus } from "@mezzo/wire";
import { agentIdOf } from "../identity.ts";
import { newUuid, type Turn } from "../turn.ts";

/** What the agent has to say about a task. */
export interface AgentVerdict {
  frameworkId: string;
  taskId: string;
  executorId?: string;
  state: TaskStatus["state"];
  reason: NonNullable<TaskStatus["reason"]>;
  message: string;
  /** What its container had too much of. */
  limited?: Resource[];
}

/** An update whose source is the agent itself. */
export function createAgentUpdate(turn: Turn, verdict: AgentVerdict): StatusUpdate {
  const agent_id = agentIdOf(turn.state);
  const timestamp = turn.now / 1000;
  const uuid = newUuid(turn);
  return {
    framework_id: { value: verdict.frameworkId },
    ...(verdict.executorId !== undefined && { executor_id: { value: verdict.executorId } }),
    agent_id,
    status: {
      task_id: { value: verdict.taskId },
      agent_id,
      state: verdict.state,
      source: "SOURCE_AGENT",
      reason: verdict.reason,
      message: verdict.message,
      ...(verdict.limited && { limitation: { resources: verdict.limited } }),
      timestamp,
      uuid,
    },
    timestamp,
    uuid,
  };
}

/** The update for a status that an executor sent. */
export function createExecutorUpdate(turn: Turn, frameworkId: string, status: TaskStatus): StatusUpdate {
  const agent_id = agentIdOf(turn.state);
  return {
    framework_id: { value: frameworkId },
    ...(status.executor_id && { executor_id: status.executor_id }),
    agent_id,
    status: { ...status, agent_id: status.agent_id ?? agent_id },
    timestamp: status.timestamp ?? turn.now / 1000,
    ...(status.uuid !== undefined && { uuid: status.uuid }),
  };
}
