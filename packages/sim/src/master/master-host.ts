// One machine for a master: processes come and go, stand by, lead, and are deposed. The registry outlives them all.
import type { MasterOptions } from "../../../cluster/src/master/options.ts";
import type { Candidate, Election, Session } from "../election/election.ts";
import type { SeededRandom } from "../time/seeded-random.ts";
import { DriftingClock } from "../time/drifting-clock.ts";
import type { SimClock } from "../time/sim-clock.ts";
import { MasterRun, type MasterRunDependencies } from "./master-run.ts";

export interface MasterHostDependencies extends Omit<MasterRunDependencies, "clock" | "fence"> {
  clock: SimClock;
  random: SeededRandom;
  election: Election;
  /** The clock is wrong and drifts. */
  drifts: boolean;
}

/** A supervisor starts a process that ended by itself again after this time, milliseconds. */
const SUPERVISOR_MS = [500, 5000] as const;

/** A master that hears nothing of the service for so long takes its session for lost, milliseconds by its own clock. */
export const SESSION_MS = 10_000;

/** How long it takes until a process that was stopped learns that its session is over, milliseconds. */
const LEARN_MS = [1, 500] as const;

/** Starts, stops, cuts off and crashes masters. */
export class MasterHost implements Candidate {
  readonly name: string;
  readonly pid: string;
  readonly address: string;
  readonly #options: MasterOptions;
  readonly #dependencies: MasterHostDependencies;
  readonly #ownClock: DriftingClock;
  #session: Session | undefined;
  #paused = false;
  #cut = false;
  /** Undefined while no master runs here, or one stands by. */
  run: MasterRun | undefined;
  /** Masters that began to lead here. */
  started = 0;

  constructor(options: MasterOptions, dependencies: MasterHostDependencies) {
    const { clock, random, drifts } = dependencies;
    this.#options = options;
    this.#dependencies = dependencies;
    this.name = dependencies.name;
    this.address = `${options.ip}:${options.port}`;
    this.pid = `master@${this.address}`;
    this.#ownClock = new DriftingClock(clock, { random: random.fork("clock"), drifts });
  }

  /** A process runs here, whether it leads or not. */
  get up(): boolean {
    return this.#session !== undefined;
  }

  start(): void {
    if (this.#session !== undefined) return;
    const { trace, election } = this.#dependencies;
    trace.record(this.name, "starts");
    this.#session = election.join(this, { heard: this.#isHeard() });
  }

  elected(): void {
    const session = this.#session;
    if (session === undefined) return;
    this.#dependencies.trace.record(this.name, "leads");
    this.started += 1;
    const fence = {
      leads: () => this.#dependencies.election.leader === session,
      reaches: () => !this.#cut,
      refused: () => this.#giveUp("its write was refused", session),
    };
    this.run = new MasterRun(this.#options, { ...this.#dependencies, clock: this.#ownClock, fence });
    if (this.#paused) this.run.pause();
    this.run.start();
  }

  /** `kill -9`. `leaves`: the service is told at once, as when its process ended by itself. */
  crash({ leaves = false } = {}): void {
    const session = this.#session;
    if (session === undefined) return;
    const { trace, election } = this.#dependencies;
    trace.record(this.name, "crashes");
    this.run?.crash();
    this.run = undefined;
    this.#session = undefined;
    this.#paused = false;
    if (leaves) election.leave(session);
    else election.setHeard(session, false);
  }

  /** SIGSTOP, and SIGCONT after `durationMs`. */
  pause(durationMs: number): void {
    if (this.#paused || this.#session === undefined) return;
    const { trace, clock } = this.#dependencies;
    trace.record(this.name, "is stopped");
    this.#paused = true;
    this.run?.pause();
    this.#tellService();
    clock.after(durationMs, () => this.resume());
  }

  /** SIGCONT. What had come meanwhile is taken first; that the session is over is learnt a little later. */
  resume(): void {
    if (!this.#paused) return;
    const { trace, clock, random } = this.#dependencies;
    trace.record(this.name, "continues");
    this.#paused = false;
    this.run?.resume();
    this.#tellService();
    const session = this.#session;
    clock.after(random.between(...LEARN_MS), () => {
      if (session?.over === true) this.#giveUp("its session is over", session);
    });
  }

  /** The coordination service and the registry are out of reach until `reconnect`. */
  cutOff(): void {
    if (this.#cut || this.#session === undefined) return;
    this.#dependencies.trace.record(this.name, "is cut off from the store");
    this.#cut = true;
    this.#tellService();
    const session = this.#session;
    this.#ownClock.after(SESSION_MS, () => {
      if (this.#cut && !this.#paused) this.#giveUp("it hears nothing of the store", session);
    });
  }

  reconnect(): void {
    if (!this.#cut) return;
    this.#dependencies.trace.record(this.name, "reaches the store");
    this.#cut = false;
    this.#tellService();
    if (this.#session?.over === true) this.#giveUp("its session is over", this.#session);
  }

  #isHeard(): boolean {
    return !this.#paused && !this.#cut;
  }

  #tellService(): void {
    if (this.#session !== undefined) this.#dependencies.election.setHeard(this.#session, this.#isHeard());
  }

  /** The process ends by itself, as Mesos' does, and its supervisor starts another. */
  #giveUp(why: string, session: Session): void {
    if (this.#session !== session) return;
    const { trace, clock, random } = this.#dependencies;
    trace.record(this.name, "gives up", { text: why });
    this.crash({ leaves: !this.#cut });
    clock.after(random.between(...SUPERVISOR_MS), () => this.start());
  }
}
