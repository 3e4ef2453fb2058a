// What a framework and an agent can understand, as flags read once instead of lists searched on every offer.
import type { AgentInfoCapabilityType, FrameworkInfo } from "@mezzo/wire";

export interface FrameworkCapabilities {
  readonly gpuResources: boolean;
  readonly multiRole: boolean;
  readonly regionAware: boolean;
  readonly reservationRefinement: boolean;
  readonly revocableResources: boolean;
  readonly sharedResources: boolean;
}

export interface AgentCapabilities {
  readonly hierarchicalRole: boolean;
  readonly multiRole: boolean;
}

/** The capabilities of a framework that decide what it may be offered. */
export function frameworkCapabilitiesOf(info: FrameworkInfo): FrameworkCapabilities {
  const types = new Set((info.capabilities ?? []).map((capability) => capability.type));
  return {
    gpuResources: types.has("GPU_RESOURCES"),
    multiRole: types.has("MULTI_ROLE"),
    regionAware: types.has("REGION_AWARE"),
    reservationRefinement: types.has("RESERVATION_REFINEMENT"),
    revocableResources: types.has("REVOCABLE_RESOURCES"),
    sharedResources: types.has("SHARED_RESOURCES"),
  };
}

/** The capabilities of an agent that decide who may be offered it. */
export function agentCapabilitiesOf(types: readonly AgentInfoCapabilityType[]): AgentCapabilities {
  return { hierarchicalRole: types.includes("HIERARCHICAL_ROLE"), multiRole: types.includes("MULTI_ROLE") };
}

/** The roles a framework subscribes to: `roles` when MULTI_ROLE, else `role`, `*` by default. */
export function rolesOf(info: FrameworkInfo): string[] {
  const multiRole = (info.capabilities ?? []).some((capability) => capability.type === "MULTI_ROLE");
  return multiRole ? [...new Set(info.roles)] : [info.role ?? "*"];
}
