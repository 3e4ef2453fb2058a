// An operation that was found good is written into the books and sent to its agent.
import { type OfferOperation, type Operation, type OperationStatus, conversionsOf } from "@mezzo/wire";
import type { Agent } from "../agent.ts";
import { count } from "../counters.ts";
import type { Framework } from "../framework.ts";
import { isSpeculative, providerOf, withoutAllocations } from "../operations/operation-kinds.ts";
import { sendCheckpointedResources } from "../send/send-checkpointed-resources.ts";
import type { Turn } from "../turn.ts";
import { addOperation } from "./add-operation.ts";
import { convertResources } from "./convert-resources.ts";

/** The record of an operation that is being sent. @see Mesos src/common/protobuf_utils.cpp createOperation */
function createOperation(
  info: OfferOperation,
  { agent, framework, uuid }: { agent: Agent; framework: Framework | undefined; uuid: string },
): Operation {
  const provider = providerOf(info);
  const latest_status: OperationStatus = {
    state: "OPERATION_PENDING",
    ...(info.id === undefined ? {} : { operation_id: info.id }),
    agent_id: agent.agentId,
    ...(provider === undefined ? {} : { resource_provider_id: { value: provider } }),
  };
  return {
    ...(framework === undefined ? {} : { framework_id: framework.frameworkId }),
    agent_id: agent.agentId,
    info,
    latest_status,
    uuid: { value: uuid },
  };
}

/** Changes the agent's total ahead of the agent, where the operation is of that kind. */
function speculate(agent: Agent, info: OfferOperation): void {
  if (!isSpeculative(info)) return;
  const conversions = conversionsOf(withoutAllocations(info));
  if (conversions.ok) convertResources(agent, conversions.value);
}

/** The agent (or its resource provider) is told, with the version of the resources that the operation is meant for. */
function sendOperation(turn: Turn, agent: Agent, operation: Operation): void {
  const provider = providerOf(operation.info);
  const version =
    provider === undefined ? agent.resourceVersion : agent.resourceProviders.get(provider)?.resourceVersion;
  turn.effects.push({
    type: "send-message",
    to: agent.pid,
    name: "ApplyOperationMessage",
    body: {
      ...(operation.framework_id === undefined ? {} : { framework_id: operation.framework_id }),
      operation_info: operation.info,
      operation_uuid: operation.uuid,
      resource_version_uuid: {
        ...(provider === undefined ? {} : { resource_provider_id: { value: provider } }),
        uuid: { value: version ?? "" },
      },
    },
  });
}

/**
 * Carries out a checked operation; `framework` is absent for an operator's. The resources of a framework's operation are
 * allocated. @see Mesos src/master/master.cpp Master::_apply
 */
export function applyOperation(
  turn: Turn,
  agent: Agent,
  { info, framework }: { info: OfferOperation; framework?: Framework },
): void {
  if (agent.capabilities.has("RESOURCE_PROVIDER")) {
    const operation = createOperation(info, { agent, framework, uuid: turn.state.newUuid() });
    addOperation(turn.state, agent, operation);
    speculate(agent, info);
    sendOperation(turn, agent, operation);
  } else {
    speculate(agent, info);
    sendCheckpointedResources(turn, agent);
  }
  if (framework !== undefined && info.type !== undefined) count(framework.counters.operations, info.type);
}
