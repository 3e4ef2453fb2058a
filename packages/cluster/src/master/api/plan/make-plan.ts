// Answers POST /plan on a copy of live state, in slices that leave room for others.
import { type Resource, formatResources, quantitiesOf, unallocateResources } from "@mezzo/wire";
import { type Lack, type Obstacle, standingsOf } from "../../../allocator/explain/index.ts";
import { Planner } from "../../../allocator/plan/planner.ts";
import type { AgentEntry } from "../../../allocator/state.ts";
import { updateQuota } from "../../../allocator/update-quota.ts";
import { updateWeights } from "../../../allocator/update-weights.ts";
import type { Viewer } from "../../../authorization/viewer.ts";
import { seesFramework } from "../../authorization/seen-by.ts";
import type { OfferRecord } from "../../offer.ts";
import { quotaOf } from "../../quota.ts";
import type { MasterState } from "../../state.ts";
import { type ReasonGroup, addToGroups, groupText } from "../explain/reason-text.ts";
import type { Pause } from "../rendering/shared-rendering.ts";
import type { PlanQuestion } from "./parse-plan.ts";

/** Steps between two pauses: a step is an agent looked at or a copy placed, some ten microseconds. */
const SLICE_STEPS = 100;

/** Agents named one by one. */
const MAX_AGENTS_SHOWN = 100;

/** Who holds something of an agent; of whom the caller may not see, only how much. */
interface Holder {
  framework_id?: string;
  role?: string;
  resources: string;
  /** Whether there are offers among it, which come back by themselves. */
  offered: boolean;
}

/** What a plan is made with. */
interface PlanTools {
  pause: Pause;
  nowMs: number;
  viewer: Viewer;
}

interface Stage {
  /** Copies placed. */
  fits: number;
  /** Agent → copies. */
  agents: Map<AgentEntry, number>;
}

/** One plan in the making. */
class Making {
  /** By agent, as of the moment the copy was made. */
  readonly #offers: ReadonlyMap<string, OfferRecord[]>;
  readonly #question: PlanQuestion;
  readonly #pause: Pause;
  readonly #planner: Planner;
  /** Agents that are no question of what is free. */
  #usable: AgentEntry[] = [];
  readonly #groups = new Map<string, ReasonGroup>();
  readonly #nowMs: number;
  /** Whether the caller may see the framework and for which roles these are reserved. */
  readonly #isSeen: (frameworkId: string, resources: readonly Resource[]) => boolean;
  #missing: number;
  #steps = 0;

