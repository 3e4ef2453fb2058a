// Placing copies of a task on a copy of the state: how many fit where, and what stands in the way of more.
import {
  type FrameworkInfo,
  type Resource,
  addResources,
  allocateResources,
  subtractResources,
  unallocateResources,
} from "@mezzo/wire";
import { addFramework } from "../add-framework.ts";
import type { OfferConstraintsFilter } from "../constraints/compile-offer-constraints.ts";
import { copyState } from "../copy-state.ts";
import { standingObstacle } from "../explain/explain.ts";
import { type Lack, lacksOf, takeNeed } from "../explain/need.ts";
import type { Obstacle } from "../explain/obstacle.ts";
import { withinQuota } from "../filters/quota-filters.ts";
import { hold, setAvailable } from "../holdings.ts";
import { clientOf } from "../roles.ts";
import { visibleTo } from "../plan-agent.ts";
import type { AgentEntry, AllocatorState, Client } from "../state.ts";

/** Who would run the tasks, and what one of them needs. */
export interface PlanRequest {
  role: string;
  /** A framework's own capabilities and constraints; for a framework that understands everything when absent. */
  like: { info: FrameworkInfo; constraints: OfferConstraintsFilter | undefined } | undefined;
  /** What one copy needs, unreserved unless it must be reserved. */
  need: readonly Resource[];
}

/** No framework of a master has such an id. */
const PLANNED = "(planned)";

const NOTHING: readonly Resource[] = [];

/** Understands all that any framework may; agents with GPUs are wanted for tasks with GPUs alone, as usual. */
function imagined(role: string, need: readonly Resource[]): FrameworkInfo {
  const types = ["MULTI_ROLE", "RESERVATION_REFINEMENT", "REGION_AWARE", "SHARED_RESOURCES"] as const;
  const more = [
    ...(need.some(({ name }) => name === "gpus") ? (["GPU_RESOURCES"] as const) : []),
    ...(need.some(({ revocable }) => revocable !== undefined) ? (["REVOCABLE_RESOURCES"] as const) : []),
  ];
  return {
    user: "",
    name: PLANNED,
    roles: [role],
    capabilities: [...types, ...more].map((type) => ({ type })),
  };
}

/** One plan. Each step changes the copy, so that the next agent sees what the last has taken. */
export class Planner {
  /** The copy; quota and weights may be changed before the first step. */
  readonly state: AllocatorState;
  readonly client: Client;
  readonly need: readonly Resource[];

  constructor(original: AllocatorState, { role, like, need }: PlanRequest) {
    this.state = copyState(original);
    this.need = need;
    const info = like === undefined ? imagined(role, need) : { ...like.info, roles: [role] };
    addFramework(this.state, {
      frameworkId: PLANNED,
      info,
      ...(like?.constraints === undefined ? {} : { constraints: like.constraints }),
    });
    const framework = this.state.frameworks.get(PLANNED);
    if (framework === undefined) throw new Error("Cannot plan: the framework was not added");
    this.client = clientOf(this.state, framework, role);
  }

  /** What keeps the agent out whatever is free on it. */
  obstacle(agent: AgentEntry): Obstacle | undefined {
    return standingObstacle(this.state, { client: this.client, agent });
  }

  /** What one more copy lacks on the agent. */
  lacks(agent: AgentEntry): Lack[] {
    return lacksOf(this.#usable(agent, { quota: false }), this.need);
  }

  /** Whether it would fit if the agent were empty but for what is planned there. */
  fitsEmpty(agent: AgentEntry): boolean {
    return lacksOf(visibleTo(this.client, agent, this.#emptied(agent)), this.need).length === 0;
  }

  /** Takes what one copy needs, if it is there; false when it is not. */
  place(agent: AgentEntry, options: { quota: boolean }): boolean {
    const role = this.client.role.name;
    const taken = takeNeed(this.#usable(agent, options), { need: this.need, role });
    if (taken === undefined) return false;
    hold(this.state, agent, { frameworkId: PLANNED, role, resources: allocateResources(taken, role) });
    setAvailable(this.state, agent, subtractResources(agent.available, taken));
    return true;
  }

  /** Has resources of the agent count as free; holdings stay on the books. */
  free(agent: AgentEntry, resources: readonly Resource[]): void {
    setAvailable(this.state, agent, addResources(agent.available, unallocateResources(resources)));
  }

  /** Has everything on the agent count as free that is not planned for. */
  freeAll(agent: AgentEntry): void {
    setAvailable(this.state, agent, this.#emptied(agent));
  }

  #emptied(agent: AgentEntry): readonly Resource[] {
    const planned = agent.held.find(({ frameworkId }) => frameworkId === PLANNED);
    return planned === undefined
      ? agent.total
      : subtractResources(agent.total, unallocateResources(planned.resources));
  }

  #usable(agent: AgentEntry, { quota }: { quota: boolean }): readonly Resource[] {
    const { client } = this;
    const resources = visibleTo(client, agent, agent.available);
    if (!quota) return resources;
    const within = withinQuota(this.state, { client, agent, resources });
    return within.length === 0 ? NOTHING : within;
  }
}
