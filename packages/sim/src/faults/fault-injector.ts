// Breaks the cluster at random times and mends it again.
import type { AgentHost } from "../agent/agent-host.ts";
import type { Masters } from "../master/masters.ts";
import type { Network } from "../network/network.ts";
import { drawOperatorActions } from "../operators/operator-actions.ts";
import type { FaultMix } from "../scenario/fault-mix.ts";
import type { SchedulerActor } from "../scheduler/scheduler-actor.ts";
import type { SeededRandom } from "../time/seeded-random.ts";
import type { SimClock } from "../time/sim-clock.ts";
import type { Trace } from "../trace/trace.ts";

/** What can be broken. */
export interface FaultTargets {
  clock: SimClock;
  random: SeededRandom;
  network: Network;
  trace: Trace;
  master: Masters;
  agents: readonly AgentHost[];
  schedulers: readonly SchedulerActor[];
}

const MINUTE_MS = 60_000;

/** Beyond this size a cluster meets more faults: about as many for each hundred agents. */
const AGENTS_PER_RATE = 100;

/** Beyond this size a write of the master is less often the moment of its crash. */
const AGENTS_PER_CRASH = 10;

/** The mix at work until it is stopped. */
export class FaultInjector {
  readonly #mix: FaultMix;
  readonly #targets: FaultTargets;
  #active = true;

  constructor(mix: FaultMix, targets: FaultTargets) {
    this.#mix = mix;
    this.#targets = targets;
  }

