// All checks at work: after every step those of whom it touched, now and then and at the end those of everybody.
import { checkBooks, checkNothingLeft } from "../../../cluster/src/allocator/testing/check-invariants.ts";
import type { CheckpointRecord } from "../../../cluster/src/agent/checkpoint/record.ts";
import type { AgentEffect } from "../../../cluster/src/agent/effects.ts";
import type { AgentInput } from "../../../cluster/src/agent/inputs.ts";
import type { MasterEffect } from "../../../cluster/src/master/effects.ts";
import type { MasterInput, PersistedContinuation } from "../../../cluster/src/master/inputs.ts";
import { brokenInvariants } from "../../../cluster/src/master/invariants.ts";
import type { AgentHost } from "../agent/agent-host.ts";
import type { AgentObserver, AgentRun } from "../agent/agent-run.ts";
import type { RegistryDisk } from "../disk/registry-disk.ts";
import type { MasterObserver, MasterRun } from "../master/master-run.ts";
import { guardStep } from "../trace/guard-step.ts";
import { violationsOf } from "../trace/violation.ts";
import { checkAgentCapacity } from "./agent-capacity.ts";
import { AgentLifecycle, checkAgentBounds } from "./agent-lifecycle.ts";
import { checkAgentResources } from "./agent-resources.ts";
import {
  checkAgentAllocation,
  checkAllocatorMembers,
  checkFrameworkAllocation,
  checkWeights,
} from "./allocator-agreement.ts";
import { Lifecycles } from "./lifecycles.ts";
import { checkMasterBounds, checkTimers } from "./master-bounds.ts";
import { checkOffer } from "./offers.ts";
import { checkKept, checkRegistry } from "./registry-agreement.ts";
import { checkRegistryEquality } from "./registry-equality.ts";
import { TaskProgress } from "./task-progress.ts";
import { touchedBy } from "./touched.ts";
import { UpdateStreams } from "./update-streams.ts";

const violate = violationsOf("master-books");

/** Steps between two checks of everybody, for each agent of the cluster, and at least. */
const STEPS_PER_AGENT = 20;
const MIN_STEPS = 500;

/** The same between two checks of the allocator's own books. */
const ALLOCATOR_STEPS_PER_AGENT = 2;
const MIN_ALLOCATOR_STEPS = 50;

/** Writes of agents that come and go: too many to compare the whole registry after each. */
const FREQUENT_WRITES: ReadonlySet<PersistedContinuation["kind"]> = new Set([
  "agent-registered",
  "agent-reregistered",
  "agent-unreachable",
  "agent-removed",
]);

export interface ChecksOptions {
  registry: RegistryDisk;
  /** A write of the master is on the disk, nobody knows: the moment for a crash. */
  persisted: () => void;
}

/** Observes master and agents. */
export class Checks implements MasterObserver, AgentObserver {
  readonly #options: ChecksOptions;
  readonly #streams = new Map<string, UpdateStreams>();
  readonly #lifecycles = new Map<string, AgentLifecycle>();
  #run: MasterRun | undefined;
  #progress = new TaskProgress();
  #ends = new Lifecycles();
  #sinceFull = 0;
  #sinceAllocator = 0;
  /** Steps checked so far. */
  steps = 0;

  constructor(options: ChecksOptions) {
    this.#options = options;
  }

  masterStepped(run: MasterRun, input: MasterInput, effects: readonly MasterEffect[]): void {
    const { state } = run;
    this.steps += 1;
    // What a deposed master believes is its own affair: it can change neither the registry nor an agent.
    if (!run.leads) return;
    if (this.#run !== run) {
      this.#run = run;
      this.#progress = new TaskProgress();
      this.#ends = new Lifecycles();
    }
    const touched = touchedBy(state, input, effects);
    for (const agentId of touched.agents) this.#checkAgent(run, agentId);
    for (const frameworkId of touched.frameworks) {
      const framework = state.frameworks.registered.get(frameworkId);
      if (framework !== undefined) checkFrameworkAllocation(state, framework);
    }
  }

