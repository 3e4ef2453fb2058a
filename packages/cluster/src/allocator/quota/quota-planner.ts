// Snapshot in, plan out, where some role has quota: the next grant of an agent. Nothing is booked here; since a grant changes
// what the next may be, there is one at a time, until there is none. There are as many questions as grants: one planner answers
// those of a whole run, and what a question is about is in its fields.
import { type Resource, equalResource, isShared } from "@mezzo/wire";
import { type Grant, passesAll, visibleTo } from "../plan-agent.ts";
import type { QuantityVector } from "../quantity-vector.ts";
import { type WalkStep, walkClients } from "../shares/walk.ts";
import type { AgentEntry, AllocatorState, Client, RoleEntry } from "../state.ts";
import { type Bounds, type QuotaLedger, type RoleQuota, quotaAmounts, quotaOf } from "./quota-ledger.ts";
import {
  NOTHING_OWED,
  bothBounds,
  cutDown,
  fitsQuota,
  guaranteeBounds,
  headroomBounds,
  isWithinHeadroom,
  limitBounds,
} from "./quota-bounds.ts";
import { visitUnsatisfied } from "./visit-unsatisfied.ts";

/** What is planned for. */
export interface QuotaRequest {
  agent: AgentEntry;
  /** The clients that may get something; all when undefined. */
  only: ReadonlySet<Client> | undefined;
  /** Shared volumes that were offered in this run: each is offered once. */
  offeredShared: readonly Resource[];
}

/** What a client sees of the agent's free resources. */
function seenBy(client: Client, { agent, offeredShared }: QuotaRequest): readonly Resource[] {
  const visible = visibleTo(client, agent, agent.available);
  if (offeredShared.length === 0) return visible;
  return visible.filter(
    (resource) => !isShared(resource) || !offeredShared.some((offered) => equalResource(offered, resource)),
  );
}

function isProgress(amounts: QuantityVector, { unsatisfied }: RoleQuota): boolean {
  for (let index = 0; index < amounts.length; index++) {
    if ((amounts[index] ?? 0) > 0 && (unsatisfied[index] ?? 0) > 0) return true;
  }
  return false;
}

export class QuotaPlanner {
  readonly #state: AllocatorState;
  readonly #ledger: QuotaLedger;
  readonly #nowMs: number | undefined;
  #request: QuotaRequest | undefined;
  /** Beside the limits of the client's own roles; worked out when somebody has to be kept to them. */
  #bounds: Bounds | undefined;
  /** What a grant has to bring nearer to its guarantee; undefined when it need not. */
  #helped: RoleQuota | undefined;
  #grant: Grant | undefined;
  #withheld = false;

  /** `nowMs` when a run is foreseen: refusals that have ended by then do not count. */
  constructor(state: AllocatorState, ledger: QuotaLedger, nowMs?: number) {
    this.#state = state;
    this.#ledger = ledger;
    this.#nowMs = nowMs;
  }

  /** Whether quota has kept anything from anybody so far. */
  get withheld(): boolean {
    return this.#withheld;
  }

  /**
   * The first stage: roles that lack some of their guarantee get what brings them nearer to it, with everything else on the
   * agent that their limits and the headroom of the others allow. Frameworks of their sub-roles count as theirs.
   * @see Mesos src/master/allocator/mesos/hierarchical.cpp __generateOffers
   */
  planGuarantee(request: QuotaRequest): Grant | undefined {
    this.#begin(request);
    if (request.agent.available.length === 0) return undefined;
    visitUnsatisfied(this.#state, this.#ledger, this.#serve);
    return this.#grant;
  }

  /** The second stage: everybody in order of share, as far as limits and the headroom for guarantees allow. */
  planRest(request: QuotaRequest): Grant | undefined {
    this.#begin(request);
    const { agent, only } = request;
    if (agent.available.length === 0) return undefined;
    if (agent.plain && !isWithinHeadroom(this.#ledger, agent.availableAmounts, NOTHING_OWED)) {
      // Nobody can see more of the agent than this.
      if (cutDown(this.#state.names, agent.available, headroomBounds(this.#ledger)).length === 0) {
        this.#withheld = true;
        return undefined;
      }
    }
    if (only?.size === 1) for (const client of only) this.#consider(client);
    else walkClients(this.#state.shares, this.#consider);
    return this.#grant;
  }

  #begin(request: QuotaRequest): void {
    this.#request = request;
    this.#bounds = undefined;
    this.#helped = undefined;
    this.#grant = undefined;
  }

  /** Asks a client that may get what its role is owed. */
  readonly #serve = (client: Client, role: RoleEntry): WalkStep => {
    const quota = quotaOf(this.#ledger, role);
    if (quota !== this.#helped) {
      this.#helped = quota;
      this.#bounds = undefined;
    }
    return this.#consider(client);
  };

  /** Asks one client after the other, until one takes something. */
  readonly #consider = (client: Client): WalkStep => {
    const request = this.#request;
    if (request === undefined || request.only?.has(client) === false) return "next";
    const { agent } = request;
    const seen = seenBy(client, request);
    if (seen.length === 0) return "next";
    const resources = this.#fitting(client, agent, seen);
    if (resources !== seen) this.#withheld = true;
    if (resources.length === 0) return "next";
    if (this.#helped !== undefined && !isProgress(this.#amountsOf(agent, resources), this.#helped))
      return "next";
    if (!passesAll(this.#state, { client, agent, resources }, this.#nowMs)) return "next";
    this.#grant = { client, resources };
    return "stop";
  };

  /** As much of it as the client may have. */
  #fitting(client: Client, agent: AgentEntry, seen: readonly Resource[]): readonly Resource[] {
    const owed = this.#helped?.unsatisfied ?? NOTHING_OWED;
    if (fitsQuota(this.#ledger, { client, agent, resources: seen }, owed)) return seen;
    this.#bounds ??= guaranteeBounds(headroomBounds(this.#ledger), owed);
    return cutDown(this.#state.names, seen, bothBounds(this.#bounds, limitBounds(this.#ledger, client)));
  }

  #amountsOf(agent: AgentEntry, resources: readonly Resource[]): QuantityVector {
    const isKnown = agent.plain && resources === agent.available;
    return isKnown ? agent.availableAmounts : quotaAmounts(this.#state.names, resources);
  }
}
