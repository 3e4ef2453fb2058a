// UpdateSlaveMessage: oversubscribed resources, resource providers, resource version.
import {
  type Resource,
  type UpdateSlaveMessage,
  addResources,
  equalResources,
  isRevocable,
  upgradeResources,
} from "@mezzo/wire";
import { updateAgent as updateInAllocator } from "../../allocator/update-agent.ts";
import type { Agent } from "../agent.ts";
import { rescindOffer } from "../changes/remove-offer.ts";
import { type Turn, log } from "../turn.ts";

/** What the providers bring, and the list of them. */
function applyProviders(agent: Agent, body: UpdateSlaveMessage): readonly Resource[] {
  if (body.resource_providers === undefined) {
    return agent.totalResources.filter((resource) => resource.provider_id !== undefined);
  }
  agent.resourceProviders.clear();
  let total: readonly Resource[] = [];
  for (const provider of body.resource_providers.providers ?? []) {
    const id = provider.info?.id?.value;
    if (provider.info === undefined || id === undefined) continue;
    const resources = upgradeResources(provider.total_resources ?? []);
    agent.resourceProviders.set(id, {
      info: provider.info,
      totalResources: resources,
      resourceVersion: provider.resource_version_uuid.value,
      operations: new Map(),
    });
    total = addResources(total, resources);
  }
  return total;
}

/** Offers that hold what changed are taken back. */
function rescindChanged(turn: Turn, agent: Agent, changed: { revocable: boolean; providers: boolean }): void {
  for (const id of agent.offers) {
    const record = turn.state.offers.get(id);
    const touched = record?.offer.resources?.some(
      (resource) =>
        (changed.revocable && isRevocable(resource)) ||
        (changed.providers && resource.provider_id !== undefined),
    );
    if (record !== undefined && touched === true) rescindOffer(turn, record);
  }
}

/** Takes over the agent's new total. @see Mesos src/master/master.cpp Master::updateSlave */
export function updateAgent(turn: Turn, body: UpdateSlaveMessage): void {
  const { state } = turn;
  state.counters.messages_update_slave++;
  const agent = state.agents.registered.get(body.agent_id.value);
  if (agent === undefined) {
    return log(turn, "warn", {
      message: "Ignoring an update of an unknown agent",
      facts: { agentId: body.agent_id.value },
    });
  }
  const oversubscription = body.update_oversubscribed_resources ?? true;
  const own = agent.totalResources.filter((resource) => resource.provider_id === undefined);
  const revocable = oversubscription
    ? upgradeResources(body.oversubscribed_resources ?? [])
    : own.filter((resource) => isRevocable(resource));
  const firm = own.filter((resource) => !isRevocable(resource));
  const total = addResources(addResources(firm, revocable), applyProviders(agent, body));
  if (body.resource_version_uuid !== undefined) agent.resourceVersion = body.resource_version_uuid.value;
  if (equalResources(agent.totalResources, total)) return undefined;
  agent.totalResources = total;
  updateInAllocator(state.allocator, { agentId: agent.id, total });
  state.allocationWanted = true;
  return rescindChanged(turn, agent, {
    revocable: oversubscription,
    providers: body.resource_providers !== undefined,
  });
}