  masterPerformed(run: MasterRun, input: MasterInput): void {
    const { state } = run;
    this.#sinceFull += 1;
    this.#sinceAllocator += 1;
    if (run.stopped || !run.leads) return;
    if (input.type === "persisted" && !FREQUENT_WRITES.has(input.continuation.kind))
      this.#checkKeptState(run);
    if (input.type !== "allocate") return;
    const agents = state.agents.registered.size;
    if (this.#sinceAllocator >= MIN_ALLOCATOR_STEPS + ALLOCATOR_STEPS_PER_AGENT * agents) {
      this.#sinceAllocator = 0;
      this.#checkAllocator(run);
    }
    if (this.#sinceFull < MIN_STEPS + STEPS_PER_AGENT * agents) return;
    this.#sinceFull = 0;
    this.checkMaster(run);
  }

  masterSends(run: MasterRun, effect: MasterEffect): void {
    if (!run.stopped && run.leads) checkKept(this.#options.registry.records, effect);
  }

  masterPersisted(): void {
    this.#options.persisted();
  }

  agentStepped(run: AgentRun, input: AgentInput, effects: readonly AgentEffect[]): void {
    this.steps += 1;
    this.#streamsOf(run).stepped(run, input, effects);
    let lifecycle = this.#lifecycles.get(run.name);
    if (lifecycle === undefined) {
      lifecycle = new AgentLifecycle();
      this.#lifecycles.set(run.name, lifecycle);
    }
    lifecycle.check(run);
    const launches = input.type === "message" && input.name.startsWith("RunTask");
    const registered = this.#run?.state.frameworks.registered;
    if (launches) checkAgentCapacity(run.name, run.state, (id) => registered?.has(id) === true);
  }

  agentSaved(run: AgentRun, records: readonly CheckpointRecord[]): void {
    this.#streamsOf(run).saved(records);
  }

  agentSends(run: AgentRun, effect: Extract<AgentEffect, { type: "send" }>): void {
    this.#streamsOf(run).sends(run, effect);
  }

  /** Everything about the master, but for what holds only right after an allocation. */
  checkMaster(run: MasterRun): void {
    const { state } = run;
    for (const agentId of state.agents.registered.keys()) this.#checkAgent(run, agentId);
    for (const framework of state.frameworks.registered.values()) checkFrameworkAllocation(state, framework);
    checkAllocatorMembers(state);
    checkWeights(state);
    this.#ends.check(state);
    checkRegistry(this.#options.registry.records, state);
    checkMasterBounds(run);
    checkTimers(run);
    const [broken] = brokenInvariants(state);
    if (broken !== undefined) violate(broken);
    this.#checkKeptState(run);
  }

  /** The whole registry, while nothing is being written. */
  #checkKeptState({ state, pendingWrites }: MasterRun): void {
    if (pendingWrites === 0) checkRegistryEquality(this.#options.registry.records, state);
  }

  /** After an allocation: the allocator's books, and that it left nothing which somebody could have. */
  #checkAllocator({ state }: MasterRun): void {
    guardStep("allocator", () => {
      checkBooks(state.allocator);
      checkNothingLeft(state.allocator);
    });
  }

  /** Everything about an agent. */
  checkAgentHost(host: AgentHost): void {
    if (host.run !== undefined) checkAgentBounds(host.name, host.run.state);
  }

  #checkAgent({ state }: MasterRun, agentId: string): void {
    const agent = state.agents.registered.get(agentId);
    if (agent === undefined) return;
    checkAgentResources(state, agent);
    checkAgentAllocation(state, agent);
    for (const offerId of agent.offers) checkOffer(state, offerId);
    this.#progress.check(state, { agentId });
  }

  #streamsOf(run: AgentRun): UpdateStreams {
    let streams = this.#streams.get(run.name);
    if (streams === undefined) {
      streams = new UpdateStreams();
      this.#streams.set(run.name, streams);
    }
    return streams;
  }
}
