// An executor's subscription ended. Whether it lives on shows when its container ends or it subscribes again.
import { findExecutor } from "../lookup.ts";
import { emit, note, type Turn } from "../turn.ts";

/** Forgets the connection, unless a newer one took its place. */
export function executorDisconnected(
  turn: Turn,
  of: { connectionId: string; frameworkId: string; executorId: string },
): void {
  const executor = findExecutor(turn.state, of);
  if (executor?.connectionId !== of.connectionId) return;
  note(turn, "info", { message: "An executor disconnected", facts: { executorId: executor.id } });
  delete executor.connectionId;
  const { frameworkId, id: executorId, containerId } = executor;
  emit(turn, {
    type: "cancelTimer",
    timer: { name: "executorHeartbeat", frameworkId, executorId, containerId },
  });
}
