// Telling the master how an operation ended, again and again until it is acknowledged.
import type { Operation, OperationStatus, UpdateOperationStatusMessage } from "@mezzo/wire";
import { agentIdOf } from "../identity.ts";
import { UPDATE_RETRY_MAX_MS, UPDATE_RETRY_MIN_MS } from "../updates/stream.ts";
import { emit, type Turn } from "../turn.ts";

/** Sends the operation's last status and sets the timer for the next time, `retryMs` from now. */
export function sendOperationStatus(turn: Turn, operation: Operation, retryMs = UPDATE_RETRY_MIN_MS): void {
  const { state } = turn;
  if (state.phase !== "RUNNING" || state.master === undefined) return;
  const body = operationStatusMessage(turn, operation.latest_status, {
    uuid: operation.uuid.value,
    ...(operation.framework_id && { frameworkId: operation.framework_id.value }),
  });
  emit(turn, { type: "send", to: state.master, name: "UpdateOperationStatusMessage", body });
  const delayMs = Math.min(retryMs, UPDATE_RETRY_MAX_MS);
  const timer = { name: "operationRetry", operationUuid: operation.uuid.value, retryMs: delayMs } as const;
  emit(turn, { type: "setTimer", timer, delayMs });
}

/** The message about an operation, known here or not. */
export function operationStatusMessage(
  turn: Turn,
  status: OperationStatus,
  of: { uuid?: string; frameworkId?: string },
): UpdateOperationStatusMessage {
  const agent_id = agentIdOf(turn.state);
  return {
    ...(of.frameworkId !== undefined && { framework_id: { value: of.frameworkId } }),
    agent_id,
    status: { ...status, agent_id },
    ...(of.uuid !== undefined && { operation_uuid: { value: of.uuid } }),
  };
}
