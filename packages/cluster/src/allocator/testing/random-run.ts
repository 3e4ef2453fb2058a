// Random lives of a cluster: operations that make sense in the state they meet, for properties.
/* oxlint-disable no-restricted-imports -- the allocator imports nothing of Node, its tests do */
import assert from "node:assert/strict";
import { array, constantFrom, nat, tuple } from "fast-check";
import { containsResources, formatResources, unallocateResources } from "@mezzo/wire";
import {
  type Allocation,
  type AllocatorOptions,
  type AllocatorState,
  activateAgent,
  activateFramework,
  deactivateAgent,
  deactivateFramework,
  removeAgent,
  removeFramework,
  reviveOffers,
  suppressOffers,
  updateAgent,
  updateFramework,
  updateWeights,
  updateWhitelist,
} from "../index.ts";
import { holdOff } from "../hold-off.ts";
import { type ClusterChoices, PLAIN } from "./random-choices.ts";
import { AGENT_CAPABILITIES, TestCluster, agentInfo, allocated, frameworkFacts } from "./test-cluster.ts";

const ROLES: [string, ...string[]] = ["a", "a/b", "a/c", "z", "q"];
export const QUOTA_ROLES: [string, ...string[]] = ["a", "z", "q"];
const GUARANTEES: [string, ...string[]] = ["", "cpus:1", "cpus:3;mem:64", "mem:200;disk:5", "cpus:20;gpus:1"];
const LIMITS: [string, ...string[]] = ["", "cpus:20;mem:500", "cpus:20", "mem:200;cpus:20"];
const REFUSALS: [number | undefined, ...number[]] = [undefined, 0, 0.5, 3, 60];
const IDS = 5;

function pick<T>(choices: readonly [T, ...T[]], choice: number): T {
  return choices[choice % choices.length] ?? choices[0];
}

export type Operation = readonly [kind: string, id: number, choice: number, amount: number];

/** Applies operations that make sense in the state they meet, and keeps a log of all allocations. */
export class RandomRun {
  readonly cluster: TestCluster;
  readonly log: string[] = [];
  outstanding: Allocation[] = [];
  /** What the last cycle gave out. */
  latest: readonly Allocation[] = [];

  readonly #choices: ClusterChoices;

  constructor(options: AllocatorOptions = {}, choices = PLAIN) {
    this.cluster = new TestCluster(options, 3);
    this.#choices = choices;
  }

