// The master asks what became of operations (`Slave::reconcileOperations` of Mesos).
import type { ReconcileOperationsMessage, ReconcileOperationsMessageOperation } from "@mezzo/wire";
import { operationStatusMessage } from "../operations/operation-status.ts";
import type { AgentState } from "../state.ts";
import { emit, refuse, type Turn } from "../turn.ts";

/**
 * A framework is told the status of operations that are known. The master itself asks about those the agent did not
 * name: what is unknown was dropped.
 */
export function reconcileOperations(turn: Turn, from: string, message: ReconcileOperationsMessage): void {
  const { state } = turn;
  if (state.master !== from) {
    return refuse(turn, "Ignoring a reconciliation: not from the expected master", { from });
  }
  const frameworkId = message.framework_id?.value;
  for (const asked of message.operations ?? []) {
    const uuid = asked.operation_uuid?.value ?? uuidOf(state, frameworkId, asked.operation_id?.value);
    if (asked.resource_provider_id) {
      answerForProvider(turn, asked, frameworkId);
      continue;
    }
    if (uuid === undefined) continue;
    const operation = state.operations.get(uuid);
    if ((frameworkId === undefined) === (operation !== undefined)) continue;
    const { uuid: _, ...status } = operation?.latest_status ?? { state: "OPERATION_DROPPED" as const };
    const body = operationStatusMessage(turn, status, {
      uuid,
      ...(frameworkId !== undefined && { frameworkId }),
    });
    emit(turn, { type: "send", to: from, name: "UpdateOperationStatusMessage", body });
  }
}

/** This agent has no resource providers, so it never knew what a framework asks about. */
function answerForProvider(
  turn: Turn,
  asked: ReconcileOperationsMessageOperation,
  frameworkId: string | undefined,
): void {
  const { master } = turn.state;
  if (master === undefined || frameworkId === undefined) return;
  const { operation_id, resource_provider_id } = asked;
  const status = {
    state: "OPERATION_UNKNOWN",
    ...(operation_id && { operation_id }),
    ...(resource_provider_id && { resource_provider_id }),
  } as const;
  const body = operationStatusMessage(turn, status, { frameworkId });
  emit(turn, { type: "send", to: master, name: "UpdateOperationStatusMessage", body });
}

function uuidOf(
  state: AgentState,
  frameworkId: string | undefined,
  operationId: string | undefined,
): string | undefined {
  if (operationId === undefined) return undefined;
  for (const { framework_id, info, uuid } of state.operations.values()) {
    if (framework_id?.value === frameworkId && info.id?.value === operationId) return uuid.value;
  }
  return undefined;
}
