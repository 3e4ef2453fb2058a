// Reasons that the allocator's own orders and sets enforce before any resource is looked at. Only `explain` asks them.
import { isOfferable } from "../is-offerable.ts";
import type { OfferFilter } from "./offer-filter.ts";

const heldOff: OfferFilter = {
  name: "held-off",
  applies: ({ heldOff: until, agents }) => until !== undefined && agents.size < until.agents,
  check: () => false,
  explain: ({ heldOff: until, agents }) =>
    `after a failover the master waits for ${(until?.agents ?? 0) - agents.size} more agents before it makes offers, ` +
    "for there is quota",
};

const frameworkInactive: OfferFilter = {
  name: "framework-inactive",
  applies: () => true,
  check: (_state, { client }) => client.framework.active,
  explain: () => "the framework is not connected",
};

const notSubscribed: OfferFilter = {
  name: "not-subscribed",
  applies: () => true,
  check: (_state, { client }) => client.subscribed,
  explain: (_state, { client }) =>
    `the framework has left role ${client.role.name}; it only still holds resources of it`,
};

const suppressed: OfferFilter = {
  name: "suppressed",
  applies: () => true,
  check: (_state, { client }) => !client.suppressed,
  explain: (_state, { client }) => `the framework has suppressed offers for role ${client.role.name}`,
};

const agentInactive: OfferFilter = {
  name: "agent-inactive",
  applies: () => true,
  check: (_state, { agent }) => agent.active,
  explain: () => "the agent is disconnected, deactivated or draining",
};

const whitelist: OfferFilter = {
  name: "whitelist",
  applies: (state) => state.whitelist !== undefined,
  check: (state, { agent }) => !agent.active || isOfferable(state, agent),
  explain: (_state, { agent }) => `host ${agent.info.hostname} is not on the master's whitelist`,
};

const nothingFree: OfferFilter = {
  name: "nothing-free",
  applies: () => true,
  check: (_state, { agent }) => agent.available.length > 0,
  explain: () => "everything on the agent is offered or in use",
};

const nothingVisible: OfferFilter = {
  name: "nothing-visible",
  applies: () => true,
  check: (_state, { agent, resources }) => agent.available.length === 0 || resources.length > 0,
  explain: (_state, { client }) =>
    `what is free is reserved outside role ${client.role.name}, or of a kind the framework lacks the capability for ` +
    "(SHARED_RESOURCES, REVOCABLE_RESOURCES, RESERVATION_REFINEMENT)",
};

/** In the order in which `explain` asks; all come before the offer filters. */
export const standingFilters: readonly OfferFilter[] = [
  heldOff,
  frameworkInactive,
  notSubscribed,
  suppressed,
  agentInactive,
  whitelist,
  nothingFree,
  nothingVisible,
];
