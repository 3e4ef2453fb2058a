// A framework's scheduler: subscribes, launches what it is given to do, acknowledges, kills, reconciles, comes back.
import type { Offer, SchedulerCall, SchedulerEvent, TaskStatus } from "@mezzo/wire";
import type { EventStream, StreamListener } from "../network/event-stream.ts";
import type { CallOutcome, SchedulerChannel } from "../network/scheduler-channel.ts";
import type { SeededRandom } from "../time/seeded-random.ts";
import type { SimClock } from "../time/sim-clock.ts";
import type { Trace } from "../trace/trace.ts";
import { violationsOf } from "../trace/violation.ts";
import { describeEvent } from "./describe-event.ts";
import { type KnownExecutors, planLaunch } from "./plan-launch.ts";
import type { SchedulerOptions } from "./scheduler-options.ts";
import { TaskBook } from "./task-book.ts";
import { type TaskRecord, isSettled, rankOf } from "./task-record.ts";

export interface SchedulerDependencies {
  clock: SimClock;
  random: SeededRandom;
  channel: SchedulerChannel;
  trace: Trace;
}

const violate = violationsOf("scheduler-protocol");

/** How often the scheduler looks after its work: kills, reconciliation, suppression. Milliseconds. */
const TICK_MS = 5000;

/** A task without news for this long is asked about, milliseconds. */
const RECONCILE_AFTER_MS = 12_000;

/** Silence after which a scheduler takes its connection for dead: three heartbeats, milliseconds. */
const SILENCE_MS = 45_000;

/** One process of the scheduler: calls and streams of an earlier one mean nothing to it. */
interface Instance {
  stream: EventStream | undefined;
  streamId: string | undefined;
  lastEventMs: number;
}

/** One framework and the work it has to do. */
export class SchedulerActor {
  readonly name: string;
  readonly options: SchedulerOptions;
  readonly book: TaskBook;
  readonly #dependencies: SchedulerDependencies;
  readonly #executors: KnownExecutors = new Map();
  readonly #held = new Map<string, Offer>();
  #instance: Instance | undefined;
  frameworkId: string | undefined;
  /** Tasks that wait for an offer. */
  pending = 0;
  #nextTask = 0;
  #suppressed = false;
  #settling = false;
  #retiring = false;
  /** Down until a fault's end. */
  #stopped = true;

  constructor(options: SchedulerOptions, dependencies: SchedulerDependencies) {
    this.options = options;
    this.name = `framework ${options.index}`;
    this.book = new TaskBook({ checkpoint: options.info.checkpoint === true });
    this.#dependencies = dependencies;
  }

  /** True while an event stream stands. */
  get subscribed(): boolean {
    return this.#instance?.streamId !== undefined;
  }

  /** Offers it holds. */
  get heldOffers(): number {
    return this.#held.size;
  }

