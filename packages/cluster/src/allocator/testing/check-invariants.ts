// What must hold of an allocator's state after every `allocate`, whatever happened before.
/* oxlint-disable no-restricted-imports -- the allocator imports nothing of Node, its tests do */
import assert from "node:assert/strict";
import { addResources, containsResources, equalResources, unallocateResources } from "@mezzo/wire";
import { isOfferable } from "../is-offerable.ts";
import { planAgent } from "../plan-agent.ts";
import { type QuantityVector, addInto, vectorOf } from "../quantity-vector.ts";
import { orderedChildren } from "../shares/ordering.ts";
import { type ShareNode, compareShares } from "../shares/share-node.ts";
import { computeShare } from "../shares/share-tree.ts";
import type { AgentEntry, AllocatorState, Client } from "../state.ts";
import { checkQuotaBooks, checkQuotaPlans } from "./check-quota.ts";

function trimmed(vector: QuantityVector): QuantityVector {
  const last = vector.findLastIndex((amount) => amount !== 0);
  return vector.slice(0, last + 1);
}

function checkAgent(state: AllocatorState, agent: AgentEntry): void {
  let sum = agent.available;
  for (const held of agent.held) {
    assert.ok(held.resources.length > 0, "an empty holding is kept");
    assert.ok(state.holders.get(held.frameworkId)?.has(agent), "a holder is not indexed");
    sum = addResources(sum, unallocateResources(held.resources));
  }
  if (!agent.overcommitted)
    assert.ok(equalResources(sum, agent.total), `free and held of ${agent.id} are not its total`);
  else assert.ok(containsResources(agent.total, agent.available), `more is free on ${agent.id} than it has`);
  assert.equal(state.free.has(agent), agent.available.length > 0);
  assert.deepEqual(trimmed(agent.availableAmounts), trimmed(vectorOf(state.names, agent.available)));
}

function checkNode(state: AllocatorState, node: ShareNode<Client>): void {
  const order = orderedChildren(state.shares, node);
  const expected = order.toSorted(compareShares);
  assert.deepEqual(
    order.map(({ path }) => path),
    expected.map(({ path }) => path),
    `the order below ${node.path} is wrong`,
  );
  for (const child of order) {
    assert.ok(child.activeClients > 0);
    assert.equal(child.share, computeShare(state.shares, child), `the share of ${child.path} is stale`);
    checkNode(state, child);
  }
}

function checkSums(state: AllocatorState): void {
  const total: QuantityVector = [];
  const held: QuantityVector = [];
  for (const agent of state.agents.values()) {
    addInto(total, vectorOf(state.names, agent.total), 1);
    for (const holding of agent.held) {
      if (state.frameworks.has(holding.frameworkId))
        addInto(held, vectorOf(state.names, holding.resources), 1);
    }
  }
  assert.deepEqual(trimmed(state.shares.totals), trimmed(total), "the cluster's totals are wrong");
  assert.deepEqual(trimmed(state.shares.root.totals), trimmed(held), "the sum of all holdings is wrong");
  for (const framework of state.frameworks.values()) {
    for (const client of framework.clients.values()) {
      const own: QuantityVector = [];
      for (const agent of state.holders.get(framework.id) ?? []) {
        for (const holding of agent.held) {
          if (holding.frameworkId !== framework.id || holding.role !== client.role.name) continue;
          addInto(own, vectorOf(state.names, holding.resources), 1);
        }
      }
      assert.deepEqual(trimmed(client.node.totals), trimmed(own), `the sum of ${framework.id} is wrong`);
      assert.equal(client.active, framework.active && client.subscribed && !client.suppressed);
    }
  }
}

/** Checks sums, orders and indexes: as much work as there are agents and holdings. */
export function checkBooks(state: AllocatorState): void {
  for (const agent of state.agents.values()) checkAgent(state, agent);
  assert.ok(
    [...state.free].every((agent) => state.agents.get(agent.id) === agent),
    "a removed agent is free",
  );
  checkQuotaBooks(state);
  checkSums(state);
  checkNode(state, state.shares.root);
  for (const role of state.roles.values()) {
    assert.ok(
      role.clients.size > 0 ||
        role.children.size > 0 ||
        role.quota !== undefined ||
        role.reserved.some((amount) => amount > 0),
      "an empty role is kept",
    );
  }
}

/** Checks that nobody could be given anything more, by planning every agent again. */
export function checkNothingLeft(state: AllocatorState): void {
  // After a failover offers wait for agents, also when the quota for which they wait has ended meanwhile.
  if (state.heldOff !== undefined) return;
  for (const agent of state.agents.values()) {
    const waits = state.releasedAgents.has(agent);
    if (!isOfferable(state, agent) || state.quota !== undefined || waits) continue;
    // Not compared as a whole: a grant leads to everything there is.
    for (const { client } of planAgent(state, agent))
      assert.fail(`${agent.id} could still be offered to ${client.framework.id} in ${client.role.name}`);
  }
  checkQuotaPlans(state);
}

/** Checks both. For states without shared volumes. */
export function checkInvariants(state: AllocatorState): void {
  checkBooks(state);
  checkNothingLeft(state);
}
