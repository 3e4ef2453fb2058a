// The master as a process: takes what arrives, steps, and performs the effects.
//
// The order is the effects' own. What depends on a write to the registry is not among them: it comes back from the
// step of the `persisted` input, which is submitted when the write is on disk.
import { type MasterInfo, encodeProtobuf } from "@mezzo/wire";
import { nextWakeAt } from "../allocator/next-wake-at.ts";
import type { Clock } from "../core/clock.ts";
import { PacedClock } from "../core/paced-clock.ts";
import { type Random, uuidToBase64 } from "../core/random.ts";
import { Router } from "../net/http/router.ts";
import { HttpServer } from "../net/http/server.ts";
import { Libprocess } from "../net/libprocess/libprocess.ts";
import type { Election } from "../election/election.ts";
import type { RegistryStore } from "../store/registry-store.ts";
import { masterRoutes } from "./api/index.ts";
import { TimerStatistics } from "../core/timer-statistics.ts";
import { BufferPool } from "./api/rendering/buffer-pool.ts";
import { Authenticator } from "./authentication/authenticator.ts";
import { createMasterState } from "./create-state.ts";
import type { MasterEffect, SendMessage } from "./effects.ts";
import { EventStreams } from "./event-streams.ts";
import type { MasterInput } from "./inputs.ts";
import { type AdjustableLogger, LoggingLevel } from "./logging-level.ts";
import { createMasterInfo } from "./master-info.ts";
import type { MasterOptions } from "./options.ts";
import { Registrar } from "./registry/registrar.ts";
import { FrameworkTraffic } from "./rate-limits/framework-traffic.ts";
import { Requests } from "./requests.ts";
import type { MasterState } from "./state.ts";
import { step } from "./step.ts";
import { otherRegion } from "./other-region.ts";
import { takeMessage } from "./take-message.ts";
import { Timers } from "./timers.ts";
import { WhitelistWatcher } from "./whitelist-watcher.ts";

export interface MasterDependencies {
  clock: Clock;
  random: Random;
  logger: AdjustableLogger;
  /** The master closes it when it stops. */
  store: RegistryStore;
  /** Several masters elect the one that leads; absent: this one does. The master closes it when it stops. */
  election?: Election;
  /** Called when the master must not go on; it has stopped by then. */
  onAbort?: (message: string) => void;
}

/** Declines expire one by one: the allocator is woken for several at once. Milliseconds. */
const MIN_WAKE_INTERVAL_MS = 5;

/** A master that serves HTTP and libprocess on one address. */
export class MasterProcess {
  readonly #options: MasterOptions;
  readonly #dependencies: MasterDependencies;
  readonly #server: HttpServer;
  readonly #timers: Timers;
  readonly #streams: EventStreams;
  readonly #requests: Requests;
  readonly registrar: Registrar;
  /** How much is logged. */
  readonly logging: LoggingLevel;
  /** How long allocations took. */
  readonly allocationRuns = new TimerStatistics();
  /** Memory of large answers. */
  readonly buffers: BufferPool;
  /** What drivers send. */
  readonly traffic: FrameworkTraffic;
  readonly #whitelist: WhitelistWatcher | undefined;
  #libprocess: Libprocess | undefined;
  #state: MasterState | undefined;
  #allocationScheduled = false;
  #stopped = false;
  #stopping: Promise<void> | undefined;
  #aborted = false;
  /** The last message that was encoded: the same one often goes to every agent. */
  #encoded: { body: unknown; bytes: Uint8Array } | undefined;

