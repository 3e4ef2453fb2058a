// What must hold of the books of quota after every `allocate`.
/* oxlint-disable no-restricted-imports -- the allocator imports nothing of Node, its tests do */
import assert from "node:assert/strict";
import { isStrictSubroleOf } from "@mezzo/wire";
import { isOfferable } from "../is-offerable.ts";
import { type QuantityVector, addInto } from "../quantity-vector.ts";
import { type QuotaLedger, quotaAmounts } from "../quota/quota-ledger.ts";
import { QuotaPlanner } from "../quota/quota-planner.ts";
import type { AllocatorState } from "../state.ts";

function trimmed(vector: QuantityVector): QuantityVector {
  return vector.slice(0, vector.findLastIndex((amount) => amount !== 0) + 1);
}

/** What known frameworks hold in the role and below it. */
function heldIn(state: AllocatorState, role: string): QuantityVector {
  const held: QuantityVector = [];
  for (const agent of state.agents.values()) {
    for (const holding of agent.held) {
      const isBelow = holding.role === role || isStrictSubroleOf(holding.role, role);
      if (!isBelow || !state.frameworks.has(holding.frameworkId)) continue;
      addInto(held, quotaAmounts(state.names, holding.resources), 1);
    }
  }
  return held;
}

function checkSums(state: AllocatorState, ledger: QuotaLedger): void {
  const free: QuantityVector = [];
  for (const agent of state.agents.values()) addInto(free, quotaAmounts(state.names, agent.available), 1);
  assert.deepEqual(trimmed(ledger.free), trimmed(free), "the sum of what is free is wrong");
  const required: QuantityVector = [];
  for (const [name, entry] of ledger.roles) {
    const { quota } = entry;
    assert.ok(quota !== undefined && state.roles.get(name) === entry, `the books of ${name} are lost`);
    assert.equal(ledger.books[quota.place], quota, `the books of ${name} are not at their place`);
    const held = heldIn(state, name);
    assert.deepEqual(trimmed(quota.held), trimmed(held), `the sum of ${name} is wrong`);
    const owed = quota.guarantees.map((guarantee, index) =>
      Math.max(0, guarantee - (entry.reserved[index] ?? 0) - (held[index] ?? 0)),
    );
    assert.deepEqual(trimmed(quota.unsatisfied), trimmed(owed), `what ${name} is owed is wrong`);
    assert.equal(ledger.unsatisfied.has(entry), trimmed(owed).length > 0);
    addInto(required, owed, 1);
  }
  assert.deepEqual(trimmed(ledger.required), trimmed(required), "what is owed in all is wrong");
}

/** Checks the sums. */
export function checkQuotaBooks(state: AllocatorState): void {
  const ledger = state.quota;
  if (ledger === undefined) return;
  assert.ok(ledger.roles.size > 0, "books without a role are kept");
  checkSums(state, ledger);
}

/** Checks that nobody could be given anything more, unless a look at all agents is planned. */
export function checkQuotaPlans(state: AllocatorState): void {
  const ledger = state.quota;
  if (ledger === undefined || ledger.lookAgainAtMs !== undefined) return;
  const planner = new QuotaPlanner(state, ledger);
  for (const agent of state.agents.values()) {
    // What is released or changed by an operator waits for the next tick.
    if (!isOfferable(state, agent) || state.releasedAgents.has(agent)) continue;
    const request = { agent, only: undefined, offeredShared: [] };
    const grant = planner.planGuarantee(request) ?? planner.planRest(request);
    assert.equal(grant, undefined, `${agent.id} could still be offered`);
  }
}
