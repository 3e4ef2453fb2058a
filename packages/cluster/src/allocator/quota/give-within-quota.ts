// The two stages of a run where some role has quota. A cycle that is foreseen goes through the same, on views of the agents.
import { type Resource, isShared } from "@mezzo/wire";
import { concerned, shuffle } from "../candidates.ts";
import type { Grant } from "../plan-agent.ts";
import type { AgentEntry, AllocatorState } from "../state.ts";
import type { QuotaLedger } from "./quota-ledger.ts";
import { QuotaPlanner, type QuotaRequest } from "./quota-planner.ts";

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
  const planner = new QuotaPlanner(state, quota, nowMs);
  const offeredShared = new Map<AgentEntry, readonly Resource[]>();
  const giveAll = (agent: AgentEntry, plan: (request: QuotaRequest) => Grant | undefined): void => {
    const request = { agent, only: concerned(state, agent), offeredShared: NOTHING };
    while (agent.available.length > 0) {
      if (agent.hasShared) request.offeredShared = offeredShared.get(agent) ?? NOTHING;
      const grant = plan(request);
      if (grant === undefined) break;
      if (agent.hasShared)
        offeredShared.set(agent, [...request.offeredShared, ...grant.resources.filter(isShared)]);
      give(agent, grant);
    }
  };
  const planGuarantee = (request: QuotaRequest): Grant | undefined => planner.planGuarantee(request);
  const planRest = (request: QuotaRequest): Grant | undefined => planner.planRest(request);
  let rest = agents;
  if (quota.unsatisfied.size > 0) {
    rest = [];
    let isOver = false;
    for (const agent of agents) {
      isOver ||= quota.unsatisfied.size === 0;
      if (!isOver) giveAll(agent, planGuarantee);
      if (isOver || agent.available.length > 0) rest.push(agent);
    }
    // The first stage takes from the front of the list; the second begins elsewhere.
    shuffle(state, rest);
  }
  for (const agent of rest) giveAll(agent, planRest);
  if (planner.withheld) quota.withheld = true;
}
