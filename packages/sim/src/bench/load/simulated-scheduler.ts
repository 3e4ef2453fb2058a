// One scheduler that launches its number of small tasks on whatever it is offered.
import type { Offer, SchedulerEvent, TaskInfo, TaskStatus } from "@mezzo/wire";
import { CallPipe } from "./call-pipe.ts";
import { type Subscription, subscribe } from "./subscribe.ts";

const TASK_CPUS = 0.1;
const TASK_MEGABYTES = 32;

/** Offers that are of no use are declined for this long, seconds. */
const DECLINE_SECONDS = 3600;

/** Long enough to come back after the master was restarted, seconds. */
const FAILOVER_SECONDS = 3600;

/** Connections for calls: on one alone, a call waits for the answers to those before it. */
const CALL_PIPES = 4;

export interface SchedulerLoad {
  port: number;
  name: string;
  tasks: number;
  tasksPerOffer: number;
  /** A task counts as done when it runs. */
  keepRunning: boolean;
  /** Every agent that is offered. */
  onOffered(agentId: string): void;
}

export class SimulatedScheduler {
  readonly #load: SchedulerLoad;
  readonly #pipes: readonly CallPipe[];
  readonly #launchedAtMs = new Map<string, number>();
  readonly #finished = Promise.withResolvers<void>();
  #subscription: Subscription | undefined;
  #left: number;
  #done = 0;
  #launched = 0;
  #calls = 0;
  firstOfferAtMs = Number.NaN;
  /** From the offer to RUNNING, a sample a task; milliseconds. */
  readonly launchMs: number[] = [];

  constructor(load: SchedulerLoad) {
    this.#load = load;
    this.#left = load.tasks;
    this.#pipes = Array.from({ length: CALL_PIPES }, () => new CallPipe(load.port));
  }

  /** Resolves when subscribed. */
  async subscribe(): Promise<void> {
    const { port, name } = this.#load;
    const info = {
      user: "root",
      name,
      roles: [name],
      capabilities: [{ type: "MULTI_ROLE" as const }, { type: "PARTITION_AWARE" as const }],
      failover_timeout: FAILOVER_SECONDS,
      checkpoint: true,
    };
    const early: SchedulerEvent[] = [];
    const onEvent = (event: SchedulerEvent): void => {
      if (this.#subscription === undefined) early.push(event);
      else this.#take(event);
    };
    this.#subscription = await subscribe({ port, info, onEvent });
    for (const event of early) this.#take(event);
  }

  /** Resolves when every task has ended, or runs if that is enough. */
  get finished(): Promise<void> {
    return this.#finished.promise;
  }

  /** What is known when it does not finish. */
  get progress(): string {
    const refusals = this.#pipes.flatMap(({ refusal }) => refusal ?? []);
    return `${this.#load.name}: ${this.#done} of ${this.#load.tasks} tasks done ${refusals.join("; ")}`;
  }

  #take(event: SchedulerEvent): void {
    if (event.offers !== undefined) this.#useOffers(event.offers.offers ?? []);
    if (event.update !== undefined) this.#useUpdate(event.update.status);
  }

  #useOffers(offers: readonly Offer[]): void {
    const nowMs = performance.now();
    if (Number.isNaN(this.firstOfferAtMs)) this.firstOfferAtMs = nowMs;
    const useless: Offer["id"][] = [];
    for (const offer of offers) {
      this.#load.onOffered(offer.agent_id.value);
      const tasks = this.#tasksFor(offer);
      if (tasks.length === 0) useless.push(offer.id);
      else this.#launch(offer, tasks);
    }
    if (useless.length === 0) return;
    const filters = { refuse_seconds: this.#left > 0 ? 0 : DECLINE_SECONDS };
    this.#call({ type: "DECLINE", decline: { offer_ids: useless, filters } });
  }

  #tasksFor(offer: Offer): TaskInfo[] {
    const cpus = (offer.resources ?? [])
      .filter(({ name }) => name === "cpus")
      .reduce((sum, { scalar }) => sum + (scalar?.value ?? 0), 0);
    // Sums of tenths are not exact.
    const fitting = Math.floor(cpus / TASK_CPUS + 1e-6);
    const count = Math.min(this.#left, this.#load.tasksPerOffer, fitting);
    this.#left -= count;
    return Array.from({ length: count }, () => this.#createTask(offer));
  }

  #createTask({ agent_id, allocation_info = {} }: Offer): TaskInfo {
    const id = `${this.#load.name}-${this.#launched}`;
    this.#launched += 1;
    this.#launchedAtMs.set(id, performance.now());
    const share = { type: "SCALAR" as const, allocation_info, role: "*" };
    return {
      name: id,
      task_id: { value: id },
      agent_id,
      command: { value: "true" },
      resources: [
        { ...share, name: "cpus", scalar: { value: TASK_CPUS } },
        { ...share, name: "mem", scalar: { value: TASK_MEGABYTES } },
      ],
    };
  }

  #launch({ id }: Offer, task_infos: TaskInfo[]): void {
    const operations = [{ type: "LAUNCH", launch: { task_infos } }];
    this.#call({ type: "ACCEPT", accept: { offer_ids: [id], operations, filters: { refuse_seconds: 0 } } });
  }

  #useUpdate({ task_id, agent_id, uuid, state, message }: TaskStatus): void {
    if (uuid !== undefined) this.#call({ type: "ACKNOWLEDGE", acknowledge: { agent_id, task_id, uuid } });
    const launchedAtMs = this.#launchedAtMs.get(task_id.value);
    if (state === "TASK_RUNNING" && launchedAtMs !== undefined) {
      this.launchMs.push(performance.now() - launchedAtMs);
      this.#launchedAtMs.delete(task_id.value);
      if (this.#load.keepRunning) this.#countDone();
    } else if (state === "TASK_FINISHED") {
      if (!this.#load.keepRunning) this.#countDone();
    } else if (state !== "TASK_STARTING" && state !== "TASK_RUNNING") {
      this.#finished.reject(new Error(`Task ${task_id.value} became ${state}: ${message}`));
    }
  }

  #countDone(): void {
    this.#done += 1;
    if (this.#done === this.#load.tasks) this.#finished.resolve();
  }

  #call(call: object): void {
    const { streamId, frameworkId } = this.#subscription ?? { streamId: "", frameworkId: "" };
    this.#calls += 1;
    this.#pipes[this.#calls % CALL_PIPES]?.send(streamId, { framework_id: { value: frameworkId }, ...call });
  }
}
