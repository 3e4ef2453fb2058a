// One registered agent as the operator API shows it.
import {
  addResources,
  type AgentInfo,
  toEndpointResource,
  type MasterResponseGetAgentsAgent,
  type Resource,
  type TimeInfo,
} from "@mezzo/wire";
import type { Agent } from "../../agent.ts";
import type { Viewer } from "../../../authorization/viewer.ts";

const NANOSECONDS_IN_MS = 1e6;

/** A time in milliseconds as messages carry it. */
export function timeInfo(timeMs: number): TimeInfo {
  return { nanoseconds: Math.round(timeMs * NANOSECONDS_IN_MS) };
}

function shown(resources: readonly Resource[]): Resource[] {
  return resources.map(toEndpointResource);
}

function listOf<K extends string>(key: K, resources: readonly Resource[]): { [P in K]?: Resource[] } {
  return (resources.length > 0 ? { [key]: shown(resources) } : {}) as { [P in K]?: Resource[] };
}

/** An agent as it described itself, but for resources that may not be seen. */
export function seenInfo(info: AgentInfo, viewer: Viewer): AgentInfo {
  const { resources = [], ...rest } = info;
  const seen = viewer.resources(resources);
  return seen.length > 0 ? { ...rest, resources: [...seen] } : rest;
}

/** @see Mesos src/common/protobuf_utils.cpp createAgentResponse */
export function agentResponse(agent: Agent, viewer: Viewer): MasterResponseGetAgentsAgent {
  const used = [...agent.usedResources.values()].reduce(addResources, []);
  const providers = [...agent.resourceProviders.values()];
  return {
    agent_info: seenInfo(agent.info, viewer),
    active: agent.active,
    deactivated: agent.deactivated,
    version: agent.version,
    pid: agent.pid,
    registered_time: timeInfo(agent.registeredTime),
    ...(agent.reregisteredTime > 0 ? { reregistered_time: timeInfo(agent.reregisteredTime) } : {}),
    ...listOf("total_resources", viewer.resources(agent.totalResources)),
    ...listOf("allocated_resources", viewer.resources(used)),
    ...listOf("offered_resources", viewer.resources(agent.offeredResources)),
    ...(agent.capabilities.size > 0
      ? { capabilities: [...agent.capabilities].map((type) => ({ type })) }
      : {}),
    ...(providers.length > 0
      ? {
          // As they are: Mesos neither hides these nor repeats their role.
          resource_providers: providers.map(({ info, totalResources }) => ({
            resource_provider_info: info,
            ...(totalResources.length > 0 ? { total_resources: [...totalResources] } : {}),
          })),
        }
      : {}),
    ...(agent.drainInfo ? { drain_info: agent.drainInfo } : {}),
    ...(agent.estimatedDrainStartTime === undefined
      ? {}
      : { estimated_drain_start_time: timeInfo(Math.trunc(agent.estimatedDrainStartTime / 1000) * 1000) }),
  };
}
