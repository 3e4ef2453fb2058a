// One agent process: the steps of the real one, effects performed in the order of `agent/run.ts`.
import { type ExecutorCall, encodeProtobuf, fullNameOf } from "@mezzo/wire";
import type { CheckpointRecord } from "../../../cluster/src/agent/checkpoint/record.ts";
import { readCheckpoints } from "../../../cluster/src/agent/checkpoint/read.ts";
import { createAgentState } from "../../../cluster/src/agent/create-state.ts";
import type { AgentEffect } from "../../../cluster/src/agent/effects.ts";
import type { AgentInput } from "../../../cluster/src/agent/inputs.ts";
import { findExecutor } from "../../../cluster/src/agent/lookup.ts";
import type { AgentOptions } from "../../../cluster/src/agent/options.ts";
import type { OutwardEffect } from "../../../cluster/src/agent/run/effect-loop.ts";
import { containersOf } from "../../../cluster/src/agent/run/containers-of.ts";
import { receiveMessage } from "../../../cluster/src/agent/run/receive-message.ts";
import { TimerTable } from "../../../cluster/src/agent/run/timer-table.ts";
import type { AgentState } from "../../../cluster/src/agent/state.ts";
import { step } from "../../../cluster/src/agent/step.ts";
import type { Clock, Timer } from "../../../cluster/src/core/clock.ts";
import { uuidToBase64 } from "../../../cluster/src/core/random.ts";
import type { Message } from "../../../cluster/src/net/libprocess/message.ts";
import type { ExecutorSubscriber } from "../containers/executor-program.ts";
import type { MachineContainers } from "../containers/machine-containers.ts";
import type { AgentDisk } from "../disk/agent-disk.ts";
import { type Endpoint, type Network, addressOf } from "../network/network.ts";
import type { SeededRandom } from "../time/seeded-random.ts";
import { guardStep } from "../trace/guard-step.ts";
import type { Trace } from "../trace/trace.ts";
import { InvariantViolation } from "../trace/violation.ts";
import { describeAgentInput } from "./describe-agent-input.ts";
import { EffectRounds } from "./effect-rounds.ts";
import { GarbageTimers } from "./garbage-timers.ts";
import { Probes } from "./probes.ts";

/** Sees every step of every agent. */
export interface AgentObserver {
  agentStepped(run: AgentRun, input: AgentInput, effects: readonly AgentEffect[]): void;
  /** The records are on the disk. */
  agentSaved(run: AgentRun, records: readonly CheckpointRecord[]): void;
  /** Before the message leaves. */
  agentSends(run: AgentRun, effect: Extract<AgentEffect, { type: "send" }>): void;
}

export interface AgentRunDependencies {
  /** `agent 7`. */
  name: string;
  pid: string;
  clock: Clock;
  random: SeededRandom;
  network: Network;
  disk: AgentDisk;
  containers: MachineContainers;
  trace: Trace;
  observer: AgentObserver;
  /** Who leads, as far as anybody can tell. */
  detectMaster: () => string | undefined;
  /** The process ended by itself. */
  exited: (code: number, message: string) => void;
}

/** As in `agent/run.ts`: the pause between two questions who leads, milliseconds. */
const DETECT_PAUSE_MS = 500;

/** How long a process takes to start and read its checkpoints, milliseconds. */
const START_MS = [10, 300] as const;

/** Within a machine a message takes so long, milliseconds. */
const LOCAL_MS = 0.2;

/** An agent from its start to its end or crash. */
export class AgentRun implements Endpoint {
  readonly state: AgentState;
  readonly name: string;
  readonly #dependencies: AgentRunDependencies;
  readonly #timers: TimerTable;
  readonly #rounds: EffectRounds;
  readonly #garbage: GarbageTimers;
  readonly #probes: Probes;
  readonly #connections = new Map<string, ExecutorSubscriber>();
  #lastConnection = 0;
  #detection: Timer | undefined;
  #detected = false;
  /** What comes while the checkpoints are being read waits until they are; undefined from then on. */
  #held: AgentInput[] | undefined = [];
  #stopped = false;

