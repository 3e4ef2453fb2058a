// UpdateOperationStatusMessage: an operation ended, or an agent answers what became of it.
import type { Operation, OperationStatus, UpdateOperationStatusMessage } from "@mezzo/wire";
import type { Agent } from "../agent.ts";
import { removeOperation } from "../changes/remove-operation.ts";
import { updateOperation } from "../changes/update-operation.ts";
import type { Framework } from "../framework.ts";
import { isTerminalOperation, providerOf } from "../operations/operation-kinds.ts";
import { findOperation } from "../operations/operation-table.ts";
import { sendOperationStatus } from "../send/send-operation-status.ts";
import { type Turn, log } from "../turn.ts";

/**
 * How long after an agent's return the master leaves operations of unknown frameworks alone: they may come back too.
 * @see Mesos src/master/constants.hpp MIN_WAIT_BEFORE_ORPHAN_OPERATION_ADOPTION
 */
const ORPHAN_ADOPTION_WAIT_MS = 10 * 60 * 1000;

/** The framework, if it can be told now. */
function reachable(turn: Turn, frameworkId: string | undefined): Framework | undefined {
  const framework = turn.state.frameworks.registered.get(frameworkId ?? "");
  return framework?.state === "connected" ? framework : undefined;
}

function forward(turn: Turn, frameworkId: string | undefined, status: OperationStatus): void {
  const framework = reachable(turn, frameworkId);
  if (framework !== undefined) return sendOperationStatus(turn, framework, status);
  return log(turn, "warn", {
    message: "Cannot forward an operation's status: the framework is unknown or disconnected",
    facts: { frameworkId, operationId: status.operation_id?.value },
  });
}

/** Whether a framework gave the operation an id and will acknowledge its status, now or when it is back. */
function hasListener(turn: Turn, agent: Agent, { framework_id, info, uuid }: Operation): boolean {
  return (
    info.id !== undefined &&
    framework_id !== undefined &&
    !turn.state.frameworks.completed.has(framework_id.value) &&
    !agent.orphanedOperations.has(uuid.value)
  );
}

/** Whether the framework of an orphan may still come back and ask. */
function mayReturn(turn: Turn, agent: Agent, operation: Operation): boolean {
  return (
    operation.info.id !== undefined &&
    operation.framework_id !== undefined &&
    agent.orphanedOperations.has(operation.uuid.value) &&
    !turn.state.frameworks.completed.has(operation.framework_id.value) &&
    agent.reregisteredTime > 0 &&
    turn.now - agent.reregisteredTime < ORPHAN_ADOPTION_WAIT_MS
  );
}

/** The master acknowledges in the place of a framework that did not ask, or is no more. */
function acknowledgeItself(turn: Turn, agent: Agent, operation: Operation): void {
  const latest = operation.statuses?.at(-1) ?? operation.latest_status;
  if (latest.uuid !== undefined) {
    if (mayReturn(turn, agent, operation)) return;
    const provider = providerOf(operation.info);
    turn.effects.push({
      type: "send-message",
      to: agent.pid,
      name: "AcknowledgeOperationStatusMessage",
      body: {
        status_uuid: latest.uuid,
        operation_uuid: operation.uuid,
        ...(provider === undefined ? {} : { resource_provider_id: { value: provider } }),
      },
    });
  }
  if (isTerminalOperation(latest.state)) removeOperation(turn, agent, operation);
}

/** Applies the status of an operation that the master knows. */
function settle(
  turn: Turn,
  agent: Agent,
  { operation, body }: { operation: Operation; body: UpdateOperationStatusMessage },
): void {
  // Agents leave the id out where they do not know the operation themselves.
  const { id } = operation.info;
  const named = (status: OperationStatus): OperationStatus =>
    id === undefined ? status : { ...status, operation_id: id };
  const status = named(body.status);
  updateOperation(turn, agent, { operation, change: { status: named(body.latest_status ?? body.status) } });
  if (!hasListener(turn, agent, operation)) return acknowledgeItself(turn, agent, operation);
  forward(turn, operation.framework_id?.value, status);
  const latest = operation.statuses?.at(-1) ?? operation.latest_status;
  if (isTerminalOperation(latest.state) && latest.uuid === undefined) removeOperation(turn, agent, operation);
  return undefined;
}

/** Takes the status in and passes it on. @see Mesos src/master/master.cpp Master::updateOperationStatus */
export function operationStatus(turn: Turn, from: string, body: UpdateOperationStatusMessage): void {
  const { counters, agents } = turn.state;
  counters.messages_operation_status_update++;
  const frameworkId = body.framework_id?.value;
  const uuid = body.operation_uuid?.value;
  // An agent's answer to a framework that asked by the operation's id.
  if (uuid === undefined) return forward(turn, frameworkId, body.status);
  const agent = agents.registered.get(body.agent_id?.value ?? "");
  if (agent === undefined) {
    counters.invalid_operation_status_updates++;
    return log(turn, "warn", {
      message: "Ignoring an operation's status: the agent is not registered",
      facts: { from, agentId: body.agent_id?.value, uuid },
    });
  }
  const operation = findOperation(agent, uuid);
  if (operation !== undefined) {
    counters.valid_operation_status_updates++;
    return settle(turn, agent, { operation, body });
  }
  // Without a framework it repeats what the master was told when it asked the agent itself.
  if (frameworkId === undefined) return undefined;
  counters.invalid_operation_status_updates++;
  return forward(turn, frameworkId, body.status);
}
