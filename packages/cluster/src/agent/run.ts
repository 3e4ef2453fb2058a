// The agent as a process: performs what the steps decide, on this machine's disk, network and containers.
import {
  encodeProtobuf,
  fullNameOf,
  type ExecutorCall,
  type MediaType,
  type ResourceStatistics,
} from "@mezzo/wire";
import { uuidToBase64, type Random } from "../core/random.ts";
import type { Clock, Timer } from "../core/clock.ts";
import type { Logger } from "../core/logger.ts";
import { LoggingLevel } from "./run/logging-level.ts";
import type { RecordStream } from "../net/http/record-stream.ts";
import { Router } from "../net/http/router.ts";
import { HttpServer } from "../net/http/server.ts";
import type { Message } from "../net/libprocess/message.ts";
import { Libprocess } from "../net/libprocess/libprocess.ts";
import { agentRoutes, type AgentApi } from "./api/index.ts";
import type { AgentMeasures } from "./api/metric-sources.ts";
import type { Containerizer } from "./containerizer/containerizer.ts";
import { createAgentState } from "./create-state.ts";
import type { AgentInput } from "./inputs.ts";
import type { AgentOptions } from "./options.ts";
import { Authenticatee } from "./run/authenticatee.ts";
import { bootId } from "./run/boot-id.ts";
import { checkpointWrites } from "./checkpoint/writes.ts";
import { ContainerRunner } from "./run/container-runner.ts";
import { LaunchedContainers } from "./launched/launched-containers.ts";
import { Terminals } from "./launched/terminals.ts";
import { emptyTrash } from "./run/destroy-volume.ts";
import { isElectionUrl } from "@mezzo/sdk";
import { masterPid } from "./run/detect-master.ts";
import { LeaderDetector } from "./run/leader-detector.ts";
import { performWrites } from "./run/disk.ts";
import { EffectLoop, type OutwardEffect } from "./run/effect-loop.ts";
import { DriverExecutors } from "./run/driver-executors.ts";
import { ExecutorConnections } from "./run/executor-connections.ts";
import type { Fetcher } from "./run/fetch.ts";
import { Garbage } from "./run/garbage.ts";
import { Prober } from "./run/probes/prober.ts";
import { receiveMessage } from "./run/receive-message.ts";
import { containersToRecover } from "./run/containers-of.ts";
import { recoverAgent, scheduleNestedSandboxes, scheduleOldAgents } from "./run/recover-agent.ts";
import { Watches } from "./run/watches.ts";
import { TimerTable } from "./run/timer-table.ts";
import { metaDirOf } from "./sandbox/paths.ts";
import type { AgentState, ExecutorState } from "./state.ts";
import { step } from "./step.ts";

/** The agent's libprocess id: Mesos numbers the agents of one process from 1. */
const PROCESS_ID = "slave(1)";

/** Where the master's answers of an authentication go. */
const AUTHENTICATEE_ID = "crammd5-authenticatee(1)";

/** Between two questions who leads, after the first: a dead master is not asked in a busy loop. */
const DETECT_PAUSE_MS = 500;

/** What was sent last gets out before the process ends. */
const LINGER_MS = 50;

export interface AgentDependencies {
  clock: Clock;
  random: Random;
  logger: Logger;
  containerizer: Containerizer;
  fetcher: Fetcher;
}

/** How an agent ended: the exit code of its process and why. */
export interface AgentEnd {
  code: number;
  message: string;
}