  constructor(state: MasterState, question: PlanQuestion, { pause, nowMs, viewer }: PlanTools) {
    this.#isSeen = (id, resources) =>
      seesFramework(viewer, state.frameworks.registered.get(id)) &&
      unallocateResources(resources).every((each) => viewer.resource(each));
    this.#offers = Map.groupBy(state.offers.values(), ({ agentId }) => agentId);
    this.#question = question;
    this.#pause = pause;
    this.#nowMs = nowMs;
    this.#missing = question.count;
    const { role, need, frameworkId } = question;
    const framework = frameworkId === undefined ? undefined : state.frameworks.registered.get(frameworkId);
    const constraints =
      frameworkId === undefined ? undefined : state.allocator.frameworks.get(frameworkId)?.constraints;
    const like = framework && { info: framework.info, constraints };
    this.#planner = new Planner(state.allocator, { role, need, like });
    updateWeights(
      this.#planner.state,
      question.weights.map(({ role: of, weight }) => [of, weight]),
    );
    for (const config of question.quotas) updateQuota(this.#planner.state, config.role, quotaOf(config));
  }

  async make(): Promise<object> {
    const [standing] = standingsOf(this.#planner.state, [this.#planner.client]);
    await this.#lookAtAgents();
    const now = await this.#place({ quota: true });
    const hasQuota = this.#planner.state.quota !== undefined;
    const withoutQuota = hasQuota ? await this.#place({ quota: false }) : undefined;
    const keptByQuota = new Set(withoutQuota?.agents.keys());
    const noted = this.#missing > 0 || keptByQuota.size > 0 ? await this.#noteShortfalls(keptByQuota) : [];
    const returned = await this.#place({ quota: false, before: (agent) => this.#returnOffers(agent) });
    const freed = await this.#place({ quota: false, before: (agent) => this.#planner.freeAll(agent) });
    return {
      role: this.#question.role,
      task: formatResources(this.#question.need),
      count: this.#question.count,
      fits: now.fits,
      ...(standing?.rank === undefined ? {} : { rank: standing.rank, competitors: standing.competitors }),
      agents: shown(now).map(([agent, count]) => ({ ...nameOf(agent), count })),
      agents_used: now.agents.size,
      more: {
        ...(withoutQuota === undefined ? {} : { without_quota: withoutQuota.fits }),
        offers_returned: returned.fits,
        everything_freed: freed.fits,
        never: this.#missing,
      },
      obstacles: this.#obstacles(),
      to_free: this.#toFree(noted, returned, freed),
    };
  }

  /** Pauses now and then. */
  async #step(): Promise<void> {
    this.#steps++;
    if (this.#steps % SLICE_STEPS === 0) await this.#pause();
  }

  async #lookAtAgents(): Promise<void> {
    for (const agent of this.#planner.state.agents.values()) {
      const obstacle = this.#planner.obstacle(agent);
      if (obstacle === undefined) this.#usable.push(agent);
      else addToGroups(this.#groups, obstacle);
      await this.#step();
    }
  }

  /** Places what is missing as far as it goes, each agent filled before the next. */
  async #place(options: { quota: boolean; before?: (agent: AgentEntry) => void }): Promise<Stage> {
    const stage: Stage = { fits: 0, agents: new Map() };
    for (const agent of this.#usable) {
      if (this.#missing === 0) break;
      options.before?.(agent);
      while (this.#missing > 0 && this.#planner.place(agent, options)) {
        this.#missing--;
        stage.fits++;
        stage.agents.set(agent, (stage.agents.get(agent) ?? 0) + 1);
        await this.#step();
      }
      await this.#step();
    }
    return stage;
  }

  /** What one more copy lacks on each agent, the least first: later copies go to these first. */
  async #noteShortfalls(forQuota: ReadonlySet<AgentEntry>): Promise<Shortfall[]> {
    const shortfalls: Shortfall[] = [];
    const { role } = this.#question;
    for (const agent of this.#usable) {
      const lacks = this.#planner.lacks(agent);
      let obstacle: Obstacle = { role, filter: "task-short", reason: "too little is free", lacks };
      if (forQuota.has(agent)) obstacle = { role, filter: "quota", reason: "quota keeps it from the role" };
      else if (!this.#planner.fitsEmpty(agent)) {
        const reason = "the agent is too small for one more, even when empty";
        obstacle = { role, filter: "task-too-large", reason, lacks };
      }
      addToGroups(this.#groups, obstacle);
      if (this.#planner.fitsEmpty(agent))
        shortfalls.push({
          agent,
          size: this.#sizeOf(lacks),
          lacks: lacksText(lacks),
          holders: this.#holders(agent),
        });
      await this.#step();
    }
    shortfalls.sort((left, right) => left.size - right.size);
    this.#usable = shortfalls.map(({ agent }) => agent);
    return shortfalls;
  }

  /** The largest part of what is needed that lacks. */
  #sizeOf(lacks: readonly Lack[]): number {
    const needs = quantitiesOf(this.#question.need);
    return Math.max(0, ...lacks.map(({ name, amount }) => amount / (needs.get(name) ?? 1)));
  }

  #holders(agent: AgentEntry): Holder[] {
    const { frameworks } = this.#planner.state;
    const planned = this.#planner.client.framework;
    const offeredTo = new Set(this.#offers.get(agent.id)?.map(({ frameworkId }) => frameworkId));
    return agent.held
      .filter(({ frameworkId }) => frameworks.get(frameworkId) !== planned)
      .map(({ frameworkId, role, resources }) => ({
        ...(this.#isSeen(frameworkId, resources)
          ? { framework_id: frameworkId, role, resources: formatResources(unallocateResources(resources)) }
          : { resources: amountsText(resources) }),
        offered: offeredTo.has(frameworkId),
      }));
  }

  #returnOffers(agent: AgentEntry): void {
    for (const { offer } of this.#offers.get(agent.id) ?? [])
      this.#planner.free(agent, offer.resources ?? []);
  }

  #obstacles(): object[] {
    return [...this.#groups.values()]
      .toSorted((left, right) => right.agents - left.agents)
      .map((group) => ({
        agents: group.agents,
        filter: group.filter,
        reason: groupText(group, this.#nowMs),
      }));
  }

  /** The agents on which the later copies went, the least shortfall first. */
  #toFree(shortfalls: readonly Shortfall[], returned: Stage, freed: Stage): object[] {
    return shortfalls
      .filter(({ agent }) => returned.agents.has(agent) || freed.agents.has(agent))
      .slice(0, MAX_AGENTS_SHOWN)
      .map(({ agent, lacks, holders }) => ({
        ...nameOf(agent),
        lacks,
        count: (returned.agents.get(agent) ?? 0) + (freed.agents.get(agent) ?? 0),
        holders,
      }));
  }
}

interface Shortfall {
  agent: AgentEntry;
  /** The largest lack, to sort by. */
  size: number;
  lacks: string;
  holders: Holder[];
}

function lacksText(lacks: readonly Lack[]): string {
  return lacks.map(({ name, amount, isAmount }) => (isAmount ? `${name}:${amount / 1000}` : name)).join("; ");
}

/** How much it is, without for whom it is reserved and which volumes are among it. */
function amountsText(resources: readonly Resource[]): string {
  return [...quantitiesOf(resources)].map(([name, amount]) => `${name}:${amount / 1000}`).join("; ");
}

function shown({ agents }: Stage): [AgentEntry, number][] {
  return [...agents].slice(0, MAX_AGENTS_SHOWN);
}

function nameOf({ id, info }: AgentEntry): { agent_id: string; hostname: string } {
  return { agent_id: id, hostname: info.hostname };
}

/** Makes one plan; nothing outside it changes. */
export function makePlan(state: MasterState, question: PlanQuestion, tools: PlanTools): Promise<object> {
  return new Making(state, question, tools).make();
}
