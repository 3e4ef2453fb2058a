// What an agent says of its operations against what the master knows of them.
import type { Operation, ReconcileOperationsMessageOperation, UpdateSlaveMessage } from "@mezzo/wire";
import { upgradeMessage } from "@mezzo/wire";
import type { Agent } from "../agent.ts";
import { addOperation } from "../changes/add-operation.ts";
import type { Turn } from "../turn.ts";

/** Those of the master's that the agent did not name. */
export function missing(known: Iterable<string>, named: readonly Operation[]): string[] {
  const there = new Set(named.map(({ uuid }) => uuid.value));
  return [...known].filter((uuid) => !there.has(uuid));
}

/** An operation as an agent reports it, in the form that the master keeps. */
export function reported(agent: Agent, operation: Operation): Operation {
  return { ...upgradeMessage(operation), agent_id: agent.agentId };
}

/**
 * Learns of operations on the agent's own resources that the master does not know, as after a failover. Returns those that
 * the agent did not name and has to be asked about: it never got them, or forgot them with an acknowledgement that is
 * still to be heard of.
 */
export function compareOperations(
  turn: Turn,
  agent: Agent,
  body: UpdateSlaveMessage,
): ReconcileOperationsMessageOperation[] {
  const named = body.operations?.operations ?? [];
  const questions = missing(agent.operations.keys(), named).map((value) => ({ operation_uuid: { value } }));
  for (const operation of named) addOperation(turn.state, agent, reported(agent, operation));
  return questions;
}
