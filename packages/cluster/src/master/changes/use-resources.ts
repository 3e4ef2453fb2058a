// The ledger of used resources: kept by agent and framework, and as a total of the framework.
import { type Resource, addResources, subtractResources } from "@mezzo/wire";
import type { Agent } from "../agent.ts";
import type { Framework } from "../framework.ts";
import type { MasterState } from "../state.ts";
import { trackRole, untrackUnusedRole } from "./track-role.ts";

/** Whose resources; the framework is absent while an agent is ahead of its frameworks. */
export interface ResourceOwner {
  agent?: Agent | undefined;
  framework?: Framework | undefined;
  frameworkId: string;
}

/** Counts allocated resources as used. */
export function useResources(state: MasterState, owner: ResourceOwner, resources: readonly Resource[]): void {
  const { agent, framework, frameworkId } = owner;
  if (resources.length === 0) return;
  if (agent !== undefined) {
    const used = agent.usedResources.get(frameworkId);
    agent.usedResources.set(frameworkId, used === undefined ? resources : addResources(used, resources));
  }
  if (framework !== undefined) {
    framework.totalUsedResources = addResources(framework.totalUsedResources, resources);
    const role = resources[0]?.allocation_info?.role;
    if (role !== undefined && !framework.roles.has(role)) trackRole(state, framework, role);
  }
}

/** Counts them as free again. */
export function releaseResources(
  state: MasterState,
  owner: ResourceOwner,
  resources: readonly Resource[],
): void {
  const { agent, framework, frameworkId } = owner;
  if (resources.length === 0) return;
  const used = agent?.usedResources.get(frameworkId);
  if (agent !== undefined && used !== undefined) {
    const left = subtractResources(used, resources);
    if (left.length === 0) agent.usedResources.delete(frameworkId);
    else agent.usedResources.set(frameworkId, left);
  }
  if (framework !== undefined) {
    framework.totalUsedResources = subtractResources(framework.totalUsedResources, resources);
    const role = resources[0]?.allocation_info?.role;
    if (role !== undefined) untrackUnusedRole(state, framework, role);
  }
}
