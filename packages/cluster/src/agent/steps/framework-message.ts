// A scheduler's message for one of its executors (`Slave::schedulerMessage` of Mesos).
import type { FrameworkToExecutorMessage } from "@mezzo/wire";
import { sendToExecutor } from "../executor/executor-events.ts";
import { refuse, type Turn } from "../turn.ts";

/** Passes it on to a running executor; otherwise it is dropped, for messages are not reliable. */
export function frameworkMessage(turn: Turn, message: FrameworkToExecutorMessage): void {
  const { state } = turn;
  const framework = state.frameworks.get(message.framework_id.value);
  const executor = framework?.executors.get(message.executor_id.value);
  const deliverable = state.phase === "RUNNING" && framework?.phase === "RUNNING";
  if (!deliverable || executor?.phase !== "RUNNING") {
    state.counters.invalid_framework_messages += 1;
    const facts = { frameworkId: message.framework_id.value, executorId: message.executor_id.value };
    return refuse(turn, "Dropping a message for an executor that is not running", facts);
  }
  state.counters.valid_framework_messages += 1;
  sendToExecutor(turn, executor, { type: "MESSAGE", message: { data: message.data } });
}
