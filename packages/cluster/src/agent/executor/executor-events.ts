// Telling an executor something, over its subscription.
import type { ExecutorEvent, StatusUpdate } from "@mezzo/wire";
import type { ExecutorState } from "../state.ts";
import { emit, refuse, type Turn } from "../turn.ts";

/** Sends an event to the executor; without a subscription it is lost, as in Mesos. */
export function sendToExecutor(turn: Turn, executor: ExecutorState, event: ExecutorEvent): void {
  if (executor.connectionId === undefined) {
    if (executor.command !== undefined) return;
    refuse(turn, "Cannot send an event to an executor: it is not subscribed", {
      executorId: executor.id,
      event: event.type,
    });
    return;
  }
  emit(turn, { type: "executorEvent", connectionId: executor.connectionId, event });
}

/** Tells the executor that its update is recorded and will reach the framework. */
export function acknowledgeToExecutor(turn: Turn, executor: ExecutorState, update: StatusUpdate): void {
  if (executor.command !== undefined || update.uuid === undefined) return;
  sendToExecutor(turn, executor, {
    type: "ACKNOWLEDGED",
    acknowledged: { task_id: update.status.task_id, uuid: update.uuid },
  });
}
