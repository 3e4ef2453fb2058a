// Snapshot in, plan out, where some role has quota: the next grant of an agent. Nothing is booked here; since a grant changes
// what the next may be, there is one at a time, until there is none.
import { type Resource, equalResource, isShared } from "@mezzo/wire";
import { type Grant, passesAll, visibleTo } from "../plan-agent.ts";
import { createUrn, drawAll } from "../shares/draw.ts";
import { compareShares } from "../shares/share-node.ts";
import { orderedChildren } from "../shares/ordering.ts";
import type { QuantityVector } from "../quantity-vector.ts";
import { nodeIn } from "../shares/share-tree.ts";
import { type WalkStep, walkClients } from "../shares/walk.ts";
import type { AgentEntry, AllocatorState, Client, RoleEntry } from "../state.ts";
import { type Bounds, type QuotaLedger, type RoleQuota, quotaAmounts, quotaOf } from "./quota-ledger.ts";
import {
  bothBounds,
  cutDown,
  exceeds,
  guaranteeBounds,
  headroomBounds,
  isWithinLimits,
  limitBounds,
} from "./quota-bounds.ts";

/** What is planned for. */
export interface QuotaRequest {
  agent: AgentEntry;
  /** The clients that may get something; all when undefined. */
  only: ReadonlySet<Client> | undefined;
  /** Shared volumes that were offered in this run: each is offered once. */
  offeredShared: readonly Resource[];
  /** When a cycle is foreseen: refusals that have ended by then do not count. */
  nowMs?: number | undefined;
}

/** The next grant, if any, and whether quota kept something from somebody on the way. */
export interface QuotaPlan {
  grant: Grant | undefined;
  withheld: boolean;
}

/** With so many times more roles than unsatisfied ones, those are sorted instead of looked for among all. */
const SORT_FACTOR = 16;

/** What a client sees of the agent's free resources. */
function seenBy(client: Client, { agent, offeredShared }: QuotaRequest): readonly Resource[] {
  const visible = visibleTo(client, agent, agent.available);
  if (offeredShared.length === 0) return visible;
  return visible.filter(
    (resource) => !isShared(resource) || !offeredShared.some((offered) => equalResource(offered, resource)),
  );
}

/** Asks one client after the other, until one takes something. */
class Search {
  readonly plan: QuotaPlan = { grant: undefined, withheld: false };
  readonly #state: AllocatorState;
  readonly #ledger: QuotaLedger;
  readonly #request: QuotaRequest;

  constructor(state: AllocatorState, ledger: QuotaLedger, request: QuotaRequest) {
    this.#state = state;
    this.#ledger = ledger;
    this.#request = request;
  }

