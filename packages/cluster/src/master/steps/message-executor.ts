// MESSAGE: bytes for an executor, passed through.
import type { SchedulerCallMessage } from "@mezzo/wire";
import type { Framework } from "../framework.ts";
import { type Turn, log } from "../turn.ts";

/** Passes the message on to a connected agent; `data` stays base64. */
export function messageExecutor(turn: Turn, framework: Framework, call: SchedulerCallMessage): void {
  const { state } = turn;
  state.counters.messages_framework_to_executor++;
  const agent = state.agents.registered.get(call.agent_id.value);
  if (agent === undefined || !agent.connected) {
    state.counters.invalid_framework_to_executor_messages++;
    return log(turn, "warn", {
      message: `Cannot send a message to an executor: its agent is ${agent === undefined ? "not registered" : "disconnected"}`,
      facts: { frameworkId: framework.id, agentId: call.agent_id.value },
    });
  }
  state.counters.valid_framework_to_executor_messages++;
  turn.effects.push({
    type: "send-message",
    to: agent.pid,
    name: "FrameworkToExecutorMessage",
    body: {
      agent_id: agent.agentId,
      framework_id: framework.frameworkId,
      executor_id: call.executor_id,
      data: call.data,
    },
  });
  return undefined;
}