  start(): void {
    const mix = this.#mix;
    const perAgents = Math.max(1, this.#targets.agents.length / AGENTS_PER_RATE);
    this.#every(mix.brokenLinks * perAgents, () => this.#breakLink());
    this.#every(mix.partitions * perAgents, () => this.#partition());
    this.#every(mix.agentCrashes * perAgents, () => this.#crashAgent());
    this.#every(mix.reboots * perAgents, () => this.#reboot());
    this.#every(mix.masterCrashes, () => this.crashMaster());
    if (this.#targets.master.several) {
      this.#every(mix.masterPauses, () => this.#pauseMaster());
      this.#every(mix.storeCuts, () => this.#cutStore());
      this.#every(mix.masterPartitions, () => this.#partitionMaster());
    }
    this.#every(mix.brokenStreams, () => this.#breakStream());
    this.#every(mix.failovers, () => this.#scheduler().failOver());
    this.#every(mix.schedulerStops, () => this.#stopScheduler());
    this.#every(mix.teardowns, () => this.#tearDown());
    this.#every(mix.operatorActions * perAgents, () => this.#operate());
    this.#every(mix.goneAgents, () => this.#markGone());
  }

  /** No more faults; what is down is started, what is cut off is connected. */
  stop(): void {
    this.#active = false;
    const { network, agents, schedulers, master, trace } = this.#targets;
    trace.record("faults", "end");
    network.faulty = false;
    for (const { address } of [...agents, ...master.hosts]) network.heal(address);
    for (const host of master.hosts) {
      host.resume();
      host.reconnect();
    }
    master.start();
    for (const agent of agents) agent.start();
    for (const scheduler of schedulers) scheduler.start();
  }

  /** Called when a write of the master is on the disk and nobody knows yet. */
  persisted(): void {
    // Every agent's return is a write: a large cluster must get the time to come back.
    const probability =
      this.#mix.crashAfterPersist / Math.max(1, this.#targets.agents.length / AGENTS_PER_CRASH);
    if (this.#active && this.#targets.random.chance(probability)) this.crashMaster();
  }

  crashMaster(): void {
    const { master, random, clock } = this.#targets;
    const host = master.crash();
    clock.after(random.chance(0.8) ? random.between(50, 3000) : random.between(3000, 40_000), () =>
      host?.start(),
    );
  }

  /** Shorter or longer than a session lives. */
  #masterFaultMs(): number {
    const { random } = this.#targets;
    return random.chance(0.5) ? random.between(100, 12_000) : random.between(12_000, 60_000);
  }

  #pauseMaster(): void {
    const { master, random } = this.#targets;
    const host = random.chance(0.7) ? master.leadingHost : random.pick(master.hosts);
    host?.pause(this.#masterFaultMs());
  }

  #cutStore(): void {
    const { master, clock } = this.#targets;
    const host = master.leadingHost;
    host?.cutOff();
    clock.after(this.#masterFaultMs(), () => host?.reconnect());
  }

  #partitionMaster(): void {
    const { master, network, clock, trace } = this.#targets;
    const host = master.leadingHost;
    if (host === undefined) return;
    trace.record("faults", "cuts off", { text: host.name });
    network.isolate(host.address);
    clock.after(this.#masterFaultMs(), () => {
      trace.record("faults", "heals", { text: host.name });
      network.heal(host.address);
    });
  }

  #every(perMinute: number, fault: () => void): void {
    if (perMinute <= 0) return;
    const { clock, random } = this.#targets;
    clock.after(random.exponential(MINUTE_MS / perMinute), () => {
      if (!this.#active) return;
      fault();
      this.#every(perMinute, fault);
    });
  }

  #agent(): AgentHost {
    return this.#targets.random.pick(this.#targets.agents);
  }

  #scheduler(): SchedulerActor {
    return this.#targets.random.pick(this.#targets.schedulers);
  }

  #breakLink(): void {
    const { network, random, trace, master } = this.#targets;
    const { address, name } = this.#agent();
    const masterAddress = (master.leadingHost ?? random.pick(master.hosts)).address;
    const toAgent = random.chance(0.5);
    const noticeMs = random.chance(0.7) ? random.between(0, 50) : random.between(50, 20_000);
    trace.record("faults", "breaks link", { text: `${toAgent ? "to" : "from"} ${name} for ${noticeMs}` });
    if (toAgent) network.breakConnection(masterAddress, address, noticeMs);
    else network.breakConnection(address, masterAddress, noticeMs);
  }

  #partition(): void {
    const { network, random, clock, trace } = this.#targets;
    const share = random.chance(0.2) ? 0.3 : 0;
    const cut = this.#targets.agents.filter(() => random.chance(share));
    const victims = cut.length > 0 ? cut : [this.#agent()];
    const durationMs = random.chance(0.5) ? random.between(100, 10_000) : random.between(10_000, 150_000);
    trace.record("faults", "cuts off", { text: victims.map(({ name }) => name).join(", ") });
    for (const { address } of victims) network.isolate(address);
    clock.after(durationMs, () => {
      trace.record("faults", "heals", { text: victims.map(({ name }) => name).join(", ") });
      for (const { address } of victims) network.heal(address);
    });
  }

  #crashAgent(): void {
    const { random, clock } = this.#targets;
    const agent = this.#agent();
    agent.crash();
    const downMs = random.chance(0.8) ? random.between(10, 5000) : random.between(5000, 120_000);
    clock.after(downMs, () => agent.start());
  }

  #reboot(): void {
    const { random, clock } = this.#targets;
    const agent = this.#agent();
    agent.powerOff();
    clock.after(random.between(1000, 90_000), () => agent.start());
  }

  #breakStream(): void {
    const { random } = this.#targets;
    const halfOpen = random.chance(0.2);
    const late = (): number => (halfOpen ? random.between(0, 30_000) : random.between(0, 100));
    this.#scheduler().breakStream({ schedulerMs: late(), masterMs: late() });
  }

  #stopScheduler(): void {
    const { random, clock } = this.#targets;
    const scheduler = this.#scheduler();
    scheduler.stop();
    clock.after(random.between(500, 40_000), () => scheduler.start());
  }

  #tearDown(): void {
    const { random, master, trace } = this.#targets;
    const scheduler = this.#scheduler();
    if (random.chance(0.5)) {
      scheduler.tearDown();
      return;
    }
    const { frameworkId } = scheduler;
    if (frameworkId === undefined || master.run === undefined) return;
    trace.record("faults", "tears down", { text: frameworkId });
    master.run.operate({ type: "teardown", frameworkId });
  }

  #operate(): void {
    const { random, master, trace, clock } = this.#targets;
    const { run } = master;
    if (run?.state.recovered !== true) return;
    for (const { act, undo } of drawOperatorActions(run, { random, nowMs: clock.now() })) {
      for (const input of act) {
        trace.record("operator", input.type, { text: JSON.stringify(input) });
        run.operate(input);
      }
      const undoAll = (): void => undo.forEach((input) => master.run?.operate(input));
      if (random.chance(0.1)) undoAll();
      else clock.after(random.between(1000, 60_000), () => this.#active && undoAll());
    }
  }

  #markGone(): void {
    const { random, master, trace } = this.#targets;
    const { run } = master;
    const agentIds = [
      ...(run?.state.agents.registered.keys() ?? []),
      ...(run?.state.agents.unreachable.keys() ?? []),
    ];
    if (run === undefined || agentIds.length === 0) return;
    const agentId = random.pick(agentIds);
    trace.record("faults", "marks gone", { text: agentId });
    run.operate({ type: "mark-agent-gone", agentId });
  }
}