  /** `bounds` are those beside the limits of the client's own roles. */
  consider(
    client: Client,
    bounds: Bounds,
    isWorthIt?: (resources: readonly Resource[]) => boolean,
  ): WalkStep {
    const { agent, only, nowMs } = this.#request;
    if (only !== undefined && !only.has(client)) return "next";
    const seen = seenBy(client, this.#request);
    if (seen.length === 0) return "next";
    // Mostly a client sees all there is, whose sum is known, and may have it.
    const { availableAmounts } = agent;
    const fits =
      seen === agent.available &&
      !exceeds(availableAmounts, bounds) &&
      isWithinLimits(this.#ledger, client, availableAmounts);
    const resources = fits ? seen : this.#cutDown(client, seen, bounds);
    if (resources !== seen) this.plan.withheld = true;
    if (resources.length === 0 || isWorthIt?.(resources) === false) return "next";
    if (!passesAll(this.#state, { client, agent, resources }, nowMs)) return "next";
    this.plan.grant = { client, resources };
    return "stop";
  }

  #cutDown(client: Client, seen: readonly Resource[], bounds: Bounds): readonly Resource[] {
    return cutDown(this.#state.names, seen, bothBounds(bounds, limitBounds(this.#ledger, client)));
  }
}

/** Unsatisfied roles with frameworks that want offers. */
function waitingRoles({ unsatisfied }: QuotaLedger): RoleEntry[] {
  return [...unsatisfied].filter(({ node }) => node.activeClients > 0);
}

/** The same at random by weight. */
function drawRoles(state: AllocatorState, ledger: QuotaLedger, visit: (role: RoleEntry) => WalkStep): void {
  const entries = waitingRoles(ledger);
  const urn = createUrn(entries.map(({ node }) => node.weight));
  for (const index of drawAll(urn, state.dice)) {
    const entry = entries[index];
    if (entry !== undefined && visit(entry) === "stop") return;
  }
}

/** Visits the roles to serve first, by share: unsatisfied ones with frameworks that want offers. */
function visitUnsatisfied(
  state: AllocatorState,
  ledger: QuotaLedger,
  visit: (role: RoleEntry) => WalkStep,
): void {
  if (state.shares.sorters.roles === "random") return drawRoles(state, ledger, visit);
  const order = orderedChildren(state.shares, state.shares.root);
  if (ledger.unsatisfied.size * SORT_FACTOR < order.length) {
    const entries = waitingRoles(ledger).sort((left, right) =>
      compareShares(nodeIn(state.shares, left.node), nodeIn(state.shares, right.node)),
    );
    for (const entry of entries) if (visit(entry) === "stop") return undefined;
    return undefined;
  }
  for (const { path } of order) {
    const entry = ledger.roles.get(path);
    if (entry === undefined || !ledger.unsatisfied.has(entry)) continue;
    if (visit(entry) === "stop") return undefined;
  }
  return undefined;
}

/**
 * The first stage: roles that lack some of their guarantee get what brings them nearer to it, with everything else on the agent
 * that their limits and the headroom of the others allow. Frameworks of their sub-roles count as theirs.
 * @see Mesos src/master/allocator/mesos/hierarchical.cpp __generateOffers
 */
export function planGuarantee(state: AllocatorState, ledger: QuotaLedger, request: QuotaRequest): QuotaPlan {
  const search = new Search(state, ledger, request);
  if (request.agent.available.length === 0) return search.plan;
  const headroom = headroomBounds(ledger);
  visitUnsatisfied(state, ledger, (entry) => {
    const quota = quotaOf(ledger, entry);
    if (quota === undefined) return "next";
    const bounds = guaranteeBounds(headroom, quota.unsatisfied);
    const helps = (resources: readonly Resource[]): boolean =>
      isProgress(amountsOf(state, request.agent, resources), quota);
    walkClients(
      state.shares,
      (client) => search.consider(client, bounds, helps),
      nodeIn(state.shares, entry.node),
    );
    return search.plan.grant === undefined ? "next" : "stop";
  });
  return search.plan;
}

function amountsOf(state: AllocatorState, agent: AgentEntry, resources: readonly Resource[]): QuantityVector {
  const isKnown = agent.plain && resources === agent.available;
  return isKnown ? agent.availableAmounts : quotaAmounts(state.names, resources);
}

function isProgress(amounts: QuantityVector, { unsatisfied }: RoleQuota): boolean {
  for (let index = 0; index < amounts.length; index++) {
    if ((amounts[index] ?? 0) > 0 && (unsatisfied[index] ?? 0) > 0) return true;
  }
  return false;
}

/** The second stage: everybody in order of share, as far as limits and the headroom for guarantees allow. */
export function planWithinQuota(
  state: AllocatorState,
  ledger: QuotaLedger,
  request: QuotaRequest,
): QuotaPlan {
  const search = new Search(state, ledger, request);
  const { agent, only } = request;
  if (agent.available.length === 0) return search.plan;
  const headroom = headroomBounds(ledger);
  if (agent.plain && exceeds(agent.availableAmounts, headroom)) {
    // Nobody can see more of the agent than this.
    if (cutDown(state.names, agent.available, headroom).length === 0) {
      search.plan.withheld = true;
      return search.plan;
    }
  }
  const visit = (client: Client): WalkStep => search.consider(client, headroom);
  if (only?.size === 1) for (const client of only) visit(client);
  else walkClients(state.shares, visit);
  return search.plan;
}
