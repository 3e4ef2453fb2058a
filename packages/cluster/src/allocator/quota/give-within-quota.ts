// The two stages of a run where some role has quota. A cycle that is foreseen goes through the same, on views of the agents.
import { type Resource, isShared } from "@mezzo/wire";
import { concerned, shuffle } from "../candidates.ts";
import type { Grant } from "../plan-agent.ts";
import type { AgentEntry, AllocatorState } from "../state.ts";
import { planGuarantee, planWithinQuota } from "./plan-within-quota.ts";
import type { QuotaLedger } from "./quota-ledger.ts";

const NOTHING: readonly Resource[] = [];

/** What a run looks at, and what becomes of a grant. */
interface Giving {
  /** In the order in which they are looked at; shuffled again between the stages. */
  readonly agents: AgentEntry[];
  /** Books the grant: less is free on the agent afterwards, and in the ledger. */
  readonly give: (agent: AgentEntry, grant: Grant) => void;
  /** When the run is only foreseen: refusals that have ended by then do not count. */
  readonly nowMs?: number;
}

/** Agent by agent, one grant after the other: each changes what quota leaves to the next. */
export function giveWithinQuota(
  state: AllocatorState,
  quota: QuotaLedger,
  { agents, give, nowMs }: Giving,
): void {
  const offeredShared = new Map<AgentEntry, readonly Resource[]>();
  const stage = (plan: typeof planWithinQuota, isOver: () => boolean): void => {
    for (const agent of agents) {
      if (agent.available.length === 0) continue;
      if (isOver()) return;
      const only = concerned(state, agent);
      while (agent.available.length > 0) {
        const shared = agent.hasShared ? (offeredShared.get(agent) ?? NOTHING) : NOTHING;
        const { grant, withheld } = plan(state, quota, { agent, only, offeredShared: shared, nowMs });
        if (withheld) quota.withheld = true;
        if (grant === undefined) break;
        if (agent.hasShared) offeredShared.set(agent, [...shared, ...grant.resources.filter(isShared)]);
        give(agent, grant);
      }
    }
  };
  if (quota.unsatisfied.size > 0) {
    stage(planGuarantee, () => quota.unsatisfied.size === 0);
    // The first stage takes from the front of the list; the second begins elsewhere.
    shuffle(state, agents);
  }
  stage(planWithinQuota, () => false);
}
