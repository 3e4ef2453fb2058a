// Filters that look at the agent as a whole (isCapableOfReceivingAgent and isFiltered in hierarchical.cpp).
import type { OfferFilter } from "./offer-filter.ts";

/** The framework's own constraints on attributes, hostname, region and zone (scheduler.proto OfferConstraints). */
export const offerConstraintsFilter: OfferFilter = {
  name: "offer-constraints",
  applies: (_state, client) => client.framework.constraints?.concerns(client.role.name) === true,
  check: (_state, { client, agent }) =>
    client.framework.constraints === undefined ||
    client.framework.constraints.accepts(client.role.name, agent.info),
  explain: (_state, { client }) =>
    `the framework's offer constraints for role ${client.role.name} exclude the agent`,
};

/** Agents with GPUs are kept for frameworks that ask for them. */
export const gpuFilter: OfferFilter = {
  name: "gpu",
  applies: (state, client) => state.filterGpuResources && !client.framework.capabilities.gpuResources,
  check: (_state, { agent }) => !agent.hasGpu,
  explain: () => "the agent has GPUs and the framework lacks the GPU_RESOURCES capability",
};

/** Agents of another region go to frameworks that know of regions. */
export const regionFilter: OfferFilter = {
  name: "region",
  applies: (state, client) => state.masterRegion !== undefined && !client.framework.capabilities.regionAware,
  check: (state, { agent }) => {
    const region = agent.info.domain?.fault_domain?.region.name;
    return region === undefined || region === state.masterRegion;
  },
  explain: (state, { agent }) =>
    `the agent is in region ${agent.info.domain?.fault_domain?.region.name ?? ""}, the master in ` +
    `${state.masterRegion ?? ""}, and the framework lacks the REGION_AWARE capability`,
};

/** A MULTI_ROLE framework cannot use an agent that does not know allocation roles. */
export const multiRoleFilter: OfferFilter = {
  name: "multi-role",
  applies: (_state, client) => client.framework.capabilities.multiRole,
  check: (_state, { agent }) => agent.capabilities.multiRole,
  explain: () => "the framework is MULTI_ROLE and the agent is not",
};

/** A hierarchical role cannot use an agent that does not know them. */
export const hierarchicalRoleFilter: OfferFilter = {
  name: "hierarchical-role",
  applies: (_state, client) => client.role.name.includes("/"),
  check: (_state, { agent }) => agent.capabilities.hierarchicalRole,
  explain: (_state, { client }) =>
    `role ${client.role.name} is hierarchical and the agent lacks HIERARCHICAL_ROLE`,
};
