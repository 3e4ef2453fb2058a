// The machine of one agent: disk and containers outlive the agent's processes, a supervisor starts new ones.
import type { AgentOptions } from "../../../cluster/src/agent/options.ts";
import { metaDirOf } from "../../../cluster/src/agent/sandbox/paths.ts";
import type { ExecutorSubscriber } from "../containers/executor-program.ts";
import { MachineContainers } from "../containers/machine-containers.ts";
import { AgentDisk } from "../disk/agent-disk.ts";
import type { Masters } from "../master/masters.ts";
import type { Network } from "../network/network.ts";
import type { SeededRandom } from "../time/seeded-random.ts";
import { DriftingClock } from "../time/drifting-clock.ts";
import type { SimClock } from "../time/sim-clock.ts";
import type { Trace } from "../trace/trace.ts";
import { type AgentObserver, AgentRun } from "./agent-run.ts";

export interface AgentHostOptions {
  index: number;
  agent: AgentOptions;
  meanWriteMs: number;
  /** The machine's clock is wrong and drifts. */
  drifts: boolean;
  executorCrashes: number;
}

export interface AgentHostDependencies {
  clock: SimClock;
  random: SeededRandom;
  network: Network;
  trace: Trace;
  observer: AgentObserver;
  masters: Masters;
}

/** A new leader is known after this time, milliseconds. */
const WATCH_MS = [1, 200] as const;

/** A machine that is cut off asks again after this time, milliseconds. */
const CUT_OFF_MS = 1000;

/** A supervisor starts a process that ended by itself again after this time, milliseconds. */
const SUPERVISOR_MS = [500, 5000] as const;

/** One machine with at most one agent process. */
export class AgentHost {
  readonly name: string;
  readonly pid: string;
  readonly address: string;
  readonly containers: MachineContainers;
  readonly options: AgentOptions;
  readonly #dependencies: AgentHostDependencies;
  readonly #meanWriteMs: number;
  readonly #clock: DriftingClock;
  disk: AgentDisk;
  /** Undefined while no agent process runs. */
  run: AgentRun | undefined;

  constructor(options: AgentHostOptions, dependencies: AgentHostDependencies) {
    const { clock, random } = dependencies;
    this.#dependencies = dependencies;
    this.options = options.agent;
    this.name = `agent ${options.index}`;
    this.address = `${options.agent.ip}:${options.agent.port}`;
    this.pid = `slave(1)@${this.address}`;
    this.#meanWriteMs = options.meanWriteMs;
    this.#clock = new DriftingClock(clock, { random: random.fork("clock"), drifts: options.drifts });
    dependencies.masters.watch((pid) => this.#tell(pid));
    this.disk = this.#createDisk();
    this.containers = new MachineContainers({
      clock,
      random: random.fork("containers"),
      executorCrashes: options.executorCrashes,
      report: (input) => this.run?.handle(input),
      gateway: {
        subscribe: (call, subscriber) => this.run?.subscribe(call, subscriber) ?? false,
        call: (call) => this.run?.call(call) ?? false,
        unsubscribe: (subscriber: ExecutorSubscriber, of) => this.run?.unsubscribe(subscriber, of),
      },
    });
  }

  /** Starts a process unless one runs. */
  start(): void {
    if (this.run !== undefined) return;
    const { random, network, trace, observer, masters } = this.#dependencies;
    trace.record(this.name, "starts");
    this.run = new AgentRun(this.options, {
      name: this.name,
      pid: this.pid,
      clock: this.#clock,
      detectMaster: () => masters.detected,
      random,
      network,
      disk: this.disk,
      containers: this.containers,
      trace,
      observer,
      exited: (code) => this.#exited(code),
    });
    this.run.start();
  }

  /** `kill -9` of the process. */
  crash(): void {
    if (this.run === undefined) return;
    this.#dependencies.trace.record(this.name, "crashes");
    this.run.crash();
    this.run = undefined;
  }

  /** The machine stops: no process survives. */
  powerOff(): void {
    this.#dependencies.trace.record(this.name, "stops");
    this.run?.crash();
    this.run = undefined;
    this.containers.machineStopped();
    this.disk.reboot();
  }

  /** What the watch of the coordination service says. */
  #tell(pid: string | undefined): void {
    const { clock, random, network, masters } = this.#dependencies;
    const delayMs = network.isIsolated(this.address) ? CUT_OFF_MS : random.between(...WATCH_MS);
    clock.after(delayMs, () => {
      // Only the latest news counts.
      if (masters.detected !== pid) return;
      if (network.isIsolated(this.address)) this.#tell(pid);
      else this.run?.handle({ type: "masterDetected", pid });
    });
  }

  /** A wanted end: the master told the agent to go for good, and an operator makes the machine a new agent. */
  #exited(code: number): void {
    const { clock, random } = this.#dependencies;
    // Performed within a round of effects: the process is gone when the round is.
    clock.after(0, () => {
      this.run?.crash();
      this.run = undefined;
      if (code === 0) {
        this.containers.machineStopped();
        this.disk = this.#createDisk();
      }
      clock.after(random.between(...SUPERVISOR_MS), () => this.start());
    });
  }

  #createDisk(): AgentDisk {
    const { clock, random } = this.#dependencies;
    const metaDir = metaDirOf(this.options.workDir);
    return new AgentDisk({ metaDir, meanWriteMs: this.#meanWriteMs }, { clock, random: random.fork("disk") });
  }
}