  /** Begins, or comes back after `stop`. */
  start(): void {
    if (!this.#stopped) return;
    this.#stopped = false;
    this.#subscribe();
  }

  /** Starts the flow of work and the looking after it; once. */
  work(): void {
    const { clock, random } = this.#dependencies;
    const { tasks, burst, arrivalMs } = this.options;
    for (let count = 0; count < tasks; count += burst) {
      clock.after(random.between(0, arrivalMs), () => this.#addWork(Math.min(burst, tasks - count)));
    }
    this.#tick();
  }

  /** The process dies; another may be started later. */
  stop(): void {
    this.#dependencies.trace.record(this.name, "stops");
    this.#stopped = true;
    this.#instance?.stream?.hangUp();
    this.#drop();
  }

  /** Another process takes over while the one before still holds its stream. */
  failOver(): void {
    if (this.#stopped) return;
    this.#dependencies.trace.record(this.name, "fails over");
    this.#drop();
    this.#subscribe();
  }

  /** The event stream breaks; each side notices in its own time. */
  breakStream(of: { schedulerMs: number; masterMs: number }): void {
    this.#instance?.stream?.break(of);
  }

  /** Ends the framework; it begins again as a new one. */
  tearDown(): void {
    if (!this.subscribed) return;
    this.#call({ type: "TEARDOWN" });
  }

  /** Ends the framework for good. */
  retire(): void {
    this.#retiring = true;
    this.tearDown();
  }

  /** No new work: what runs forever is killed, the rest comes to its end. */
  settle(): void {
    this.#settling = true;
    this.pending = 0;
    for (const record of this.book.unsettled()) if (record.kind === "service") record.killed = true;
    this.start();
    this.#lookAfterTasks();
  }

  #subscribe(): void {
    const { clock, channel } = this.#dependencies;
    const instance: Instance = { stream: undefined, streamId: undefined, lastEventMs: clock.elapsedMs };
    this.#instance = instance;
    this.#held.clear();
    const { info } = this.options;
    const id = this.frameworkId === undefined ? {} : { id: { value: this.frameworkId } };
    const call: SchedulerCall = {
      type: "SUBSCRIBE",
      ...(this.frameworkId !== undefined && { framework_id: { value: this.frameworkId } }),
      subscribe: {
        framework_info: { ...info, ...id },
        ...(this.#suppressed && { suppressed_roles: info.roles ?? [info.role ?? "*"] }),
      },
    };
    const listener: StreamListener = {
      opened: (streamId) => (instance.streamId = streamId),
      event: (event) => {
        if (this.#instance === instance) this.#take(instance, event);
      },
      closed: () => this.#lost(instance),
    };
    const refused = (): void => this.#lost(instance);
    channel.subscribe(call, { listener, refused }, (stream) => {
      if (this.#instance === instance) instance.stream = stream;
    });
  }

  /** The stream or the subscription failed: once more, after a pause. */
  #lost(instance: Instance): void {
    if (this.#instance !== instance || this.#stopped) return;
    const { clock, random } = this.#dependencies;
    this.#drop();
    clock.after(random.between(100, 2000), () => {
      if (this.#instance === undefined && !this.#stopped) this.#subscribe();
    });
  }

  #drop(): void {
    this.#instance = undefined;
    this.#held.clear();
  }

  #take(instance: Instance, event: SchedulerEvent): void {
    const { clock, trace } = this.#dependencies;
    instance.lastEventMs = clock.elapsedMs;
    trace.record(this.name, event.type ?? "UNKNOWN", { text: describeEvent(event) });
    switch (event.type) {
      case "SUBSCRIBED":
        return this.#subscribedAs(event.subscribed?.framework_id.value ?? "");
      case "OFFERS":
        return this.#offered(event.offers?.offers ?? []);
      case "RESCIND":
        this.#held.delete(event.rescind?.offer_id.value ?? "");
        return undefined;
      case "UPDATE":
        return event.update === undefined ? undefined : this.#updated(event.update.status);
      case "ERROR":
        return this.#refused(event.error?.message ?? "");
      default:
        return undefined;
    }
  }

  #subscribedAs(frameworkId: string): void {
    if (this.frameworkId !== undefined && this.frameworkId !== frameworkId) {
      violate(`Framework ${this.frameworkId} was subscribed as ${frameworkId}`, [
        this.frameworkId,
        frameworkId,
      ]);
    }
    this.frameworkId = frameworkId;
    if (this.#settling || this.#dependencies.random.chance(0.5)) this.#reconcile();
  }

  #refused(message: string): void {
    if (message === "Framework has been removed") {
      this.#dependencies.trace.record(this.name, "begins anew");
      if (this.#retiring) this.#stopped = true;
      this.frameworkId = undefined;
      this.#executors.clear();
      this.book.abandonAll();
    } else if (message !== "Framework failed over") {
      violate(`Unexpected error event: ${message}`, [this.frameworkId ?? this.name]);
    }
  }

  #offered(offers: readonly Offer[]): void {
    const { clock, random } = this.#dependencies;
    for (const offer of offers) {
      if (this.#held.has(offer.id.value)) violate(`Offer ${offer.id.value} was made twice`, [offer.id.value]);
      this.#held.set(offer.id.value, offer);
    }
    const thinkMs = random.chance(0.9) ? random.between(0, 300) : random.between(300, 8000);
    const instance = this.#instance;
    clock.after(thinkMs, () => {
      if (this.#instance === instance) this.#use(offers.filter(({ id }) => this.#held.has(id.value)));
    });
  }

  #use(offers: readonly Offer[]): void {
    const { random } = this.#dependencies;
    const declined: string[] = [];
    for (const offer of offers) {
      const used = this.pending > 0 && this.#launch(offer);
      this.#held.delete(offer.id.value);
      if (!used) declined.push(offer.id.value);
    }
    if (declined.length === 0) return;
    const filters = random.chance(0.5)
      ? {}
      : { filters: { refuse_seconds: random.pick(this.options.refuseSeconds) } };
    const offer_ids = declined.map((value) => ({ value }));
    // A framework may also decline by accepting without operations.
    if (declined.length === 1 && random.chance(0.2)) {
      this.#call({ type: "ACCEPT", accept: { offer_ids, operations: [], ...filters } });
    } else this.#call({ type: "DECLINE", decline: { offer_ids, ...filters } });
    if (this.pending === 0 && !this.#suppressed && random.chance(0.7)) {
      this.#suppressed = true;
      this.#call({ type: "SUPPRESS", suppress: {} });
    }
  }

  #launch(offer: Offer): boolean {
    const { random, clock } = this.#dependencies;
    const frameworkId = this.frameworkId ?? "";
    const plan = planLaunch(offer, this.pending, {
      options: this.options,
      random,
      frameworkId,
      executors: this.#executors,
      nextTaskId: () => `f${this.options.index}.${this.#nextTask++}`,
    });
    if (plan.tasks.length === 0) return false;
    this.pending = Math.max(0, this.pending - plan.tasks.length);
    const records = plan.tasks.map(({ kind, info, executorId }): TaskRecord => {
      return {
        id: info.task_id.value,
        frameworkId,
        agentId: offer.agent_id.value,
        kind,
        ...(executorId !== undefined && { executorId }),
        launchedAtMs: clock.elapsedMs,
        seen: [],
        acknowledged: new Set(),
        killed: false,
        refused: false,
        abandoned: false,
      };
    });
    for (const record of records) this.book.add(record);
    const accept = {
      offer_ids: [offer.id],
      operations: plan.operations,
      filters: { refuse_seconds: random.pick(this.options.refuseSeconds) },
    };
    this.#call({ type: "ACCEPT", accept }, (outcome) => {
      if (outcome === "lost" || outcome.status === 202) return;
      for (const record of records) record.refused = true;
    });
    return true;
  }

  #updated(status: TaskStatus): void {
    const { clock, random } = this.#dependencies;
    const record = this.book.hear(status);
    const { uuid, agent_id } = status;
    if (uuid === undefined || agent_id === undefined) return;
    const forgotten = !this.#settling && random.chance(this.options.forgottenAcknowledgements);
    if (forgotten) return;
    const instance = this.#instance;
    clock.after(random.between(0, 20), () => {
      if (this.#instance !== instance) return;
      record.acknowledged.add(uuid);
      const acknowledge = { agent_id, task_id: status.task_id, uuid };
      this.#call({ type: "ACKNOWLEDGE", acknowledge });
    });
  }

  #addWork(count: number): void {
    if (this.#settling) return;
    this.pending += count;
    if (!this.#suppressed || !this.subscribed) return;
    this.#suppressed = false;
    this.#call({ type: "REVIVE", revive: {} });
  }

  #tick(): void {
    const { clock, random } = this.#dependencies;
    clock.after(TICK_MS * random.between(0.8, 1.2), () => {
      this.#lookAfterConnection();
      this.#lookAfterTasks();
      this.#tick();
    });
  }

  /** An answer to a SUBSCRIBE or the next heartbeat is overdue. */
  #lookAfterConnection(): void {
    const instance = this.#instance;
    if (instance === undefined || this.#stopped) return;
    if (this.#dependencies.clock.elapsedMs - instance.lastEventMs < SILENCE_MS) return;
    instance.stream?.hangUp();
    this.#lost(instance);
  }

  #lookAfterTasks(): void {
    if (!this.subscribed) return;
    if (this.#retiring) this.tearDown();
    const { random } = this.#dependencies;
    for (const record of this.book.unsettled()) {
      if (record.kind === "service" && !record.killed && random.chance(0.1)) record.killed = true;
      else if (record.kind !== "service" && !record.killed && random.chance(0.01)) record.killed = true;
      if (!record.killed) continue;
      const ids = { task_id: { value: record.id }, agent_id: { value: record.agentId } };
      this.#call({ type: "KILL", kill: ids });
    }
    if (this.#settling || random.chance(0.3)) this.#reconcile();
    if (this.pending > 0 && this.#suppressed) {
      this.#suppressed = false;
      this.#call({ type: "REVIVE", revive: {} });
    }
  }

  /** Asks about every task whose end is not known; now and then about all without naming them. */
  #reconcile(): void {
    const { clock, random } = this.#dependencies;
    const asked = this.book
      .unsettled()
      .filter(({ launchedAtMs }) => clock.elapsedMs - launchedAtMs > RECONCILE_AFTER_MS);
    const tasks = asked.map(({ id, agentId }) => ({ task_id: { value: id }, agent_id: { value: agentId } }));
    if (tasks.length > 0) this.#call({ type: "RECONCILE", reconcile: { tasks } });
    if (random.chance(0.2)) this.#call({ type: "RECONCILE", reconcile: {} });
  }

  /** What came of a call matters only to the process that made it. */
  #call(call: SchedulerCall, done: (outcome: CallOutcome) => void = () => {}): void {
    const { streamId } = this.#instance ?? {};
    if (streamId === undefined || this.frameworkId === undefined) return;
    const { channel } = this.#dependencies;
    const framework_id = { value: this.frameworkId };
    channel.call({ ...call, framework_id }, streamId, (outcome) => {
      if (outcome !== "lost" && outcome.status === 400 && !/stream ID|cannot be found/.test(outcome.body)) {
        violate(`${call.type} was answered with 400: ${outcome.body}`, [this.frameworkId ?? this.name]);
      }
      done(outcome);
    });
  }
}

/** True when nothing more is to be heard of the scheduler's tasks, unreachable ones aside. */
export function hasSettled(actor: SchedulerActor): boolean {
  return [...actor.book.tasks.values()].every(
    (record) => isSettled(record) || (record.latest !== undefined && rankOf(record.latest.state) === 4),
  );
}
