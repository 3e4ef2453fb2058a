// The master changes the agent's reservations or volumes (`Slave::applyOperation` of Mesos).
import {
  applyOperation as applyTo,
  convertOperationResources,
  needsCheckpointing,
  upgradeOperation,
  type ApplyOperationMessage,
  type Operation,
  type OperationStatus,
  type Resource,
} from "@mezzo/wire";
import { agentIdOf } from "../identity.ts";
import { changeResources } from "../operations/change-resources.ts";
import { sendOperationStatus } from "../operations/operation-status.ts";
import { totalResources } from "../operations/total-resources.ts";
import { emit, newUuid, note, refuse, type Turn } from "../turn.ts";

/** Applies it at once and reports OPERATION_FINISHED; one that does not fit is reported as failed. */
export function applyOperation(turn: Turn, from: string, message: ApplyOperationMessage): void {
  const { state } = turn;
  const uuid = message.operation_uuid.value;
  if (state.master !== from) {
    return refuse(turn, "Ignoring an operation: not from the expected master", { from });
  }
  // A disconnected agent has told the master, or is telling it, what it has: the operation would not be in it.
  if (state.phase !== "RUNNING") {
    return refuse(turn, "Ignoring an operation", { phase: state.phase });
  }
  const known = state.operations.get(uuid);
  if (known !== undefined) return sendOperationStatus(turn, known);
  const info = upgradeOperation(message.operation_info);
  const total = applyTo(totalResources(state), convertOperationResources(info, withoutAllocation));
  const status: OperationStatus = {
    ...(info.id && { operation_id: info.id }),
    state: total.ok ? "OPERATION_FINISHED" : "OPERATION_FAILED",
    ...(!total.ok && { message: total.error }),
    uuid: { value: newUuid(turn) },
    agent_id: agentIdOf(state),
  };
  note(turn, "info", { message: "Applying an operation", facts: { type: info.type, state: status.state } });
  const operation: Operation = {
    ...(message.framework_id && { framework_id: message.framework_id }),
    agent_id: agentIdOf(state),
    info,
    latest_status: status,
    statuses: [status],
    uuid: message.operation_uuid,
  };
  if (total.ok) {
    changeResources(turn, { resources: total.value.filter(needsCheckpointing), operation });
  } else {
    state.operations.set(uuid, operation);
    const agentId = agentIdOf(state).value;
    emit(turn, { type: "checkpoint", record: { kind: "operation", agentId, operation } });
  }
  sendOperationStatus(turn, operation);
}

/** What the agent has is nobody's yet. */
function withoutAllocation(resource: Resource): Resource {
  if (resource.allocation_info === undefined) return resource;
  const { allocation_info: _, ...rest } = resource;
  return rest;
}
