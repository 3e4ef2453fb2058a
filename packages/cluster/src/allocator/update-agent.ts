// An agent reports changed attributes, capabilities or resources.
import {
  type AgentInfo,
  type AgentInfoCapabilityType,
  type Attribute,
  type Resource,
  equalResources,
} from "@mezzo/wire";
import { setTotal } from "./agent-total.ts";
import { agentCapabilitiesOf } from "./capabilities.ts";
import { knownAgent } from "./known.ts";
import { dropRefusalsOn } from "./refusals.ts";
import type { AllocatorState } from "./state.ts";

/** What may change; what is left out stays. */
export interface AgentUpdate {
  agentId: string;
  info?: AgentInfo;
  capabilities?: readonly AgentInfoCapabilityType[];
  total?: readonly Resource[];
}

function sameAttributes(left: readonly Attribute[] = [], right: readonly Attribute[] = []): boolean {
  const text = (attributes: readonly Attribute[]): string =>
    attributes
      .map((attribute) => JSON.stringify(attribute))
      .sort()
      .join("\n");
  return left === right || text(left) === text(right);
}

/** Updates an agent; changed attributes end all filters on it, as frameworks chose by them. Throws when unknown. */
export function updateAgent(state: AllocatorState, update: AgentUpdate): void {
  const agent = knownAgent(state, update.agentId);
  state.operations++;
  if (update.info !== undefined) {
    if (!sameAttributes(agent.info.attributes, update.info.attributes)) dropRefusalsOn(state, agent);
    agent.info = update.info;
  }
  if (update.capabilities !== undefined) agent.capabilities = agentCapabilitiesOf(update.capabilities);
  if (update.total !== undefined && !equalResources(agent.total, update.total))
    setTotal(state, agent, update.total);
  state.dirtyAgents.add(agent);
}
