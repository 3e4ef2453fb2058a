// ACKNOWLEDGE_OPERATION_STATUS: the framework knows how an operation ended.
import type { SchedulerCallAcknowledgeOperationStatus } from "@mezzo/wire";
import type { Agent } from "../agent.ts";
import { removeOperation } from "../changes/remove-operation.ts";
import type { Framework } from "../framework.ts";
import { isTerminalOperation } from "../operations/operation-kinds.ts";
import { findOperation } from "../operations/operation-table.ts";
import { type Turn, log } from "../turn.ts";

type Call = SchedulerCallAcknowledgeOperationStatus;

/** Why the agent cannot be told. */
function whyUnable(agent: Agent | undefined, call: Call): string | undefined {
  if (agent === undefined) return "the agent is not registered";
  if (!agent.connected) return "the agent is disconnected";
  if (call.resource_provider_id !== undefined) {
    return agent.capabilities.has("RESOURCE_PROVIDER")
      ? undefined
      : "the agent does not have the RESOURCE_PROVIDER capability";
  }
  return agent.capabilities.has("AGENT_OPERATION_FEEDBACK")
    ? undefined
    : "the agent does not support operation feedback on agent default resources";
}

/** Forwards the acknowledgement, and forgets an operation whose end it is. @see Mesos src/master/master.cpp */
export function acknowledgeOperation(turn: Turn, framework: Framework, call: Call): void {
  const { state } = turn;
  const { counters } = state;
  counters.messages_operation_status_update_acknowledgement++;
  const drop = (reason: string): void => {
    counters.invalid_operation_status_update_acknowledgements++;
    log(turn, "warn", {
      message: `Cannot forward an acknowledgement of an operation's status: ${reason}`,
      facts: { frameworkId: framework.id, operationId: call.operation_id.value },
    });
  };
  const agent = state.agents.registered.get(call.agent_id?.value ?? "");
  const reason = whyUnable(agent, call);
  if (agent === undefined || reason !== undefined) return drop(reason ?? "");
  const uuid = framework.operationUuids.get(call.operation_id.value);
  const operation = uuid === undefined ? undefined : findOperation(agent, uuid);
  if (operation === undefined) return drop("the operation is unknown");
  const status = operation.statuses?.find((one) => one.uuid?.value === call.uuid);
  if (status === undefined) return drop("the status is unknown");
  if (isTerminalOperation(status.state)) removeOperation(turn, agent, operation);
  counters.valid_operation_status_update_acknowledgements++;
  turn.effects.push({
    type: "send-message",
    to: agent.pid,
    name: "AcknowledgeOperationStatusMessage",
    body: {
      status_uuid: { value: call.uuid },
      operation_uuid: operation.uuid,
      ...(call.resource_provider_id === undefined ? {} : { resource_provider_id: call.resource_provider_id }),
    },
  });
  return undefined;
}
