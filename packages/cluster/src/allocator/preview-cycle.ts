// The next cycle without its books: the same walk, agent by agent, over copies of what decides who comes next. That is the
// order of shares and, with quota, the ledger and what is free on the agents that are looked at; nobody's holdings are.
import { type Resource, subtractResources } from "@mezzo/wire";
import type { Allocation } from "./allocate.ts";
import { candidates, concerned } from "./candidates.ts";
import { expiredBy } from "./expiries.ts";
import { type ForeseenParts, foreseenState } from "./foreseen-state.ts";
import { setAvailable } from "./holdings.ts";
import { mustWait } from "./hold-off.ts";
import { releaseDue } from "./mark-released.ts";
import { type Grant, planAgent } from "./plan-agent.ts";
import { type QuantityVector, vectorOf } from "./quantity-vector.ts";
import { giveWithinQuota } from "./quota/give-within-quota.ts";
import { lookAgainIfDue, planLookAgain } from "./quota/look-again.ts";
import { type QuotaLedger, chargeQuota, foreseenLedger, quotaAmounts } from "./quota/quota-ledger.ts";
import { charge } from "./shares/charge.ts";
import { copyOrder } from "./shares/copy-order.ts";
import { nodeIn } from "./shares/share-tree.ts";
import type { AgentEntry, AllocatorState, Client } from "./state.ts";

const NOTHING: readonly Resource[] = [];

/** What somebody will be given, as it is free now: without `allocation_info`. */
export type Given = Omit<Allocation, "resources"> & { readonly resources: readonly Resource[] };

/** The agents that will be dirty when the cycle begins. */
function dirtyAt(state: AllocatorState, nowMs: number): Set<AgentEntry> {
  const isReleased = state.releasedUntilMs !== undefined && state.releasedUntilMs <= nowMs;
  const ended = expiredBy(state.expiries, nowMs);
  if (!isReleased && ended.length === 0) return state.dirtyAgents;
  const dirty = new Set(state.dirtyAgents);
  if (isReleased) for (const agent of state.releasedAgents) dirty.add(agent);
  for (const { agent } of ended) dirty.add(agent);
  return dirty;
}

/** Charges what a grant would, and says how much that is: a plain amount, for shared volumes are not previewed. */
function chargeGrant({ names, shares }: AllocatorState, agent: AgentEntry, grant: Grant): QuantityVector {
  const { client, resources } = grant;
  const amounts = resources === agent.available ? agent.availableAmounts : vectorOf(names, resources);
  charge(shares, nodeIn(shares, client.node), { amounts, sharedAmountsAt: undefined, times: 1 });
  return amounts;
}

function givenOf(agent: AgentEntry, { client, resources }: Grant): Given {
  return { frameworkId: client.framework.id, role: client.role.name, agentId: agent.id, resources };
}

/** What a cycle gives out, and the state it leaves. What was given is still free in it: it answers for all other agents. */
export interface NextCycle {
  readonly given: readonly Given[];
  readonly after: AllocatorState;
}

/** What the cycle changes, before anything is looked at. */
function partsOf(state: AllocatorState, nowMs: number): ForeseenParts {
  const dice = { seed: state.dice.seed };
  return {
    dice,
    shares: copyOrder(state.shares, dice),
    quota: undefined,
    free: state.free,
    dirtyAgents: dirtyAt(state, nowMs),
    freshClients: state.freshClients,
    releasedAgents: state.releasedAgents,
    releasedUntilMs: state.releasedUntilMs,
  };
}

/** What one agent gives out changes nothing on another, so that no agent has to be copied; what is left was given to nobody. */
function previewFree(state: AllocatorState, nowMs: number): NextCycle | undefined {
  const given: Given[] = [];
  const view = foreseenState(state, partsOf(state, nowMs));
  const agents = candidates(view);
  if (agents.some(({ hasShared }) => hasShared)) return undefined;
  for (const agent of agents) {
    for (const grant of planAgent(view, agent, { only: concerned(view, agent), nowMs })) {
      chargeGrant(view, agent, grant);
      given.push(givenOf(agent, grant));
    }
  }
  return { given, after: state };
}

/** Gives out copies of the agents, with grants that are booked on these alone. */
function giveCopies(
  view: AllocatorState,
  quota: QuotaLedger,
  { agents, nowMs }: { agents: AgentEntry[]; nowMs: number },
): Given[] {
  const given: Given[] = [];
  const give = (agent: AgentEntry, grant: Grant): void => {
    const { client, resources } = grant;
    const charged = chargeGrant(view, agent, grant);
    const amounts = agent.plain ? charged : quotaAmounts(view.names, resources);
    chargeQuota(view, client.role, { resources, sign: 1, amounts });
    const rest = resources === agent.available ? NOTHING : subtractResources(agent.available, resources);
    setAvailable(view, agent, rest);
    given.push(givenOf(agent, grant));
  };
  giveWithinQuota(view, quota, { agents, give, nowMs });
  return given;
}

/** The stages of `allocate` themselves. */
function previewWithin(state: AllocatorState, ledger: QuotaLedger, nowMs: number): NextCycle | undefined {
  const quota = foreseenLedger(ledger);
  const releasedAgents = new Set(state.releasedAgents);
  const parts = { ...partsOf(state, nowMs), quota, releasedAgents };
  const before = foreseenState(state, { ...parts, dirtyAgents: new Set(parts.dirtyAgents) });
  releaseDue(before, nowMs);
  lookAgainIfDue(before, nowMs);
  const { freshClients, releasedUntilMs } = before;
  const dirtyAgents = new Set<AgentEntry>();
  const offerable = candidates(before);
  if (offerable.some(({ hasShared }) => hasShared)) return undefined;
  const agents = offerable.map((agent) => {
    const copy = { ...agent };
    // Without fresh clients nobody asks which are dirty: all are.
    if (freshClients.size > 0 && before.dirtyAgents.has(agent)) dirtyAgents.add(copy);
    return copy;
  });
  const view = foreseenState(state, { ...parts, free: new Set(), dirtyAgents });
  const given = giveCopies(view, quota, { agents, nowMs });
  planLookAgain(view, nowMs);
  const nothing = { dirtyAgents: new Set<AgentEntry>(), freshClients: new Set<Client>() };
  return { given, after: foreseenState(state, { ...parts, ...nothing, releasedUntilMs }) };
}

/** What `allocate` would give out at `nowMs`, and what it would leave; undefined with shared volumes, which take all the books. */
export function previewCycle(state: AllocatorState, nowMs: number): NextCycle | undefined {
  if (mustWait(state, nowMs)) return { given: [], after: state };
  return state.quota === undefined ? previewFree(state, nowMs) : previewWithin(state, state.quota, nowMs);
}
