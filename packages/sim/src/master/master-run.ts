// One master process: the steps of the real one, effects performed in the order of `master/run.ts`.
import { type SchedulerEvent, decode, encode, encodeProtobuf, fullNameOf } from "@mezzo/wire";
import type { Clock } from "../../../cluster/src/core/clock.ts";
import { nextWakeAt } from "../../../cluster/src/allocator/next-wake-at.ts";
import { silentLogger } from "../../../cluster/src/core/logger.ts";
import { createMasterState } from "../../../cluster/src/master/create-state.ts";
import type { MasterEffect, SendMessage } from "../../../cluster/src/master/effects.ts";
import type { MasterInput } from "../../../cluster/src/master/inputs.ts";
import { createMasterInfo } from "../../../cluster/src/master/master-info.ts";
import type { MasterOptions } from "../../../cluster/src/master/options.ts";
import type { MasterState } from "../../../cluster/src/master/state.ts";
import { step } from "../../../cluster/src/master/step.ts";
import { takeMessage } from "../../../cluster/src/master/take-message.ts";
import { Timers } from "../../../cluster/src/master/timers.ts";
import type { Message } from "../../../cluster/src/net/libprocess/message.ts";
import type { Fence, RegistryDisk, RegistryWriter } from "../disk/registry-disk.ts";
import { type Endpoint, type Network, addressOf } from "../network/network.ts";
import type { SeededRandom } from "../time/seeded-random.ts";
import type { Trace } from "../trace/trace.ts";
import { guardStep } from "../trace/guard-step.ts";
import type { CallReply, EventSink, IncomingCall } from "./call-reply.ts";
import { violationsOf } from "../trace/violation.ts";
import { describeInput } from "./describe-input.ts";

const violate = violationsOf("bounded-queues");

/** Sees every step. */
export interface MasterObserver {
  masterStepped(run: MasterRun, input: MasterInput, effects: readonly MasterEffect[]): void;
  /** All effects of the step are performed. */
  masterPerformed(run: MasterRun, input: MasterInput): void;
  /** Before the message or event leaves. */
  masterSends(run: MasterRun, effect: MasterEffect): void;
  /** A write is on the disk, its continuation has not been stepped. */
  masterPersisted(run: MasterRun): void;
}

export interface MasterRunDependencies {
  /** `master`, or `master 2` of several. */
  name: string;
  clock: Clock;
  random: SeededRandom;
  network: Network;
  registry: RegistryDisk;
  trace: Trace;
  observer: MasterObserver;
  fence: Fence;
}

type WithoutRequest<T> = T extends { request: number } ? Omit<T, "request"> : never;

/** What an operator asks for. */
export type OperatorInput = WithoutRequest<
  Exclude<MasterInput, { type: "scheduler-call" | "operator-subscribe" }>
>;

/** What waits while the process is stopped. */
interface Held {
  run: () => void;
  /** The process is killed instead of continued. */
  lost?: () => void;
}

/** Inputs that a stopped process finds when it goes on: its sockets' buffers are full long before. */
const MAX_HELD = 100_000;

/** As in `master/run.ts`: several declines that end together wake the allocator once, milliseconds. */
const MIN_WAKE_INTERVAL_MS = 5;

/** How long a master takes to read its registry at most, milliseconds. */
const MAX_READ_MS = 200;

/** A master from its start to its end or crash. */
export class MasterRun implements Endpoint {
  readonly state: MasterState;
  readonly timers: Timers;
  /** Keys of the timers that run, for the checks. */
  readonly timerKeys = new Map<string, object>();
  readonly pid: string;
  readonly #registry: RegistryWriter;
  readonly #dependencies: MasterRunDependencies;
  readonly #waiting = new Map<number, CallReply>();
  readonly #streams = new Map<string, EventSink>();
  #nextRequest = 0;
  #writes = 0;
  #allocationScheduled = false;
  #stopped = false;
  /** Present while the process is stopped (SIGSTOP). */
  #held: Held[] | undefined;

  constructor(options: MasterOptions, dependencies: MasterRunDependencies) {
    const { clock, random, registry, fence } = dependencies;
    this.#dependencies = dependencies;
    this.#registry = registry.open(fence);
    this.pid = `master@${options.ip}:${options.port}`;
    this.timers = new Timers(clock);
    const info = createMasterInfo(options, { id: random.uuid(), ip: options.ip, port: options.port });
    this.state = createMasterState(options, {
      info,
      pid: this.pid,
      now: clock.now(),
      random: () => random.next(),
    });
    this.state.leader = info;
  }