  constructor(options: MasterOptions, dependencies: MasterDependencies) {
    this.#options = options;
    this.#dependencies = dependencies;
    const { clock, logger, store } = dependencies;
    this.#server = new HttpServer({ ip: options.ip, port: options.port }, { clock, logger });
    this.#timers = new Timers(new PacedClock(clock));
    this.logging = new LoggingLevel({ logger, timers: this.#timers });
    this.buffers = new BufferPool(clock);
    this.#streams = new EventStreams((streamId) => this.submit({ type: "stream-closed", streamId }));
    this.#requests = new Requests(this.#streams);
    this.registrar = new Registrar({ store, clock });
    this.traffic = new FrameworkTraffic(options.rateLimits ?? {}, { clock, state: () => this.state });
    const onChange = (hostnames: readonly string[]): void =>
      this.submit({ type: "update-whitelist", hostnames });
    if (options.whitelist !== undefined)
      this.#whitelist = new WhitelistWatcher(options.whitelist, { clock, logger, onChange });
  }

  /** Binds, reads the registry and starts to serve. Rejects when the address is taken or the registry unreadable. */
  async start(): Promise<void> {
    const { clock, random, logger } = this.#dependencies;
    await this.#server.listen();
    const bound = this.#server.address;
    const ip = this.#options.advertiseIp ?? bound.ip;
    const port = this.#options.advertisePort ?? bound.port;
    const info = createMasterInfo(this.#options, { id: random.uuid(), ip, port });
    const libprocess = new Libprocess({ id: "master", ip, port }, { clock, logger });
    this.#libprocess = libprocess;
    const state = createMasterState(this.#options, {
      info,
      pid: libprocess.pid,
      now: clock.now(),
      random: () => random.next(),
      newUuid: () => uuidToBase64(random.uuid()),
    });
    this.#state = state;
    const router = new Router({
      delegate: "master",
      jsonSuffix: true,
      disabledPaths: this.#options.disabledEndpoints ?? [],
    });
    for (const route of masterRoutes(this)) router.add(route);
    this.#server.serve(router);
    this.#listen(libprocess, info.hostname ?? ip);
    libprocess.attach(this.#server);
    await this.#whitelist?.start();
    const { election } = this.#dependencies;
    if (election === undefined) return this.#lead(info);
    logger.info("Waiting for the election of a leader", { pid: libprocess.pid, at: election.place });
    election.join(info, {
      elected: () => {
        this.#lead(info).catch((error: unknown) => this.#abort(`Cannot read the registry: ${String(error)}`));
      },
      follows: (leader) => this.#follow(leader),
      lost: (reason) => this.#abort(`Lost leadership or the right to stand for it: ${reason}`),
    });
  }

  /** Takes over. */
  async #lead(info: MasterInfo): Promise<void> {
    const { logger, election } = this.#dependencies;
    this.state.leader = info;
    if (election !== undefined) logger.info("Elected as the leading master");
    const registry = await this.registrar.recover();
    if (this.#stopped) return;
    this.submit({ type: "recovered", registry });
    logger.info("Master is ready", { pid: this.state.pid, id: info.id });
  }

  /** Another master leads: clients are sent there. One with this master's address is what it was before it restarted. */
  #follow(leader: MasterInfo | undefined): void {
    if (leader === undefined || leader.pid === this.state.pid) delete this.state.leader;
    else this.state.leader = leader;
    this.#dependencies.logger.info("The leading master is another", { leader: leader?.pid ?? "none" });
    const elsewhere = leader && otherRegion(this.state.info, leader);
    if (elsewhere !== undefined) this.#abort(elsewhere);
  }

  /** Messages pass authentication first. */
  #listen(libprocess: Libprocess, hostname: string): void {
    const { clock, random, logger } = this.#dependencies;
    const { credentials, authenticationV0Timeout: timeoutMs } = this.#options;
    const authenticator = new Authenticator(
      { hostname, timeoutMs, ...(credentials && { credentials }) },
      {
        clock,
        random,
        logger,
        send: (message) => libprocess.send(message),
        onAsked: () => this.submit({ type: "authenticate" }),
      },
    );
    const receiver = { submit: (input: MasterInput) => this.submit(input), authenticator };
    libprocess.onMessage((message) => {
      if (authenticator.take(message)) return;
      const { from, name } = message;
      const dropped = this.traffic.take(from, name, () => takeMessage(receiver, message, logger));
      if (dropped === undefined) return;
      logger.warn("Dropping a message", { from, name, reason: dropped });
      this.#send({
        type: "send-message",
        to: from,
        name: "FrameworkErrorMessage",
        body: { message: dropped },
      });
    });
    libprocess.onExited((pid) => {
      authenticator.forget(pid);
      this.traffic.exited(pid, () => this.submit({ type: "exited", pid }));
    });
  }

  /** What the master knows; throws before `start`. */
  get state(): MasterState {
    if (this.#state === undefined) throw new Error("Cannot read the master's state: it has not started");
    return this.#state;
  }

  /** Where the master listens; throws before `start`. */
  get address(): { ip: string; port: number } {
    return this.#server.address;
  }

  get clock(): Clock {
    return this.#dependencies.clock;
  }

  get random(): Random {
    return this.#dependencies.random;
  }

  /** Answers to HTTP requests that become inputs. */
  get requests(): Requests {
    return this.#requests;
  }

  /** Takes one input. */
  submit(input: MasterInput): void {
    if (this.#stopped) return;
    const { state } = this;
    for (const effect of step(state, input, this.clock.now())) this.#perform(effect);
    if (state.allocationWanted) this.#scheduleAllocation();
  }

  /** Ends streams and connections and closes the store. Agents and schedulers see a master that went away. */
  stop(): Promise<void> {
    this.#stopping ??= this.#stop();
    return this.#stopping;
  }

  async #stop(): Promise<void> {
    this.#stopped = true;
    this.#timers.cancelAll();
    this.traffic.close();
    this.#whitelist?.stop();
    this.#streams.closeAll();
    this.#libprocess?.close();
    this.buffers.clear();
    await this.#server.close();
    // Withdraws first: nobody should wait for a master that has ended.
    this.#dependencies.election?.close();
    await this.#dependencies.store.close();
  }

  #perform(effect: MasterEffect): void {
    switch (effect.type) {
      case "send-message":
        return this.#send(effect);
      case "send-event":
        return this.#streams.send(effect.streamId, effect.event);
      case "send-operator-event":
        return this.#streams.broadcast(effect.streamIds, effect.event);
      case "respond":
        return this.#requests.respond(effect);
      case "open-stream":
        return this.#requests.openStream(effect);
      case "close-stream":
        return this.#streams.close(effect.streamId);
      case "link":
        return this.#libprocess?.link(effect.pid);
      case "persist":
        return this.#persist(effect);
      case "set-timer":
        return this.#timers.set(effect.key, effect.delayMs, () => {
          this.submit({ type: "timer", ...effect.input });
        });
      case "cancel-timer":
        return this.#timers.cancel(effect.key);
      case "log":
        return this.#dependencies.logger[effect.level](effect.message, effect.facts);
      case "abort":
        return this.#abort(effect.message);
    }
  }

  #send(effect: SendMessage): void {
    if (this.#encoded?.body !== effect.body) {
      this.#encoded = { body: effect.body, bytes: encodeProtobuf(effect.name, effect.body) };
    }
    const name = `mesos.internal.${effect.name}`;
    this.#libprocess?.send({ to: effect.to, name, body: this.#encoded.bytes });
  }

  #persist({ operations, continuation }: Extract<MasterEffect, { type: "persist" }>): void {
    this.registrar.apply(operations).then(
      () => this.submit({ type: "persisted", continuation }),
      (error: unknown) => this.#abort(`Cannot write the registry: ${String(error)}`),
    );
  }

  /** Everything that arrives in this turn is stepped before anything is allocated. */
  #scheduleAllocation(): void {
    if (this.#allocationScheduled) return;
    this.#allocationScheduled = true;
    setImmediate(() => {
      this.#allocationScheduled = false;
      this.#allocate();
    });
  }

  #allocate(): void {
    if (this.#stopped) return;
    const startMs = this.clock.now();
    this.submit({ type: "allocate" });
    const endMs = this.clock.now();
    this.allocationRuns.record(endMs - startMs);
    const wakeAtMs = nextWakeAt(this.state.allocator);
    if (wakeAtMs === undefined) return this.#timers.cancel("allocate");
    const delayMs = Math.max(wakeAtMs - endMs, MIN_WAKE_INTERVAL_MS);
    return this.#timers.set("allocate", delayMs, () => this.#allocate());
  }

  /** Once: every write that waits fails with the first. */
  #abort(message: string): void {
    if (this.#aborted) return;
    this.#aborted = true;
    const { logger, onAbort } = this.#dependencies;
    logger.error(message);
    void this.stop().then(() => onAbort?.(message));
  }
}
