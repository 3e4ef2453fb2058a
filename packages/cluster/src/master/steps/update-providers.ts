// Resource providers of an agent come, change and go.
import {
  type Operation,
  type ReconcileOperationsMessageOperation,
  type Resource,
  type UpdateSlaveMessage,
  type UpdateSlaveMessageResourceProvider,
  addResources,
  subtractResources,
  upgradeResources,
} from "@mezzo/wire";
import { addResourceProvider } from "../../allocator/add-resource-provider.ts";
import type { Agent, AgentResourceProvider } from "../agent.ts";
import { addOperation } from "../changes/add-operation.ts";
import { removeOperation } from "../changes/remove-operation.ts";
import { updateOperation } from "../changes/update-operation.ts";
import { consumedBy, isSpeculative, isTerminalOperation } from "../operations/operation-kinds.ts";
import type { Turn } from "../turn.ts";
import { missing, reported } from "./compare-operations.ts";

/** A provider as the agent describes it, with what the master keeps of it. */
interface Description {
  id: string;
  message: UpdateSlaveMessageResourceProvider;
  total: readonly Resource[];
  operations: readonly Operation[];
}

function describe(agent: Agent, message: UpdateSlaveMessageResourceProvider): Description | undefined {
  const id = message.info?.id?.value;
  if (id === undefined) return undefined;
  return {
    id,
    message,
    total: upgradeResources(message.total_resources ?? []),
    operations: (message.operations.operations ?? []).map((operation) => reported(agent, operation)),
  };
}

/** A provider that the master has not seen: its operations come with it, as after a failover of the master. */
function addProvider(turn: Turn, agent: Agent, described: Description): void {
  const { state } = turn;
  const { id, message, total, operations } = described;
  if (message.info === undefined) return;
  agent.resourceProviders.set(id, {
    info: message.info,
    totalResources: total,
    resourceVersion: message.resource_version_uuid.value,
    operations: new Map(),
  });
  agent.totalResources = addResources(agent.totalResources, total);
  const used: [string, readonly Resource[]][] = [];
  for (const operation of operations) {
    const frameworkId = operation.framework_id?.value ?? "";
    if (!addOperation(state, agent, operation) || !state.frameworks.registered.has(frameworkId)) continue;
    if (isSpeculative(operation.info) || isTerminalOperation(operation.latest_status.state)) continue;
    used.push([frameworkId, consumedBy(operation.info)]);
  }
  // The total follows with the agent's whole.
  addResourceProvider(state.allocator, { agentId: agent.id, total: [], used });
}

/** An operation that has ended meanwhile: the total that the agent reports has its outcome already. */
function settleEnded(
  turn: Turn,
  agent: Agent,
  { described, known }: { described: Description; known: AgentResourceProvider },
): void {
  for (const { uuid, latest_status } of described.operations) {
    const operation = known.operations.get(uuid.value);
    if (operation === undefined || isTerminalOperation(operation.latest_status.state)) continue;
    if (!isTerminalOperation(latest_status.state)) continue;
    updateOperation(turn, agent, { operation, change: { status: latest_status, totalKnown: true } });
  }
}

/** A provider that the master knows. Returns the operations that it did not name. */
function updateProvider(
  turn: Turn,
  agent: Agent,
  { described, known }: { described: Description; known: AgentResourceProvider },
): ReconcileOperationsMessageOperation[] {
  const { id, message, total, operations } = described;
  const questions = missing(known.operations.keys(), operations).map((value) => ({
    operation_uuid: { value },
    resource_provider_id: { value: id },
  }));
  settleEnded(turn, agent, { described, known });
  const others = agent.totalResources.filter((resource) => resource.provider_id?.value !== id);
  agent.totalResources = addResources(others, total);
  known.totalResources = total;
  known.resourceVersion = message.resource_version_uuid.value;
  return questions;
}

/** A provider is gone, with its resources and operations. */
function removeProvider(turn: Turn, agent: Agent, id: string): void {
  const provider = agent.resourceProviders.get(id);
  if (provider === undefined) return;
  for (const operation of [...provider.operations.values()]) removeOperation(turn, agent, operation);
  agent.totalResources = subtractResources(agent.totalResources, provider.totalResources);
  agent.resourceProviders.delete(id);
}

/**
 * Takes over what the agent says about its providers, if it says anything. Returns the operations that it has to be
 * asked about. @see Mesos src/master/master.cpp Master::updateSlave
 */
export function updateProviders(
  turn: Turn,
  agent: Agent,
  { resource_providers }: UpdateSlaveMessage,
): ReconcileOperationsMessageOperation[] {
  if (resource_providers === undefined) return [];
  const questions: ReconcileOperationsMessageOperation[] = [];
  const described = (resource_providers.providers ?? []).flatMap((one) => describe(agent, one) ?? []);
  for (const one of described) {
    const known = agent.resourceProviders.get(one.id);
    if (known === undefined) addProvider(turn, agent, one);
    else questions.push(...updateProvider(turn, agent, { described: one, known }));
  }
  const there = new Set(described.map(({ id }) => id));
  for (const id of [...agent.resourceProviders.keys()]) {
    if (!there.has(id)) removeProvider(turn, agent, id);
  }
  return questions;
}