  /** Open event streams. */
  get streamCount(): number {
    return this.#streams.size;
  }

  /** Requests that are owed an answer. */
  get waitingRequests(): number {
    return this.#waiting.size;
  }

  /** Writes of which the master has not heard that they are on the disk. */
  get pendingWrites(): number {
    return this.#writes;
  }

  get stopped(): boolean {
    return this.#stopped;
  }

  /** False for a master that was deposed, whether it knows or not. */
  get leads(): boolean {
    return this.#dependencies.fence.leads();
  }

  /** SIGSTOP: what comes waits. */
  pause(): void {
    this.#held ??= [];
  }

  /** SIGCONT. */
  resume(): void {
    const held = this.#held ?? [];
    this.#held = undefined;
    for (const { run } of held) if (!this.#stopped) run();
  }

  #whenAwake(run: () => void, lost?: () => void): void {
    if (this.#stopped) return lost?.();
    if (this.#held === undefined) return run();
    if (this.#held.length >= MAX_HELD) violate(`${MAX_HELD} inputs wait for ${this.#dependencies.name}`);
    this.#held.push({ run, ...(lost !== undefined && { lost }) });
    return undefined;
  }

  /** Listens, and works once it has read the registry. */
  start(): void {
    const { clock, random, network, registry } = this.#dependencies;
    network.attach(addressOf(this.pid), this);
    clock.after(random.between(1, MAX_READ_MS), () =>
      this.#whenAwake(() => this.submit({ type: "recovered", registry: registry.read() })),
    );
  }

  /** Dies without a word. */
  crash(): void {
    const { network } = this.#dependencies;
    this.#stopped = true;
    this.timers.cancelAll();
    this.timerKeys.clear();
    this.#registry.crash();
    network.detach(addressOf(this.pid));
    for (const sink of this.#streams.values()) sink.lost();
    for (const call of this.#waiting.values()) call.lost();
    for (const { lost } of this.#held ?? []) lost?.();
    this.#held = undefined;
    this.#streams.clear();
    this.#waiting.clear();
  }

  receive(message: Message): void {
    this.#whenAwake(() => this.#receive(message));
  }

  #receive(message: Message): void {
    const short = message.name.slice(message.name.lastIndexOf(".") + 1);
    const traced = {
      message: { name: short as "PingSlaveMessage", bytes: message.body },
      text: message.from,
    };
    this.#dependencies.trace.record(this.#dependencies.name, short, traced);
    takeMessage(this, message, silentLogger);
  }

  exited(pid: string): void {
    this.#whenAwake(() => this.submit({ type: "exited", pid }));
  }

  /** The other end of a stream is gone. */
  streamClosed(streamId: string): void {
    this.#whenAwake(() => {
      if (this.#streams.delete(streamId)) this.submit({ type: "stream-closed", streamId });
    });
  }

  /** A scheduler's call, as `master/api/scheduler.ts` takes it. */
  takeCall(incoming: IncomingCall): void {
    this.#whenAwake(
      () => this.#takeCall(incoming),
      () => incoming.lost(),
    );
  }

  #takeCall(incoming: IncomingCall): void {
    const { trace, random } = this.#dependencies;
    if (!this.state.recovered) return incoming.answer(503, "Master has not finished recovery");
    const call = decode("SchedulerCall", incoming.body, incoming.mediaType);
    if (!call.ok) return incoming.answer(400, call.error);
    trace.record(this.#dependencies.name, call.value.type ?? "call", {
      text: Buffer.from(JSON.stringify(call.value)).toString(),
    });
    const { streamId } = incoming;
    this.submit({
      type: "scheduler-call",
      request: this.#expect(incoming),
      call: call.value,
      ...(streamId !== undefined && { streamId }),
      uuid: call.value.type === "SUBSCRIBE" ? random.uuid() : "",
    });
    return undefined;
  }

  /** An operator's call; nobody looks at the answer. */
  operate(input: OperatorInput): void {
    if (!this.state.recovered || this.#held !== undefined) return;
    const request = this.#expect({
      answer: (status, text) => {
        const { trace, name } = this.#dependencies;
        trace.record(name, "answers the operator", { text: `${status} ${text}` });
      },
      lost: () => {},
      open: () => {
        throw new Error("An operator's call got a stream");
      },
    });
    this.submit({ ...input, request });
  }

