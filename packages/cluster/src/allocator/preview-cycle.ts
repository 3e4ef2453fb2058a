// The next cycle where no role has quota: the same walk, agent by agent, with no books but the order of shares. What a cycle
// gives out of one agent changes nothing on another, so that no agent has to be copied.
import type { Resource } from "@mezzo/wire";
import type { Allocation } from "./allocate.ts";
import { candidates, concerned } from "./candidates.ts";
import { mustWait } from "./hold-off.ts";
import { type Grant, planAgent } from "./plan-agent.ts";
import { vectorOf } from "./quantity-vector.ts";
import { charge } from "./shares/charge.ts";
import { type OrderCopy, copyOrder } from "./shares/copy-order.ts";
import type { AgentEntry, AllocatorState, Client, Refusal } from "./state.ts";

/** What somebody will be given, as it is free now: without `allocation_info`. */
export type Given = Omit<Allocation, "resources"> & { readonly resources: readonly Resource[] };

/** In the order in which they end. */
function endedRefusals({ expiries }: AllocatorState, nowMs: number): Refusal[] {
  const ended = expiries.entries.filter(({ removed, expiresAtMs }) => !removed && expiresAtMs <= nowMs);
  return ended.sort((left, right) => left.expiresAtMs - right.expiresAtMs || left.sequence - right.sequence);
}

/** The agents that will be dirty when the cycle begins. */
function dirtyAt(state: AllocatorState, nowMs: number): Set<AgentEntry> {
  const isReleased = state.releasedUntilMs !== undefined && state.releasedUntilMs <= nowMs;
  const ended = endedRefusals(state, nowMs);
  if (!isReleased && ended.length === 0) return state.dirtyAgents;
  const dirty = new Set(state.dirtyAgents);
  if (isReleased) for (const agent of state.releasedAgents) dirty.add(agent);
  for (const { agent } of ended) dirty.add(agent);
  return dirty;
}

/** Charges what a grant would: a plain amount, for shared volumes are not previewed. */
function chargeGrant(
  { names }: AllocatorState,
  { tree, nodes }: OrderCopy<Client>,
  { agent, grant }: { agent: AgentEntry; grant: Grant },
): void {
  const node = nodes.get(grant.client.node);
  if (node === undefined)
    throw new Error(`Cannot preview: framework ${grant.client.framework.id} is in no order`);
  const { resources } = grant;
  const amounts = resources === agent.available ? agent.availableAmounts : vectorOf(names, resources);
  charge(tree, node, { amounts, sharedAmountsAt: undefined, times: 1 });
}

/**
 * What `allocate` would give out at `nowMs`; undefined where it takes more than the order of shares to say so: with quota,
 * and with shared volumes.
 */
export function previewCycle(state: AllocatorState, nowMs: number): Given[] | undefined {
  if (state.quota !== undefined) return undefined;
  const given: Given[] = [];
  if (mustWait(state, nowMs)) return given;
  const dice = { ...state.dice };
  const order = copyOrder(state.shares, dice);
  const view = { ...state, dice, shares: order.tree, dirtyAgents: dirtyAt(state, nowMs) };
  const agents = candidates(view);
  if (agents.some(({ hasShared }) => hasShared)) return undefined;
  for (const agent of agents) {
    for (const grant of planAgent(view, agent, { only: concerned(view, agent), nowMs })) {
      chargeGrant(view, order, { agent, grant });
      const { client, resources } = grant;
      given.push({
        frameworkId: client.framework.id,
        role: client.role.name,
        agentId: agent.id,
        resources,
      });
    }
  }
  return given;
}
