// Agents as the older JSON endpoints show them.
import {
  addResources,
  isReserved,
  reservationRole,
  toEndpointResource,
  toJson,
  type AgentInfo,
  type Resource,
} from "@mezzo/wire";
import type { Agent } from "../../agent.ts";
import type { Viewer } from "../../../authorization/viewer.ts";
import { attributesModel } from "./attributes-model.ts";
import { resourcesModel, type ResourcesModel } from "./resources-model.ts";

/** What is known of an agent that only the registry names. */
export function agentInfoModel(info: AgentInfo): object {
  return {
    id: info.id?.value ?? "",
    hostname: info.hostname,
    port: info.port ?? 5051,
    attributes: attributesModel(info.attributes ?? []),
    ...(info.domain ? { domain: info.domain } : {}),
  };
}

function reservedByRole(resources: readonly Resource[], viewer: Viewer): Map<string, Resource[]> {
  const byRole = new Map<string, Resource[]>();
  for (const resource of resources) {
    if (!isReserved(resource)) continue;
    const role = reservationRole(resource);
    if (!viewer.role(role)) continue;
    const list = byRole.get(role);
    if (list) list.push(resource);
    else byRole.set(role, [resource]);
  }
  return byRole;
}

/** Reserved resources are rare: without them there is nothing to group. */
function unreserved(resources: readonly Resource[]): readonly Resource[] {
  return resources.some((resource) => isReserved(resource))
    ? resources.filter((resource) => !isReserved(resource))
    : resources;
}

function mapValues<T>(map: Map<string, Resource[]>, model: (resources: Resource[]) => T): Record<string, T> {
  return Object.fromEntries([...map].map(([role, resources]) => [role, model(resources)]));
}

function inFull(resources: readonly Resource[]): Resource[] {
  return resources.map(toEndpointResource);
}

function drainFields(agent: Agent): object {
  if (!agent.drainInfo) return {};
  return {
    drain_info: toJson("DrainInfo", agent.drainInfo),
    ...(agent.estimatedDrainStartTime === undefined
      ? {}
      : { estimated_drain_start_time_seconds: agent.estimatedDrainStartTime / 1000 }),
  };
}

/** One registered agent with sums of its resources. @see Mesos src/master/readonly_handler.cpp SlaveWriter */
export function agentModel(agent: Agent, viewer: Viewer): object {
  const total = agent.totalResources;
  const free = unreserved(total);
  const resources = resourcesModel(total);
  return {
    ...agentInfoModel(agent.info),
    pid: agent.pid,
    registered_time: agent.registeredTime / 1000,
    ...(agent.reregisteredTime > 0 ? { reregistered_time: agent.reregisteredTime / 1000 } : {}),
    resources,
    used_resources: resourcesModel(...agent.usedResources.values()),
    offered_resources: resourcesModel(agent.offeredResources),
    reserved_resources: mapValues<ResourcesModel>(reservedByRole(total, viewer), (list) =>
      resourcesModel(list),
    ),
    unreserved_resources: free === total ? resources : resourcesModel(free),
    active: agent.active,
    deactivated: agent.deactivated,
    version: agent.version,
    capabilities: [...agent.capabilities],
    ...drainFields(agent),
  };
}

/** The same with every resource in full, as `/slaves` shows it. */
export function fullAgentModel(agent: Agent, viewer: Viewer): object {
  const total = agent.totalResources;
  const used = [...agent.usedResources.values()].reduce(addResources, []);
  return {
    ...agentModel(agent, viewer),
    reserved_resources_full: mapValues(reservedByRole(total, viewer), (list) =>
      inFull(viewer.resources(list)),
    ),
    unreserved_resources_full: inFull(viewer.resources(unreserved(total))),
    used_resources_full: inFull(viewer.resources(used)),
    offered_resources_full: inFull(viewer.resources(agent.offeredResources)),
  };
}
