// A whole cluster in one process: masters, agents, schedulers, and everything that may go wrong between them.
import { AgentHost } from "./agent/agent-host.ts";
import { RegistryDisk } from "./disk/registry-disk.ts";
import { FaultInjector } from "./faults/fault-injector.ts";
import { Checks } from "./invariants/checks.ts";
import { Masters } from "./master/masters.ts";
import { Network } from "./network/network.ts";
import { SchedulerChannel } from "./network/scheduler-channel.ts";
import type { Scenario } from "./scenario/scenario.ts";
import { SchedulerActor } from "./scheduler/scheduler-actor.ts";
import { settle } from "./settle.ts";
import { SeededRandom } from "./time/seeded-random.ts";
import { SimClock } from "./time/sim-clock.ts";
import { Trace } from "./trace/trace.ts";

const MINUTE_MS = 60_000;

/** Agents start within this time, milliseconds. */
const START_SPREAD_MS = 2000;

export interface SimulationOptions {
  /** Gets every entry of the trace as a line. */
  sink?: (line: string) => void;
  /** Called now and then with the simulated time, milliseconds. */
  progress?: (elapsedMs: number) => void;
}

/** Events between two calls of `progress`. */
const PROGRESS_EVENTS = 10_000;

/** One cluster from its start to its end. */
export class Simulation {
  readonly scenario: Scenario;
  readonly clock = new SimClock();
  readonly trace: Trace;
  readonly network: Network;
  readonly registry: RegistryDisk;
  readonly checks: Checks;
  readonly master: Masters;
  readonly agents: readonly AgentHost[];
  readonly schedulers: readonly SchedulerActor[];
  readonly channels: readonly SchedulerChannel[];
  readonly faults: FaultInjector;
  readonly #random: SeededRandom;
  readonly #progress: ((elapsedMs: number) => void) | undefined;
  #events = 0;

  constructor(scenario: Scenario, { sink, progress }: SimulationOptions = {}) {
    const { options, faults } = scenario;
    const random = new SeededRandom(String(options.seed));
    const { clock } = this;
    this.scenario = scenario;
    this.#random = random.fork("start");
    this.#progress = progress;
    const trace = new Trace(clock, sink);
    this.trace = trace;
    const network = new Network(scenario.network, { clock, random: random.fork("network") });
    this.network = network;
    const { meanCommitMs, masters, drifts } = scenario;
    this.registry = new RegistryDisk(
      { meanCommitMs, stalls: masters > 1 },
      { clock, random: random.fork("registry") },
    );
    const checks = new Checks({ registry: this.registry, persisted: () => this.faults.persisted() });
    this.checks = checks;
    this.master = new Masters(
      { master: scenario.master, count: masters, drifts },
      { clock, random: random.fork("master"), network, registry: this.registry, trace, observer: checks },
    );
    this.agents = scenario.agents.map((agent, index) => {
      const { meanWriteMs } = scenario;
      const host = { index, agent, meanWriteMs, drifts, executorCrashes: faults.executorCrashes };
      return new AgentHost(host, {
        clock,
        random: random.fork(`agent ${index}`),
        network,
        trace,
        observer: checks,
        masters: this.master,
      });
    });
    this.channels = scenario.schedulers.map(
      ({ index, mediaType, orderedCalls }) =>
        new SchedulerChannel(
          {
            mediaType,
            ordered: orderedCalls,
            lostCalls: faults.lostCalls,
            latencyMs: scenario.network.latencyMs,
          },
          { clock, random: random.fork(`channel ${index}`), master: this.master },
        ),
    );
    this.schedulers = scenario.schedulers.map((one, index) => {
      const channel = this.channels[index]!;
      return new SchedulerActor(one, { clock, random: random.fork(`framework ${index}`), channel, trace });
    });
    const { master, agents, schedulers } = this;
    const targets = { clock, random: random.fork("faults"), network, trace, master, agents, schedulers };
    this.faults = new FaultInjector(faults, targets);
  }

  /** Events so far. */
  get events(): number {
    return this.#events;
  }

  /** Runs everything; throws an InvariantViolation. Returns the digest of the trace. */
  run(): string {
    this.start();
    this.advance(this.scenario.options.minutes * MINUTE_MS);
    settle(this);
    return this.trace.digest();
  }

  /** Starts master, agents, schedulers and faults. */
  start(): void {
    this.master.start();
    for (const agent of this.agents) {
      this.clock.after(this.#random.between(0, START_SPREAD_MS), () => agent.start());
    }
    for (const scheduler of this.schedulers) {
      this.clock.after(this.#random.between(0, START_SPREAD_MS), () => scheduler.start());
      scheduler.work();
    }
    this.faults.start();
  }

  /** Lets time pass until so many milliseconds after the beginning. */
  advance(untilMs: number): void {
    while (this.clock.runNext(untilMs)) {
      this.#events += 1;
      if (this.#events % PROGRESS_EVENTS === 0) this.#progress?.(this.clock.elapsedMs);
    }
    this.clock.passUntil(untilMs);
  }

  /** Checks everybody. */
  checkAll(): void {
    const { run } = this.master;
    if (run !== undefined) this.checks.checkMaster(run);
    for (const host of this.agents) this.checks.checkAgentHost(host);
  }
}