/** One agent. `run()` works until the agent ends by itself, by its master or by `stop()`. */
export class AgentProcess implements AgentApi {
  readonly #options: AgentOptions;
  readonly #dependencies: AgentDependencies;
  readonly #server: HttpServer;
  readonly #connections = new ExecutorConnections();
  readonly #drivers: DriverExecutors = new DriverExecutors({
    state: () => this.state,
    handle: (input) => this.#handle(input),
    link: (pid) => this.#libprocess?.link(pid),
    send: (message) => this.#libprocess?.send(message),
  });
  readonly #timers: TimerTable;
  readonly #containers: ContainerRunner;
  readonly #watches: Watches;
  readonly #prober: Prober;
  readonly #garbage: Garbage;
  readonly #effects: EffectLoop;
  readonly #ended = Promise.withResolvers<AgentEnd>();
  readonly logging: LoggingLevel;
  readonly launched: LaunchedContainers;
  readonly terminals: Terminals;
  #recoveryMs = 0;
  #libprocess: Libprocess | undefined;
  #state: AgentState | undefined;
  #authenticatee: Authenticatee | undefined;
  #detection: Timer | undefined;
  #leader: LeaderDetector | undefined;
  #detected = false;
  /** What happens while the agent recovers is handled after it, so that effects keep their order. */
  #held: AgentInput[] | undefined = [];

  constructor(options: AgentOptions, dependencies: AgentDependencies) {
    const { clock, logger, containerizer, fetcher } = dependencies;
    this.#options = options;
    this.#dependencies = dependencies;
    this.#server = new HttpServer({ ip: options.ip, port: options.port }, { clock, logger });
    this.logging = new LoggingLevel({ logger, clock });
    this.#timers = new TimerTable(clock, (timer) => this.#handle({ type: "timer", timer }));
    // Before the runner: how a task ended is known here while its container still is.
    this.launched = new LaunchedContainers(options, {
      containerizer,
      fetcher,
      clock,
      logger,
      state: () => this.state,
      limitationOf: (containerId) => this.#containers.limitationOf(containerId),
      sandboxes: {
        used: (path) => this.#garbage.keep([path]),
        left: (path) => {
          if (options.gcNestedSandboxes) this.#garbage.schedule([path]);
        },
      },
    });
    this.terminals = new Terminals(options, { clock });
    this.#containers = new ContainerRunner(options, {
      containerizer,
      fetcher,
      terminals: this.terminals,
      tryOnce: (effect, patienceMs) => this.#prober.tryOnce(effect, patienceMs),
      report: (input) => this.#handle(input),
    });
    this.#watches = new Watches(options, {
      clock,
      logger,
      containerizer,
      state: () => this.state,
      launched: () => this.launched.list(),
      limit: (containerId, limitation) => this.#containers.limit(containerId, limitation),
      overloaded: () => this.#handle({ type: "overloaded" }),
    });
    this.#prober = new Prober({ clock, containerizer, report: (input) => this.#handle(input) });
    this.#garbage = new Garbage(
      {
        workDir: options.workDir,
        gcDelayMs: options.gcDelay,
        diskHeadroom: options.gcDiskHeadroom,
        diskWatchIntervalMs: options.diskWatchInterval,
      },
      { clock, logger, removed: (path) => this.#handle({ type: "directoryRemoved", path }) },
    );
    this.#effects = new EffectLoop({
      save: (records) =>
        performWrites(records.flatMap((record) => checkpointWrites(record, this.#checkpointContext))),
      perform: (effect) => this.#perform(effect),
      failed: (error) => this.#end({ code: 1, message: `Failed to checkpoint: ${String(error)}` }),
    });
  }

  get state(): AgentState {
    if (this.#state === undefined) throw new Error("Cannot look at the agent's state: it does not run yet");
    return this.#state;
  }

  get recovered(): boolean {
    return this.#held === undefined;
  }

  get clock(): Clock {
    return this.#dependencies.clock;
  }

  get containerizer(): Containerizer {
    return this.#dependencies.containerizer;
  }

  diskOf(executor: ExecutorState): Partial<ResourceStatistics> {
    return this.#watches.diskOf(executor);
  }

  get measures(): AgentMeasures {
    const { counters, cachedBytes } = this.#dependencies.fetcher;
    return {
      ...(counters && { fetches: counters }),
      ...(cachedBytes !== undefined && { cachedBytes }),
      removals: this.#garbage.removals,
      recoveryMs: this.#recoveryMs,
      containerizer: this.containerizer.counts?.() ?? [],
    };
  }

  /** The bound address, known once `run()` has begun to listen. */
  get address(): { ip: string; port: number } {
    return this.#server.address;
  }

  now(): number {
    return this.#dependencies.clock.now();
  }

  /** Binds, recovers, registers and works; resolves when the agent has ended and everything is closed. */
  async run(): Promise<AgentEnd> {
    await this.#server.listen();
    this.#begin();
    try {
      await this.#recover();
      const end = await this.#ended.promise;
      this.#dependencies.logger.info("The agent ends", { ...end });
      return end;
    } finally {
      await this.#close();
    }
  }

  /** Ends the agent. `unregister`: tasks are killed and the master is told, instead of leaving them for a restart. */
  stop(of: { unregister?: boolean; message?: string } = {}): void {
    const { unregister = false, message = "The agent was asked to stop" } = of;
    this.#handle({ type: "shutdown", unregister, message });
  }

  subscribe(call: ExecutorCall, mediaType: MediaType): RecordStream {
    const of = { frameworkId: call.framework_id.value, executorId: call.executor_id.value };
    const { id, stream } = this.#connections.open(mediaType, (connectionId) =>
      this.#handle({ type: "executorDisconnected", connectionId, ...of }),
    );
    this.#handle({ type: "executorSubscribed", connectionId: id, call });
    return stream;
  }

  call(call: ExecutorCall): void {
    this.#handle({ type: "executorCalled", call });
  }

  get #checkpointContext(): { metaDir: string; bootId: string } {
    return { metaDir: metaDirOf(this.#options.workDir), bootId };
  }

  /** Makes the state and opens the agent's ears: executors may subscribe while it recovers. */
  #begin(): void {
    const { clock, random, logger } = this.#dependencies;
    const options = this.#options;
    const { ip, port } = this.#server.address;
    const libprocess = new Libprocess(
      {
        id: PROCESS_ID,
        ip: options.advertiseIp ?? ip,
        port: options.advertisePort ?? port,
      },
      { clock, logger },
    );
    this.#libprocess = libprocess;
    this.#state = createAgentState({
      options,
      random,
      pid: libprocess.pid,
      info: {
        hostname: options.hostname,
        port: options.advertisePort ?? port,
        resources: options.resources,
        attributes: options.attributes,
        ...(options.domain && { domain: options.domain }),
      },
      now: clock.now(),
      resourceVersion: uuidToBase64(random.uuid()),
    });
    this.#authenticatee = this.#createAuthenticatee(libprocess);
    libprocess.onMessage((message) => {
      if (this.#authenticatee?.take(message) === true || this.#takeFromDriver(message)) return;
      const input = receiveMessage(message);
      if (typeof input !== "string") return this.#handle(input);
      logger.warn("Dropping a message", { from: message.from, name: message.name, reason: input });
    });
    libprocess.onExited((pid) => {
      this.#authenticatee?.linkBroken(pid);
      this.#drivers.exited(pid);
      this.#handle({ type: "linkBroken", pid });
    });
    libprocess.attach(this.#server);
    const router = new Router({
      delegate: PROCESS_ID,
      jsonSuffix: true,
      disabledPaths: this.#options.disabledEndpoints ?? [],
    });
    for (const route of agentRoutes(this)) router.add(route);
    this.#server.serve(router);
  }

  async #recover(): Promise<void> {
    const { workDir, strict } = this.#options;
    const startedAt = this.now();
    const found = recoverAgent({ ...this.#checkpointContext, strict });
    if (!found.ok) {
      this.#held = undefined;
      return this.#end({ code: 1, message: `Failed to perform recovery: ${found.error}` });
    }
    const effects = step(this.state, { type: "recovered", agent: found.value }, this.now());
    const agentId = this.state.info.id?.value;
    if (agentId !== undefined) this.#dependencies.logger.info("Recovering", { agentId });
    // An agent that may not start must not touch what an earlier one left running.
    if (!effects.some(({ type }) => type === "exit")) {
      await this.#containers.recover(containersToRecover(this.state), this.launched.recover());
      emptyTrash(workDir, this.state.info.resources ?? []);
      await scheduleOldAgents(workDir, { garbage: this.#garbage, agentId: this.state.info.id?.value });
      if (this.state.options.gcNestedSandboxes) {
        await scheduleNestedSandboxes(this.state, { garbage: this.#garbage, launched: this.launched.list() });
      }
    }
    this.#recoveryMs = this.now() - startedAt;
    this.#watches.start();
    const held = this.#held ?? [];
    this.#held = undefined;
    this.#effects.push(effects);
    for (const input of held) this.#handle(input);
  }

  #handle(input: AgentInput): void {
    if (this.#state === undefined) return;
    if (this.#held !== undefined) {
      this.#held.push(input);
      return;
    }
    this.#effects.push(step(this.#state, input, this.now()));
    if (input.type === "containerExited" || input.type === "containerLaunchFailed") this.launched.sweep();
  }

  /** A message of an executor on the older driver; one that makes no sense is dropped. */
  #takeFromDriver(message: Message): boolean {
    try {
      return this.#drivers.take(message);
    } catch (error) {
      const { from, name } = message;
      this.#dependencies.logger.warn("Dropping a message", { from, name, reason: String(error) });
      return true;
    }
  }

  #connectionsOf({ connectionId }: { connectionId: string }): ExecutorConnections | DriverExecutors {
    return this.#drivers.has(connectionId) ? this.#drivers : this.#connections;
  }

  #perform(effect: OutwardEffect): void {
    switch (effect.type) {
      case "send":
        return this.#libprocess?.send({
          to: effect.to,
          name: fullNameOf(effect.name),
          body: encodeProtobuf(effect.name, effect.body),
        });
      case "link":
        return this.#libprocess?.link(effect.pid);
      case "detectMaster":
        return this.#detectMaster();
      case "executorEvent":
        return this.#connectionsOf(effect).send(effect.connectionId, effect.event);
      case "closeExecutor":
        return this.#connectionsOf(effect).close(effect.connectionId);
      case "launchContainer":
        return this.#containers.launch(effect);
      case "prepareSandbox":
        return this.#containers.prepare(effect);
      case "runProbe":
        return this.#prober.run(effect);
      case "cancelProbes":
        return this.#prober.cancel(effect.containerId);
      case "updateContainer":
        return this.#containers.update(effect);
      case "killContainer":
        return this.#containers.signal(effect.containerId, effect.signal);
      case "destroyContainer":
        return this.#containers.destroy(effect.containerId);
      case "setTimer":
        return this.#timers.set(effect.timer, effect.delayMs);
      case "cancelTimer":
        return this.#timers.cancel(effect.timer);
      case "collectGarbage":
        this.launched.sweep();
        if (effect.old) return void this.#garbage.scheduleByAge(effect.paths);
        return this.#garbage.schedule(effect.paths);
      case "keepDirectories":
        return this.#garbage.keep(effect.paths);
      case "exit":
        return this.#end({ code: effect.code, message: effect.message });
      case "log":
        return this.#dependencies.logger[effect.level](effect.message, effect.facts);
    }
  }

  /** Several masters: the watch says whenever another leads; the agent asks when its own does not answer. */
  #askWatch(pauseMs: number): void {
    const { clock, logger } = this.#dependencies;
    if (this.#leader !== undefined) {
      this.#detection = clock.after(pauseMs, () => this.#leader?.ask());
      return;
    }
    const { master: url, electionSessionTimeout: sessionTimeoutMs } = this.#options;
    this.#leader = new LeaderDetector(
      { url, sessionTimeoutMs },
      {
        clock,
        logger,
        detected: (pid) => this.#handle({ type: "masterDetected", pid }),
      },
    );
  }

  #detectMaster(): void {
    this.#detection?.cancel();
    const pause = this.#detected ? DETECT_PAUSE_MS : 0;
    this.#detected = true;
    if (isElectionUrl(this.#options.master)) return this.#askWatch(pause);
    this.#detection = this.#dependencies.clock.after(pause, () => {
      masterPid(this.#options.master).then(
        (pid) => this.#met(pid),
        (error: unknown) => {
          this.#dependencies.logger.error("Cannot find the master", { error: String(error) });
          this.#detectMaster();
        },
      );
    });
  }

  /** Registration begins once the master lets the agent in; one that does not ends it. */
  #met(pid: string): void {
    const detected = (): void => this.#handle({ type: "masterDetected", pid });
    if (this.#authenticatee === undefined) return detected();
    return this.#authenticatee.authenticate(pid, (accepted) => {
      if (accepted) return detected();
      return this.stop({ unregister: true, message: "Master refused authentication" });
    });
  }

  #createAuthenticatee(libprocess: Libprocess): Authenticatee | undefined {
    const options = this.#options;
    if (options.credential === undefined) return undefined;
    libprocess.addProcess(AUTHENTICATEE_ID);
    return new Authenticatee(
      {
        credential: options.credential,
        client: libprocess.pid,
        pid: libprocess.pidOf(AUTHENTICATEE_ID),
        backoffFactorMs: options.authenticationBackoffFactor,
        timeoutMinMs: options.authenticationTimeoutMin,
        timeoutMaxMs: options.authenticationTimeoutMax,
      },
      {
        ...this.#dependencies,
        send: (message) => libprocess.send(message),
        link: (pid) => libprocess.link(pid),
      },
    );
  }

  #end(end: AgentEnd): void {
    this.#effects.stop();
    this.#dependencies.clock.after(LINGER_MS, () => this.#ended.resolve(end));
  }

  async #close(): Promise<void> {
    this.#effects.stop();
    this.#detection?.cancel();
    this.#authenticatee?.cancel();
    this.#leader?.close();
    this.#timers.close();
    this.logging.close();
    this.#garbage.close();
    this.#watches.close();
    this.#prober.close();
    this.launched.close();
    this.terminals.close();
    this.#libprocess?.close();
    await this.#server.close();
    await this.#dependencies.containerizer.close();
  }
}
