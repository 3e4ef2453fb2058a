// GET /state: everything the agent shows of itself (docs/endpoints/slave/state.md of Mesos).
import {
  isReserved,
  isUnreserved,
  reservationRole,
  toEndpointResource,
  toJson,
  type Resource,
} from "@mezzo/wire";
import { logFlags } from "../../core/flags/log-flags.ts";
import type { Viewer } from "../../authorization/viewer.ts";
import { AGENT_CAPABILITIES } from "../registration/capabilities.ts";
import type { AgentState } from "../state.ts";
import { allocatedResources, totalResources } from "./allocated-resources.ts";
import { attributesModel } from "./models/attributes-model.ts";
import { frameworkModel } from "./models/framework-model.ts";
import { resourcesModel } from "./models/resources-model.ts";
import { versionModel } from "./models/version-model.ts";

/** The whole answer. Pure. */
export function stateModel(state: AgentState, viewer: Viewer): object {
  const total = totalResources(state);
  const allocated = allocatedResources(state);
  const seen = (list: readonly Resource[]): Resource[] =>
    list.filter((resource) => viewer.role(reservationRole(resource)));
  return {
    ...versionModel,
    start_time: state.startedAt / 1000,
    id: state.info.id?.value ?? "",
    pid: state.pid,
    hostname: state.info.hostname,
    capabilities: AGENT_CAPABILITIES,
    ...(state.info.domain && { domain: state.info.domain }),
    ...(state.drainConfig && { drain_config: toJson("DrainConfig", state.drainConfig) }),
    ...(state.drainStartedAt !== undefined && {
      estimated_drain_start_time_seconds: Math.floor(state.drainStartedAt / 1000),
    }),
    resources: resourcesModel(total),
    reserved_resources: byRole(seen(total), resourcesModel),
    unreserved_resources: resourcesModel(total.filter(isUnreserved)),
    reserved_resources_full: byRole(seen(total), inFull),
    unreserved_resources_full: inFull(total.filter(isUnreserved)),
    reserved_resources_allocated: byRole(seen(allocated), resourcesModel),
    unreserved_resources_allocated: resourcesModel(allocated.filter(isUnreserved)),
    resource_providers: [],
    attributes: attributesModel(state.info.attributes ?? []),
    ...(state.master !== undefined && { master_hostname: hostOf(state.master) }),
    ...(viewer.flags() && { ...logFlags(state.options.flags), flags: state.options.flags }),
    frameworks: [...state.frameworks.values()].map(frameworkModel),
    completed_frameworks: state.completedFrameworks.map(frameworkModel),
  };
}

function byRole<T>(resources: readonly Resource[], model: (list: Resource[]) => T): Record<string, T> {
  const reserved = Map.groupBy(
    resources.filter((resource) => isReserved(resource)),
    reservationRole,
  );
  return Object.fromEntries([...reserved].map(([role, list]) => [role, model(list)]));
}

function inFull(resources: readonly Resource[]): Resource[] {
  return resources.map((resource) => toJson("Resource", toEndpointResource(resource)));
}

/** The host of a libprocess pid. Mesos looks its name up, which may take as long as DNS takes. */
function hostOf(pid: string): string {
  const address = pid.slice(pid.indexOf("@") + 1);
  const host = address.slice(0, address.lastIndexOf(":"));
  return /^127\.|^\[?::1\]?$/.test(host) ? "localhost" : host;
}
