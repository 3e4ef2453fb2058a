// RECONCILE_OPERATIONS: what does the master know about these operations, or about all of them?
import type {
  Operation,
  OperationState,
  OperationStatus,
  ReconcileOperationsMessageOperation,
  SchedulerCallReconcileOperationsOperation,
} from "@mezzo/wire";
import type { Agent } from "../agent.ts";
import type { Framework } from "../framework.ts";
import { sendOperationStatus } from "../send/send-operation-status.ts";
import type { Turn } from "../turn.ts";

type Asked = SchedulerCallReconcileOperationsOperation;

/** The status that the framework heard last. It is not sent reliably, so nobody has to acknowledge it. */
function knownStatus(operation: Operation): OperationStatus {
  const { uuid: _, ...status } = operation.statuses?.at(-1) ?? operation.latest_status;
  return status;
}

/** What can be said about an operation that is not in the books: by where its agent stands. */
function unknownState(turn: Turn, agentId: string | undefined): { state: OperationState; message: string } {
  const { agents } = turn.state;
  if (agentId === undefined) {
    return {
      state: "OPERATION_UNKNOWN",
      message: "Reconciliation: Operation is unknown and no 'agent_id' was provided",
    };
  }
  if (agents.recovered.has(agentId)) {
    return {
      state: "OPERATION_RECOVERING",
      message: "Reconciliation: Agent is recovered but has not re-registered",
    };
  }
  if (agents.registered.has(agentId)) {
    return { state: "OPERATION_UNKNOWN", message: "Reconciliation: Operation is unknown" };
  }
  if (agents.unreachable.has(agentId)) {
    return { state: "OPERATION_UNREACHABLE", message: "Reconciliation: Agent is unreachable" };
  }
  if (agents.gone.has(agentId)) {
    return { state: "OPERATION_GONE_BY_OPERATOR", message: "Reconciliation: Agent marked gone by operator" };
  }
  return { state: "OPERATION_UNKNOWN", message: "Reconciliation: Both operation and agent are unknown" };
}

function unknownStatus(turn: Turn, { operation_id, agent_id, resource_provider_id }: Asked): OperationStatus {
  return {
    ...unknownState(turn, agent_id?.value),
    operation_id,
    ...(agent_id === undefined ? {} : { agent_id }),
    ...(resource_provider_id === undefined ? {} : { resource_provider_id }),
  };
}

/** The agent that has to be asked, for only it knows which resource providers there were. */
function agentToAsk(turn: Turn, { agent_id, resource_provider_id }: Asked): Agent | undefined {
  const agent = turn.state.agents.registered.get(agent_id?.value ?? "");
  if (agent === undefined || resource_provider_id === undefined) return undefined;
  if (agent.resourceProviders.has(resource_provider_id.value)) return undefined;
  return agent.capabilities.has("AGENT_OPERATION_FEEDBACK") ? agent : undefined;
}

/** Answers with updates that need no acknowledgement. @see Mesos src/master/master.cpp Master::reconcileOperations */
export function reconcileOperations(turn: Turn, framework: Framework, asked: readonly Asked[]): void {
  turn.state.counters.messages_reconcile_operations++;
  if (asked.length === 0) {
    for (const operation of framework.operations.values()) {
      sendOperationStatus(turn, framework, knownStatus(operation));
    }
  }
  const forwarded = new Map<Agent, ReconcileOperationsMessageOperation[]>();
  for (const one of asked) {
    const uuid = framework.operationUuids.get(one.operation_id.value);
    const operation = uuid === undefined ? undefined : framework.operations.get(uuid);
    const agent = operation === undefined ? agentToAsk(turn, one) : undefined;
    if (agent === undefined) {
      const status = operation === undefined ? unknownStatus(turn, one) : knownStatus(operation);
      sendOperationStatus(turn, framework, status);
      continue;
    }
    const { operation_id, resource_provider_id } = one;
    const question = {
      operation_id,
      ...(resource_provider_id === undefined ? {} : { resource_provider_id }),
    };
    forwarded.set(agent, [...(forwarded.get(agent) ?? []), question]);
  }
  for (const [agent, operations] of forwarded) {
    turn.effects.push({
      type: "send-message",
      to: agent.pid,
      name: "ReconcileOperationsMessage",
      body: { framework_id: framework.frameworkId, operations },
    });
  }
}
