// The allocator and the master tell the same of an agent: total, free, and who holds what in which role.
import {
  type Resource,
  addResources,
  equalResources,
  formatResources,
  sumResources,
  unallocateResources,
} from "@mezzo/wire";
import { DEFAULT_WEIGHT } from "../../../cluster/src/master/default-weight.ts";
import type { Agent } from "../../../cluster/src/master/agent.ts";
import type { Framework } from "../../../cluster/src/master/framework.ts";
import type { MasterState } from "../../../cluster/src/master/state.ts";
import { violationsOf } from "../trace/violation.ts";

const violate = violationsOf("allocator-agreement");

/** By framework id and role. */
function holdingsOf(state: MasterState, agent: Agent): Map<string, Resource[]> {
  const holdings = new Map<string, Resource[]>();
  const add = (frameworkId: string, resources: readonly Resource[]): void => {
    for (const resource of resources) {
      const key = `${frameworkId} in ${resource.allocation_info?.role ?? ""}`;
      holdings.set(key, addResources(holdings.get(key) ?? [], [resource]));
    }
  };
  for (const [frameworkId, resources] of agent.usedResources) add(frameworkId, resources);
  for (const offerId of agent.offers) {
    const record = state.offers.get(offerId);
    if (record !== undefined) add(record.frameworkId, record.offer.resources ?? []);
  }
  return holdings;
}

/** Checks an agent that the master has registered. */
export function checkAgentAllocation(state: MasterState, agent: Agent): void {
  const entry = state.allocator.agents.get(agent.id);
  if (entry === undefined) return violate(`Agent ${agent.id} is unknown to the allocator`, [agent.id]);
  if (entry.active !== agent.active) {
    violate(`Agent ${agent.id} is ${agent.active ? "" : "not "}active, the allocator differs`, [agent.id]);
  }
  if (!equalResources(entry.total, agent.totalResources)) {
    violate(`Agent ${agent.id} has another total in the allocator`, [agent.id]);
  }
  const expected = holdingsOf(state, agent);
  for (const { frameworkId, role, resources } of entry.held) {
    const key = `${frameworkId} in ${role}`;
    const own = expected.get(key) ?? [];
    expected.delete(key);
    if (!equalResources(own, resources)) {
      violate(
        `Agent ${agent.id}: for the allocator ${key} holds ${formatResources(resources)}, ` +
          `for the master ${formatResources(own)}`,
        [agent.id, frameworkId],
      );
    }
  }
  for (const [key, resources] of expected) {
    violate(
      `Agent ${agent.id}: the allocator does not know that ${key} holds ${formatResources(resources)}`,
      [agent.id, key.slice(0, key.indexOf(" "))],
    );
  }
  const held = unallocateResources(sumResources(entry.held.map(({ resources }) => resources)));
  if (!entry.overcommitted && !equalResources(addResources(held, entry.available), entry.total)) {
    violate(
      `Agent ${agent.id}: free ${formatResources(entry.available)} and held ${formatResources(held)} ` +
        `are not its total ${formatResources(entry.total)}`,
      [agent.id],
    );
  }
}

/** Checks a framework that the master has registered. */
export function checkFrameworkAllocation(state: MasterState, framework: Framework): void {
  const { id } = framework;
  const entry = state.allocator.frameworks.get(id);
  if (entry === undefined) return violate(`Framework ${id} is unknown to the allocator`, [id]);
  if (entry.active !== framework.active) {
    violate(`Framework ${id} is ${framework.active ? "" : "not "}active, the allocator differs`, [id]);
  }
  for (const role of framework.roles) {
    const client = entry.clients.get(role);
    if (client?.subscribed !== true)
      violate(`Framework ${id} is not subscribed to ${role} in the allocator`, [id]);
    if (client?.suppressed !== framework.suppressedRoles.has(role)) {
      violate(`Framework ${id} and the allocator differ about suppressing ${role}`, [id]);
    }
  }
  return undefined;
}

/** Both weigh roles alike; quota is compared in the master's own invariants. */
export function checkWeights({ weights, allocator }: MasterState): void {
  for (const role of new Set([...weights.keys(), ...allocator.weights.keys()])) {
    const shown = weights.get(role) ?? DEFAULT_WEIGHT;
    const used = allocator.weights.get(role) ?? DEFAULT_WEIGHT;
    if (shown !== used) violate(`Role ${role} weighs ${shown}, for the allocator ${used}`, [role]);
  }
}

/** Nobody is in the allocator alone. */
export function checkAllocatorMembers(state: MasterState): void {
  for (const id of state.allocator.agents.keys()) {
    if (!state.agents.registered.has(id)) violate(`Agent ${id} is in the allocator alone`, [id]);
  }
  for (const id of state.allocator.frameworks.keys()) {
    if (!state.frameworks.registered.has(id)) violate(`Framework ${id} is in the allocator alone`, [id]);
  }
}