  apply([kind, id, choice, amount]: Operation): void {
    const { cluster } = this;
    const { state } = cluster;
    const agentId = `s${id}`;
    const frameworkId = `f${id}`;
    const agentKnown = state.agents.has(agentId);
    const frameworkKnown = state.frameworks.has(frameworkId);
    if (kind === "agent" && !agentKnown) this.#addAgent(agentId, choice, amount);
    else if (kind === "agent" && amount % 3 === 0) removeAgent(state, agentId);
    else if (kind === "agent") this.#updateAgent(agentId, choice);
    else if (kind === "toggle" && agentKnown)
      (choice % 2 === 0 ? deactivateAgent : activateAgent)(state, agentId);
    else if (kind === "framework" && !frameworkKnown)
      cluster.framework(frameworkId, pick(this.#choices.frameworks, choice));
    else if (kind === "framework" && amount % 3 === 0) removeFramework(state, frameworkId);
    else if (kind === "framework")
      updateFramework(state, frameworkFacts(frameworkId, pick(this.#choices.frameworks, choice)));
    else if (kind === "activate" && frameworkKnown)
      (choice % 2 === 0 ? deactivateFramework : activateFramework)(state, frameworkId);
    else if (kind === "suppress" && frameworkKnown)
      suppressOffers(state, frameworkId, amount % 2 === 0 ? [] : [pick(ROLES, choice)]);
    else if (kind === "revive" && frameworkKnown)
      reviveOffers(state, frameworkId, amount % 2 === 0 ? [] : [pick(ROLES, choice)]);
    else if (kind === "weight") updateWeights(state, [[pick(ROLES, choice), (amount % 5) + 0.5]]);
    else if (kind === "quota") {
      cluster.quota(pick(QUOTA_ROLES, id), pick(GUARANTEES, choice), pick(LIMITS, amount));
    } else if (kind === "recover") this.#recover(choice, amount);
    else if (kind === "whitelist")
      updateWhitelist(state, amount % 4 === 0 ? [`s${id}`, `s${choice % IDS}`] : undefined);
    else if (kind === "hold-off" && amount < 8)
      holdOff(state, { agents: state.agents.size + (choice % 3), untilMs: cluster.nowMs + amount * 100 });
    else if (kind === "time") cluster.nowMs += amount * 100;
  }

  #addAgent(agentId: string, choice: number, amount: number): void {
    const { total, ...agent } = pick(this.#choices.agents, choice);
    const used: [string, ReturnType<typeof allocated>][] =
      amount % 4 === 0 ? [[`f${amount % IDS}`, allocated("cpus:0.5;mem:32", "a")]] : [];
    this.cluster.agent(agentId, total, { ...agent, used });
    for (const [frameworkId, held] of used)
      this.outstanding.push({ agentId, frameworkId, role: "a", resources: held });
  }

  #updateAgent(agentId: string, choice: number): void {
    const { total, info, capabilities = AGENT_CAPABILITIES } = pick(this.#choices.agents, choice);
    updateAgent(this.cluster.state, { agentId, info: agentInfo(agentId, info), capabilities, total });
  }

  /** All of an allocation or one of its resources, as a decline, an unused rest or a release. */
  #recover(choice: number, amount: number): void {
    if (this.outstanding.length === 0) return;
    const index = choice % this.outstanding.length;
    const [allocation] = this.outstanding.splice(index, 1);
    if (allocation === undefined || this.#isGone(allocation)) return;
    const refuseSeconds = pick(REFUSALS, amount);
    if (amount % 2 === 0 || allocation.resources.length === 1) {
      this.cluster.recover(allocation, refuseSeconds);
      return;
    }
    const [first, ...rest] = allocation.resources;
    this.cluster.recover({ ...allocation, resources: first === undefined ? [] : [first] }, refuseSeconds);
    this.outstanding.push({ ...allocation, resources: rest });
  }

  /** Whether the framework or agent was removed since, also when one of the same name came back. */
  #isGone({ agentId, frameworkId, role, resources: held }: Allocation): boolean {
    const holding = this.cluster.state.agents
      .get(agentId)
      ?.held.find((entry) => entry.frameworkId === frameworkId && entry.role === role);
    return holding === undefined || !containsResources(holding.resources, held);
  }

  allocate(): void {
    const { state } = this.cluster;
    const before = quotaSnapshot(state);
    const allocations = this.cluster.run();
    this.latest = allocations;
    checkEnforcement(before, quotaSnapshot(state));
    for (const allocation of allocations) {
      const client = state.frameworks.get(allocation.frameworkId)?.clients.get(allocation.role);
      const agent = state.agents.get(allocation.agentId);
      assert.ok(client?.active === true, "an allocation to somebody who wants none");
      assert.ok(agent?.active === true, "an allocation of an inactive agent");
      const given = unallocateResources(allocation.resources);
      for (const refusal of agent.refusals.get(client) ?? []) {
        assert.ok(refusal.expiresAtMs > this.cluster.nowMs, "a refusal outlives its time");
        assert.ok(!containsResources(refusal.resources, given), "an allocation of what was refused");
      }
      this.log.push(
        `${allocation.agentId} ${allocation.frameworkId} ${allocation.role} ${formatResources(given)}`,
      );
    }
    this.outstanding.push(...allocations);
  }
}

interface QuotaSnapshot {
  /** What roles may have, and have; by role and index of the resource. */
  roles: Map<string, { limit: number | undefined; consumed: number }[]>;
  free: readonly number[];
  required: readonly number[];
}

function quotaSnapshot({ quota }: AllocatorState): QuotaSnapshot {
  const roles: QuotaSnapshot["roles"] = new Map();
  for (const [name, entry] of quota?.roles ?? []) {
    const { limits = [], held = [] } = entry.quota ?? {};
    const length = Math.max(limits.length, held.length, entry.reserved.length);
    roles.set(
      name,
      Array.from({ length }, (_, index) => ({
        limit: limits[index],
        consumed: (entry.reserved[index] ?? 0) + (held[index] ?? 0),
      })),
    );
  }
  return { roles, free: [...(quota?.free ?? [])], required: [...(quota?.required ?? [])] };
}

/** No run takes a role over its limits, and none gives away what is owed to guarantees. */
function checkEnforcement(before: QuotaSnapshot, after: QuotaSnapshot): void {
  for (const [name, amounts] of after.roles) {
    amounts.forEach(({ limit, consumed }, index) => {
      const had = before.roles.get(name)?.[index]?.consumed ?? 0;
      assert.ok(limit === undefined || consumed <= Math.max(limit, had), `${name} is over its limit`);
    });
  }
  after.required.forEach((required, index) => {
    const wasCovered = (before.free[index] ?? 0) >= (before.required[index] ?? 0);
    assert.ok(!wasCovered || (after.free[index] ?? 0) >= required, "what was owed is given away");
  });
}

const KINDS = [
  "agent",
  "agent",
  "framework",
  "framework",
  "recover",
  "recover",
  "recover",
  "time",
  "revive",
  "suppress",
  "activate",
  "toggle",
  "weight",
  "quota",
  "allocate",
];
function operationsOf(kinds: readonly string[]) {
  return array(tuple(constantFrom(...kinds), nat({ max: IDS - 1 }), nat({ max: 30 }), nat({ max: 30 })), {
    minLength: 1,
    maxLength: 120,
    size: "max",
  });
}

/** Up to 120 of them. */
export const operations = operationsOf(KINDS);

/** The same, and what an operator and a failover do besides. */
export const wideOperations = operationsOf([...KINDS, "whitelist", "hold-off"]);
