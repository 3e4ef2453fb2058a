// A small vocabulary for allocator tests: agents and frameworks in one line, allocations as readable text.
import {
  type AgentInfo,
  type AgentInfoCapabilityType,
  type FrameworkInfo,
  type FrameworkInfoCapabilityType,
  type Resource,
  type Unavailability,
  allocateResources,
  formatResources,
  parseResources,
  unallocateResources,
  upgradeResources,
} from "@mezzo/wire";
import {
  type Allocation,
  type AllocatorOptions,
  type AllocatorState,
  type FrameworkFacts,
  addAgent,
  addFramework,
  allocate,
  createAllocator,
  recoverResources,
  updateQuota,
} from "../index.ts";

/** The capabilities of a current Mesos agent that matter here. */
export const AGENT_CAPABILITIES: readonly AgentInfoCapabilityType[] = [
  "MULTI_ROLE",
  "HIERARCHICAL_ROLE",
  "RESERVATION_REFINEMENT",
];

/** Reads `cpus:2;mem:512;cpus(role):1` in the post-refinement format. */
export function resources(text: string): Resource[] {
  const parsed = parseResources(text);
  if (!parsed.ok) throw new TypeError(parsed.error);
  return upgradeResources(parsed.value);
}

/** The same, allocated to a role. */
export function allocated(text: string, role: string): Resource[] {
  return allocateResources(resources(text), role);
}

/** Reads `cpus:1;mem:32` as thousandths by name, zeros included. */
function quantities(text: string): Map<string, number> {
  const parts = text.split(";").filter((part) => part !== "");
  return new Map(
    parts.map((part) => {
      const [name = "", amount] = part.split(":");
      return [name, Math.round(Number(amount) * 1000)];
    }),
  );
}

/** A linear congruential generator: the same shuffles in every run. */
export function seededRandom(seed = 1): () => number {
  let value = seed;
  return () => {
    value = (value * 1664525 + 1013904223) % 4294967296;
    return value / 4294967296;
  };
}

export interface TestAgent {
  info?: Partial<AgentInfo>;
  capabilities?: readonly AgentInfoCapabilityType[];
  used?: Iterable<readonly [string, readonly Resource[]]>;
  unavailability?: Unavailability;
}

/** An agent's info; the host is called as the agent is. */
export function agentInfo(id: string, info: Partial<AgentInfo> = {}): AgentInfo {
  return { hostname: id, id: { value: id }, ...info };
}

export interface TestFramework {
  roles?: string[];
  /** For a framework without MULTI_ROLE. */
  role?: string;
  capabilities?: FrameworkInfoCapabilityType[];
  suppressedRoles?: string[];
  active?: boolean;
  constraints?: FrameworkFacts["constraints"];
  offerFilters?: FrameworkInfo["offer_filters"];
}

/** The facts of a framework as `addFramework` and `updateFramework` take them. */
export function frameworkFacts(
  id: string,
  framework: TestFramework = {},
): FrameworkFacts & { active?: boolean } {
  const types = framework.capabilities ?? [];
  const all: FrameworkInfoCapabilityType[] = framework.role === undefined ? ["MULTI_ROLE", ...types] : types;
  const info: FrameworkInfo = {
    user: "u",
    name: id,
    id: { value: id },
    capabilities: all.map((type) => ({ type })),
  };
  if (framework.role === undefined) info.roles = framework.roles ?? ["*"];
  else info.role = framework.role;
  if (framework.offerFilters !== undefined) info.offer_filters = framework.offerFilters;
  return {
    frameworkId: id,
    info,
    suppressedRoles: framework.suppressedRoles ?? [],
    active: framework.active ?? true,
    ...(framework.constraints === undefined ? {} : { constraints: framework.constraints }),
  };
}

/** An allocator with a clock that tests move by hand. */
export class TestCluster {
  readonly state: AllocatorState;
  nowMs = 1_000_000;

  constructor(options: AllocatorOptions = {}, seed = 1) {
    this.state = createAllocator(options, seededRandom(seed));
  }

  agent(id: string, total: string | readonly Resource[], agent: TestAgent = {}): this {
    addAgent(this.state, {
      agentId: id,
      info: agentInfo(id, agent.info),
      capabilities: agent.capabilities ?? AGENT_CAPABILITIES,
      total: typeof total === "string" ? resources(total) : total,
      used: agent.used ?? [],
      unavailability: agent.unavailability,
    });
    return this;
  }

  framework(id: string, framework: TestFramework = {}): this {
    addFramework(this.state, frameworkFacts(id, framework));
    return this;
  }

  /** Sets the quota of a role; both as `cpus:1;mem:32`, a limit of `cpus:0` is one. */
  quota(role: string, guarantees: string, limits = ""): this {
    updateQuota(this.state, role, { guarantees: quantities(guarantees), limits: quantities(limits) });
    return this;
  }

  /** Allocates; returns the allocations sorted by agent, framework and role. */
  run(): Allocation[] {
    const key = (allocation: Allocation): string =>
      [allocation.agentId, allocation.frameworkId, allocation.role].join(" ");
    return allocate(this.state, this.nowMs).sort((left, right) => (key(left) < key(right) ? -1 : 1));
  }

  /** Allocates; returns `agent → framework (role): resources` lines. */
  lines(): string[] {
    return this.run().map(
      ({ agentId, frameworkId, role, resources: given }) =>
        `${agentId} → ${frameworkId} (${role}): ${formatResources(unallocateResources(given))}`,
    );
  }

  /** Gives an allocation back, with the framework's filter or, without one, as released. */
  recover(allocation: Allocation, refuseSeconds?: number): void {
    const { frameworkId, agentId } = allocation;
    recoverResources(this.state, {
      frameworkId,
      agentId,
      resources: allocation.resources,
      filters: refuseSeconds === undefined ? undefined : { refuse_seconds: refuseSeconds },
      nowMs: this.nowMs,
    });
  }
}
