// Whoever asked for an operation knows how it ended (`Slave::operationStatusAcknowledgement` of Mesos).
import type { AcknowledgeOperationStatusMessage } from "@mezzo/wire";
import { finishDrainIfDone } from "../drain/finish-drain.ts";
import { agentIdOf } from "../identity.ts";
import { emit, refuse, type Turn } from "../turn.ts";

/** Forgets the operation. */
export function acknowledgeOperationStatus(
  turn: Turn,
  from: string,
  message: AcknowledgeOperationStatusMessage,
): void {
  const { state } = turn;
  const uuid = message.operation_uuid.value;
  const operation = state.operations.get(uuid);
  const expected = operation?.latest_status.uuid?.value;
  if (state.master !== from || expected !== message.status_uuid.value) {
    return refuse(turn, "Dropping an acknowledgement of an operation's status", { from, uuid });
  }
  state.operations.delete(uuid);
  emit(turn, { type: "cancelTimer", timer: { name: "operationRetry", operationUuid: uuid, retryMs: 0 } });
  const agentId = agentIdOf(state).value;
  emit(turn, { type: "checkpoint", record: { kind: "operationRemoved", agentId, uuid } });
  finishDrainIfDone(turn);
}