  constructor(options: AgentOptions, dependencies: AgentRunDependencies) {
    const { clock, random, pid, name, disk, observer } = dependencies;
    this.#dependencies = dependencies;
    this.name = name;
    this.#timers = new TimerTable(clock, (timer) => this.handle({ type: "timer", timer }));
    this.#garbage = new GarbageTimers(clock, disk);
    this.#probes = new Probes({ clock, random, report: (input) => this.handle(input) });
    this.#rounds = new EffectRounds({
      save: (records, done) =>
        disk.save(records, () => {
          if (this.#stopped) return;
          observer.agentSaved(this, records);
          done();
        }),
      perform: (effect) => this.#perform(effect),
    });
    this.state = createAgentState({
      options,
      random,
      pid,
      info: {
        hostname: options.hostname,
        port: options.port,
        resources: options.resources,
        attributes: options.attributes,
      },
      now: clock.now(),
      resourceVersion: uuidToBase64(random.uuid()),
    });
  }

  get stopped(): boolean {
    return this.#stopped;
  }

  /** Effects that wait for the disk. */
  get waitingEffects(): number {
    return this.#rounds.waiting;
  }

  start(): void {
    const { clock, random, network, pid } = this.#dependencies;
    network.attach(addressOf(pid), this);
    clock.after(random.between(...START_MS), () => this.#recover());
  }

  /** Dies without a word; the machine goes on. */
  crash(): void {
    const { network, pid, disk, containers } = this.#dependencies;
    this.#stop();
    disk.crash();
    network.detach(addressOf(pid));
    containers.agentDied();
    const open = [...this.#connections.values()];
    this.#connections.clear();
    for (const subscriber of open) subscriber.closed();
  }

  receive(message: Message): void {
    const short = message.name.slice(message.name.lastIndexOf(".") + 1);
    const traced = { message: { name: short as "PingSlaveMessage", bytes: message.body } };
    this.#dependencies.trace.record(this.name, short, traced);
    const input = receiveMessage(message);
    if (typeof input === "string") throw new InvariantViolation("messages", input, [this.name]);
    this.handle(input);
  }

  exited(pid: string): void {
    this.handle({ type: "linkBroken", pid });
  }

  /** An executor's SUBSCRIBE, with the checks of `agent/api/executor.ts`. */
  subscribe(call: ExecutorCall, subscriber: ExecutorSubscriber): boolean {
    if (this.#held !== undefined || this.#executorOf(call) === undefined) return false;
    const connectionId = String(++this.#lastConnection);
    this.#connections.set(connectionId, subscriber);
    this.handle({ type: "executorSubscribed", connectionId, call });
    return true;
  }

  /** An executor's UPDATE, likewise. */
  call(call: ExecutorCall): boolean {
    if (this.#held !== undefined || this.state.phase === "RECOVERING") return false;
    const executor = this.#executorOf(call);
    if (executor === undefined || executor.phase === "REGISTERING") return false;
    this.handle({ type: "executorCalled", call });
    return true;
  }

  /** The executor's end of its connection is gone. */
  unsubscribe(subscriber: ExecutorSubscriber, of: { frameworkId: string; executorId: string }): void {
    for (const [connectionId, one] of this.#connections) {
      if (one !== subscriber) continue;
      this.#connections.delete(connectionId);
      this.handle({ type: "executorDisconnected", connectionId, ...of });
    }
  }

  /** Takes one input. */
  handle(input: AgentInput): void {
    if (this.#stopped) return;
    if (this.#held !== undefined) this.#held.push(input);
    else this.#rounds.push(this.#step(input));
  }

  #step(input: AgentInput): AgentEffect[] {
    const { clock, trace, observer } = this.#dependencies;
    const text = describeAgentInput(input);
    if (text !== undefined) trace.record(this.name, input.type, { text });
    const effects = guardStep(this.name, () => step(this.state, input, clock.now()));
    observer.agentStepped(this, input, effects);
    return effects;
  }

  #executorOf(call: ExecutorCall): ReturnType<typeof findExecutor> {
    const of = { frameworkId: call.framework_id.value, executorId: call.executor_id.value };
    return findExecutor(this.state, of);
  }

  #recover(): void {
    if (this.#stopped) return;
    const { disk, containers } = this.#dependencies;
    const found = guardStep(this.name, () => readCheckpoints(disk.tree, disk));
    const unreadable = found?.errors[0];
    if (unreadable !== undefined) {
      throw new InvariantViolation("checkpoints", `A checkpoint cannot be read: ${unreadable}`, [this.name]);
    }
    for (const { path, sizeBytes } of found?.cutOff ?? []) disk.tree.truncate(path, sizeBytes);
    const effects = this.#step({ type: "recovered", agent: found });
    // An agent that may not start must not touch what an earlier one left running.
    if (!effects.some(({ type }) => type === "exit")) {
      containers.recover(
        [...this.state.frameworks.values()].flatMap(({ executors }) =>
          [...executors.values()].flatMap(containersOf),
        ),
      );
    }
    const held = this.#held ?? [];
    this.#held = undefined;
    this.#rounds.push(effects);
    for (const input of held) this.handle(input);
  }

  #perform(effect: OutwardEffect): void {
    const { network, containers, pid, observer, clock } = this.#dependencies;
    switch (effect.type) {
      case "send": {
        observer.agentSends(this, effect);
        const body = encodeProtobuf(effect.name, effect.body);
        return network.send({ from: pid, to: effect.to, name: fullNameOf(effect.name), body });
      }
      case "link":
        return network.link(addressOf(pid), effect.pid);
      case "detectMaster":
        return this.#detectMaster();
      case "executorEvent": {
        const subscriber = this.#connections.get(effect.connectionId);
        if (subscriber !== undefined) clock.after(LOCAL_MS, () => subscriber.event(effect.event));
        return undefined;
      }
      case "closeExecutor":
        return this.#closeExecutor(effect.connectionId);
      case "launchContainer":
        return containers.launch(effect);
      case "prepareSandbox":
        return containers.prepare(effect);
      case "runProbe":
        return this.#probes.run(effect);
      case "cancelProbes":
        return this.#probes.cancel(effect.containerId);
      case "killContainer":
        return containers.signal(effect.containerId, effect.signal);
      case "destroyContainer":
        return containers.destroy(effect.containerId);
      case "setTimer":
        return this.#timers.set(effect.timer, effect.delayMs);
      case "cancelTimer":
        return this.#timers.cancel(effect.timer);
      case "collectGarbage":
        return this.#garbage.schedule(effect.paths, effect.delayMs);
      case "keepDirectories":
        return this.#garbage.keep(effect.paths);
      case "exit":
        return this.#exit(effect.code, effect.message);
      case "log":
        return undefined;
    }
  }

  #closeExecutor(connectionId: string): void {
    const subscriber = this.#connections.get(connectionId);
    if (subscriber === undefined) return;
    this.#connections.delete(connectionId);
    this.#dependencies.clock.after(LOCAL_MS, () => subscriber.closed());
  }

  #detectMaster(): void {
    const { clock, detectMaster } = this.#dependencies;
    this.#detection?.cancel();
    const pauseMs = this.#detected ? DETECT_PAUSE_MS : 0;
    this.#detected = true;
    this.#detection = clock.after(pauseMs, () =>
      this.handle({ type: "masterDetected", pid: detectMaster() }),
    );
  }

  #exit(code: number, message: string): void {
    const { trace, exited } = this.#dependencies;
    trace.record(this.name, "exits", { text: `${code} ${message}` });
    exited(code, message);
  }

  #stop(): void {
    this.#stopped = true;
    this.#rounds.stop();
    this.#timers.close();
    this.#garbage.close();
    this.#probes.close();
    this.#detection?.cancel();
  }
}
