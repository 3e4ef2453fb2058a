// An executor's UPDATE or MESSAGE (`Slave::statusUpdate`, `Slave::executorMessage` of Mesos).
import type { ExecutorCall } from "@mezzo/wire";
import { agentIdOf } from "../identity.ts";
import { createExecutorUpdate } from "../updates/create-update.ts";
import { handleUpdate } from "../updates/handle-update.ts";
import { emit, refuse, type Turn } from "../turn.ts";

/** The call is valid and its executor is known: `api/executor.ts` saw to that. */
export function executorCalled(turn: Turn, call: ExecutorCall): void {
  if (call.type === "UPDATE" && call.update) {
    handleUpdate(turn, createExecutorUpdate(turn, call.framework_id.value, call.update.status), "executor");
  } else if (call.type === "MESSAGE" && call.message) {
    passOn(turn, call, call.message.data);
  }
}

function passOn(turn: Turn, call: ExecutorCall, data: string): void {
  const { state } = turn;
  const framework = state.frameworks.get(call.framework_id.value);
  if (state.phase !== "RUNNING" || framework?.phase !== "RUNNING" || state.master === undefined) {
    state.counters.invalid_framework_messages += 1;
    return refuse(turn, "Dropping an executor's message", { executorId: call.executor_id.value });
  }
  state.counters.valid_framework_messages += 1;
  emit(turn, {
    type: "send",
    to: framework.pid ?? state.master,
    name: "ExecutorToFrameworkMessage",
    body: {
      agent_id: agentIdOf(state),
      framework_id: call.framework_id,
      executor_id: call.executor_id,
      data,
    },
  });
}
