// A custom executor `e1` in tests of the agent's state machine: what it calls, made short.
import type { ExecutorCall, TaskStatus } from "@mezzo/wire";
import { type AgentScript, commandTask, executorTask, FRAMEWORK, FRAMEWORK_INFO } from "./agent-script.ts";

const ids = { framework_id: { value: FRAMEWORK }, executor_id: { value: "e1" } };

/** It is to be launched, with a group of tasks. */
export function runExecutorGroup(agent: AgentScript, taskIds: readonly string[]): string[] {
  const tasks = taskIds.map((id) => {
    const { command: _, ...task } = commandTask(id);
    return task;
  });
  return agent.message("RunTaskGroupMessage", {
    framework: { ...FRAMEWORK_INFO, capabilities: [] },
    executor: executorTask("", "e1").executor ?? { executor_id: { value: "e1" } },
    task_group: { tasks },
    launch_executor: true,
  });
}

export function executorSubscribes(
  agent: AgentScript,
  more: ExecutorCall["subscribe"] = {},
  connectionId = "c1",
): string[] {
  const call: ExecutorCall = { type: "SUBSCRIBE", ...ids, subscribe: more };
  return agent.input({ type: "executorSubscribed", connectionId, call });
}

/** What the executor says of a task; `uuid` is base64. */
export function statusOf(taskId: string, state: TaskStatus["state"], uuid: string): TaskStatus {
  return {
    task_id: { value: taskId },
    executor_id: { value: "e1" },
    state,
    source: "SOURCE_EXECUTOR",
    uuid,
  };
}

export function executorUpdates(
  agent: AgentScript,
  taskId: string,
  state: TaskStatus["state"],
  uuid: string,
): string[] {
  const update = { status: statusOf(taskId, state, uuid) };
  return agent.input({ type: "executorCalled", call: { type: "UPDATE", ...ids, update } });
}
