// Reasons that the allocator's own orders and sets enforce before any resource is looked at. Only `explain` asks them.
import { nextExpiryAt } from "../expiries.ts";
import { isOfferable } from "../is-offerable.ts";
import { notVisible } from "../explain/not-visible.ts";
import type { AgentEntry, AllocatorState } from "../state.ts";
import type { OfferFilter } from "./offer-filter.ts";

const heldOff: OfferFilter = {
  name: "held-off",
  applies: ({ heldOff: until, agents }) => until !== undefined && agents.size < until.agents,
  check: ({ heldOff: until }, _candidate, nowMs = 0) => until === undefined || until.untilMs <= nowMs,
  explain: ({ heldOff: until, agents }) =>
    `there is quota and the master has failed over: it waits for ${(until?.agents ?? 0) - agents.size} more agents`,
  untilMs: ({ heldOff: until }) => until?.untilMs,
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
  explain: (_state, { client, agent }, reader) => notVisible(agent.available, client, reader),
};

/** Whether the next cycle looks at the agent for everybody, although what was released on it could wait. */
function isLookedAt(state: AllocatorState, agent: AgentEntry, nowMs: number): boolean {
  const { dirtyAgents, expiries, quota } = state;
  if (dirtyAgents.has(agent) || (quota?.lookAgainAtMs ?? Infinity) <= nowMs) return true;
  // Asked for every role of every framework: an agent can have thousands of refusals, and mostly none of all has ended.
  if ((nextExpiryAt(expiries) ?? Infinity) > nowMs) return false;
  for (const refusals of agent.refusals.values()) {
    for (const { expiresAtMs } of refusals) if (expiresAtMs <= nowMs) return true;
  }
  return false;
}

const released: OfferFilter = {
  name: "released",
  applies: (state) => state.releasedAgents.size > 0,
  check: (state, { agent, client }, nowMs = 0) =>
    !state.releasedAgents.has(agent) ||
    state.freshClients.has(client) ||
    (state.releasedUntilMs ?? 0) <= nowMs ||
    isLookedAt(state, agent, nowMs),
  explain: () => "released or changed a moment ago, waits for the next allocation interval",
  untilMs: ({ releasedUntilMs }) => releasedUntilMs,
};

/** About the framework in its role; `explain` asks these first. */
export const frameworkStandingFilters: readonly OfferFilter[] = [
  heldOff,
  frameworkInactive,
  notSubscribed,
  suppressed,
];

/** About the agent. */
export const agentStandingFilters: readonly OfferFilter[] = [agentInactive, whitelist];

/** About what is free on it. */
export const freeFilters: readonly OfferFilter[] = [nothingFree, nothingVisible, released];
