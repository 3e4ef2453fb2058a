// UpdateSlaveMessage: oversubscribed resources, operations, resource providers, resource version.
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
import { compareOperations } from "./compare-operations.ts";
import { updateProviders } from "./update-providers.ts";

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

/** The agent's own total with the revocable resources that it reports. */
function withOversubscribed(total: readonly Resource[], body: UpdateSlaveMessage): readonly Resource[] {
  const kept = total.filter((resource) => resource.provider_id !== undefined || !isRevocable(resource));
  return addResources(kept, upgradeResources(body.oversubscribed_resources ?? []));
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
  agent.operationsKnown = true;
  const before = agent.totalResources;
  const revocable = body.update_oversubscribed_resources ?? true;
  if (revocable) agent.totalResources = withOversubscribed(agent.totalResources, body);
  if (body.resource_version_uuid !== undefined) agent.resourceVersion = body.resource_version_uuid.value;
  const questions = [...compareOperations(turn, agent, body), ...updateProviders(turn, agent, body)];
  if (questions.length > 0) {
    turn.effects.push({
      type: "send-message",
      to: agent.pid,
      name: "ReconcileOperationsMessage",
      body: { operations: questions },
    });
  }
  if (equalResources(before, agent.totalResources)) return undefined;
  updateInAllocator(state.allocator, { agentId: agent.id, total: agent.totalResources });
  state.allocationWanted = true;
  return rescindChanged(turn, agent, { revocable, providers: body.resource_providers !== undefined });
}