  /** Takes one input and performs what follows. */
  submit(input: MasterInput): void {
    if (this.#stopped) return;
    const { clock, trace, observer } = this.#dependencies;
    const text = describeInput(input);
    if (text !== undefined) trace.record(this.#dependencies.name, input.type, { text });
    const effects = guardStep(this.#dependencies.name, () => step(this.state, input, clock.now()));
    observer.masterStepped(this, input, effects);
    for (const effect of effects) {
      if (this.#stopped) return;
      this.#perform(effect);
    }
    observer.masterPerformed(this, input);
    if (this.state.allocationWanted) this.#scheduleAllocation();
  }

  #expect(reply: CallReply): number {
    const request = this.#nextRequest++;
    this.#waiting.set(request, reply);
    return request;
  }

  #perform(effect: MasterEffect): void {
    const { clock, network, observer } = this.#dependencies;
    switch (effect.type) {
      case "send-message":
        observer.masterSends(this, effect);
        return this.#send(effect);
      case "send-event":
        observer.masterSends(this, effect);
        return this.#sendEvent(effect.streamId, effect.event);
      case "respond":
        return this.#take(effect.request)?.answer(effect.status, effect.body ?? "");
      case "open-stream": {
        const sink = this.#take(effect.request)?.open(effect.streamId);
        if (sink !== undefined) this.#streams.set(effect.streamId, sink);
        return undefined;
      }
      case "close-stream": {
        this.#streams.get(effect.streamId)?.close();
        clock.after(0, () => this.streamClosed(effect.streamId));
        return undefined;
      }
      case "link":
        return network.link(addressOf(this.pid), effect.pid);
      case "persist":
        return this.#persist(effect);
      case "set-timer": {
        const { key, input } = effect;
        this.timerKeys.set(key, input);
        return this.timers.set(key, effect.delayMs, () =>
          this.#whenAwake(() => {
            // What a stopped process finds first may have cancelled the timer, or set it anew.
            if (this.timerKeys.get(key) !== input) return;
            this.timerKeys.delete(key);
            this.submit({ type: "timer", ...input });
          }),
        );
      }
      case "cancel-timer":
        this.timerKeys.delete(effect.key);
        return this.timers.cancel(effect.key);
      case "abort":
        throw new Error(`The master aborted: ${effect.message}`);
      case "send-operator-event":
      case "log":
        // No operator listens here, and nobody reads the log.
        return undefined;
    }
  }

  #send(effect: SendMessage): void {
    const body = encodeProtobuf(effect.name, effect.body);
    this.#dependencies.network.send({ from: this.pid, to: effect.to, name: fullNameOf(effect.name), body });
  }

  #sendEvent(streamId: string, event: SchedulerEvent): void {
    const sink = this.#streams.get(streamId);
    sink?.send(encode("SchedulerEvent", event, sink.mediaType));
  }

  #persist({ operations, continuation }: Extract<MasterEffect, { type: "persist" }>): void {
    this.#writes += 1;
    this.#registry.commit(operations, () =>
      this.#whenAwake(() => {
        this.#writes -= 1;
        this.#dependencies.observer.masterPersisted(this);
        this.submit({ type: "persisted", continuation });
      }),
    );
  }

  #take(request: number): CallReply | undefined {
    const waiting = this.#waiting.get(request);
    this.#waiting.delete(request);
    return waiting;
  }

  #scheduleAllocation(): void {
    if (this.#allocationScheduled) return;
    this.#allocationScheduled = true;
    this.#dependencies.clock.after(0, () =>
      this.#whenAwake(() => {
        this.#allocationScheduled = false;
        this.#allocate();
      }),
    );
  }

  #allocate(): void {
    if (this.#stopped) return;
    this.submit({ type: "allocate" });
    const wakeAtMs = nextWakeAt(this.state.allocator);
    if (wakeAtMs === undefined) return this.timers.cancel("allocate");
    const delayMs = Math.max(wakeAtMs - this.#dependencies.clock.now(), MIN_WAKE_INTERVAL_MS);
    return this.timers.set("allocate", delayMs, () => this.#whenAwake(() => this.#allocate()));
  }
}
