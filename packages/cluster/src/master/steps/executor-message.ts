// ExecutorToFrameworkMessage: bytes from an executor.
import type { ExecutorToFrameworkMessage } from "@mezzo/wire";
import { sendExecutorMessage } from "../send/send-executor-message.ts";
import { type Turn, log } from "../turn.ts";

/** Passes the message on to a connected framework. @see Mesos src/master/master.cpp Master::executorMessage */
export function executorMessage(turn: Turn, body: ExecutorToFrameworkMessage): void {
  const { state } = turn;
  state.counters.messages_executor_to_framework++;
  const agent = state.agents.registered.get(body.agent_id.value);
  const framework = state.frameworks.registered.get(body.framework_id.value);
  if (agent === undefined || framework?.state !== "connected") {
    state.counters.invalid_executor_to_framework_messages++;
    return log(turn, "warn", {
      message: `Not forwarding an executor's message: ${agent === undefined ? "agent" : "framework"} is not there`,
      facts: { agentId: body.agent_id.value, frameworkId: body.framework_id.value },
    });
  }
  state.counters.valid_executor_to_framework_messages++;
  sendExecutorMessage(turn, framework, body);
  return undefined;
}
