// Runs containers as plain process groups: no images, no isolation but the user, anywhere a process can be started.
// Follows `src/slave/containerizer/mesos/launcher.cpp` (PosixLauncher) and the isolators posix/cpu and posix/mem.
import type { ChildProcess } from "node:child_process";
import { mkdir, readdir, rm, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import type { ResourceStatistics } from "@mezzo/wire";
import type { Clock, Timer } from "../../../core/clock.ts";
import type { Logger } from "../../../core/logger.ts";
import { describeSystemError } from "../../../core/describe-system-error.ts";
import { switchUser } from "../../sandbox/switch-user.ts";
import type { ContainerStreams } from "../container-streams.ts";
import type {
  ContainerAmounts,
  ContainerConfig,
  Containerizer,
  Counts,
  LaunchedProcess,
  RecoveredContainer,
  Termination,
} from "../containerizer.ts";
import { commandLine } from "./command-line.ts";
import { type ContainerRecord, identify, readStatus, writeRecord } from "./container-record.ts";
import { findLiveMonitors, type LiveMonitor } from "./find-live-monitors.ts";
import { findMonitor, type Monitor } from "./find-monitor.ts";
import { bootId, type Process, readProcesses } from "./processes.ts";
import { recoverRecord } from "./recover-record.ts";
import { limitFigures } from "../limit-figures.ts";
import { refuseUnsupported } from "./refuse-unsupported.ts";
import { killRound, signalContainer } from "./signal-container.ts";
import { startMonitor } from "./start-monitor.ts";
import { attachment } from "./streams/attachment.ts";
import { reopenTerminal } from "./streams/lasting-terminal.ts";
import { measureUsage } from "./usage.ts";
import { watchContainer } from "./watch-container.ts";

/** How long an ended container can be found again by an agent that crashes before it wrote the end down. */
const KEEP_ENDED_MS = 60_000;

/** Between two rounds of killing: time for the kernel to end what was killed. */
const KILL_PAUSE_MS = 10;

/** How long a monitor has for killing its container before the agent does it itself. */
const MONITOR_GRACE_MS = 1000;

/** Rounds before what is left is given up: only a process that the kernel holds on to lasts longer. */
const MAX_KILL_ROUNDS = 500;

/** Statistics of many containers are asked for at once and share one reading of the process table. */
const TABLE_AGE_MS = 250;

interface Running {
  readonly runtimeDir: string;
  readonly record: ContainerRecord;
  /** Known while this agent started it; a recovered container is watched through files. */
  readonly child?: ChildProcess;
  /** Whether the monitor kills everything on SIGTERM and what is left at the end. */
  readonly reapsDescendants: boolean;
  stopWatching?: () => void;
  destroying: boolean;
}

export interface PosixContainerizerOptions {
  /** `--runtime_dir`: containers lie in `containers` below it; others' remains there are removed by `recover()`. */
  runtimeDir: string;
}

export class PosixContainerizer implements Containerizer {
  readonly #options: PosixContainerizerOptions;
  readonly #clock: Clock;
  readonly #logger: Logger;
  readonly #running = new Map<string, Running>();
  /** Launches in progress, so that an id is not used twice. */
  readonly #starting = new Set<string>();
  readonly #timers = new Set<Timer>();
  readonly #listeners: ((termination: Termination) => void)[] = [];
  #monitor: Promise<Monitor> | undefined;
  #table: { at: number; processes: Process[] } = { at: -Infinity, processes: [] };
  #destroyErrors = 0;
  #closed = false;

  constructor(options: PosixContainerizerOptions, { clock, logger }: { clock: Clock; logger: Logger }) {
    this.#options = options;
    this.#clock = clock;
    this.#logger = logger;
  }

  onExit(listener: (termination: Termination) => void): void {
    this.#listeners.push(listener);
  }

  async launch(config: ContainerConfig): Promise<LaunchedProcess> {
    const { containerId, runtimeDir } = config;
    if (this.#running.has(containerId) || this.#starting.has(containerId)) {
      throw new Error(`Container already started`);
    }
    this.#starting.add(containerId);
    try {
      const { running, streams } = await this.#start(config);
      this.#running.set(containerId, running);
      const ended = (): void => this.#ended(containerId);
      if (running.child?.exitCode !== null || running.child.signalCode !== null) setImmediate(ended);
      else running.child.once("exit", ended);
      return { pid: running.record.leader.pid, ...(streams && { streams }) };
    } catch (error) {
      await rm(runtimeDir, { recursive: true, force: true }).catch(() => undefined);
      throw error;
    } finally {
      this.#starting.delete(containerId);
    }
  }

  async #start(config: ContainerConfig): Promise<{ running: Running; streams?: ContainerStreams }> {
    const { containerId, sandbox, runtimeDir, environment, command } = config;
    refuseUnsupported(config);
    const { workingDirectory } = config;
    const plainLine = commandLine(command, { sandbox: workingDirectory ?? sandbox, environment });
    const identity = await switchUser(config.user);
    const found = await stat(sandbox).catch((error: unknown) => describeSystemError(error));
    if (typeof found === "string" || !found.isDirectory()) {
      const why = typeof found === "string" ? found : "Not a directory";
      throw new Error(`Failed to chdir into current working directory '${sandbox}': ${why}`);
    }
    try {
      await rm(runtimeDir, { recursive: true, force: true });
      await mkdir(runtimeDir, { recursive: true });
    } catch (error) {
      throw new Error(
        `Failed to create the container's runtime directory '${runtimeDir}': ${describeSystemError(error)}`,
        { cause: error },
      );
    }
    const monitor = await (this.#monitor ??= findMonitor());
    const { line, attach } = attachment(config, { line: plainLine, identity });
    const { child, monitorPid, leaderPid, streams } = await startMonitor({
      monitor,
      commandLine: line,
      environment,
      sandbox,
      workingDirectory,
      attach,
      runtimeDir,
      identity,
      tied: config.survivesAgent === false || config.attached === true,
    });
    const marker = Object.entries(environment).find(([, value]) => value === sandbox);
    const record: ContainerRecord = {
      containerId,
      bootId,
      monitor: identify(monitorPid),
      leader: identify(leaderPid),
      ...(marker ? { marker: marker.join("=") } : {}),
      limits: limitFigures(config, { enableCfs: false }),
    };
    writeRecord(runtimeDir, record);
    const { reapsDescendants } = monitor;
    const running: Running = { runtimeDir, record, child, reapsDescendants, destroying: false };
    return { running, ...(streams && { streams }) };
  }

  /** Nothing is limited here; what statistics say of it follows all the same. */
  update(containerId: string, amounts: ContainerAmounts): Promise<void> {
    const running = this.#running.get(containerId);
    if (!running) return Promise.resolve();
    const { record, runtimeDir } = running;
    record.limits = limitFigures(amounts, { enableCfs: false });
    try {
      writeRecord(runtimeDir, record);
    } catch (error) {
      const reason = describeSystemError(error);
      this.#logger.warn("Cannot note the limits of a container", { containerId, reason });
    }
    return Promise.resolve();
  }

  kill(containerId: string, signal: NodeJS.Signals): Promise<boolean> {
    const running = this.#running.get(containerId);
    return Promise.resolve(running !== undefined && signalContainer(running.record, signal));
  }

  destroy(containerId: string): Promise<void> {
    const running = this.#running.get(containerId);
    if (!running || running.destroying) return Promise.resolve();
    running.destroying = true;
    if (running.reapsDescendants && running.child?.kill("SIGTERM")) {
      this.#after(MONITOR_GRACE_MS, () => {
        if (this.#running.has(containerId)) this.#killUntilGone(running.record);
      });
    } else this.#killUntilGone(running.record);
    return Promise.resolve();
  }

  async recover(containers: RecoveredContainer[]): Promise<string[]> {
    const ended: Termination[] = [];
    const live = findLiveMonitors(this.#directory());
    for (const { containerId, runtimeDir } of containers) {
      const record = recoverRecord({ containerId, runtimeDir }, live.get(runtimeDir));
      if (!record) {
        ended.push(this.#termination(containerId, runtimeDir));
        continue;
      }
      const running: Running = { runtimeDir, record, reapsDescendants: false, destroying: false };
      this.#running.set(containerId, running);
      running.stopWatching = watchContainer(running, {
        clock: this.#clock,
        onEnd: () => this.#ended(containerId),
      });
    }
    const named = new Set(containers.map(({ runtimeDir }) => runtimeDir));
    await this.#removeOthers(named, live);
    setImmediate(() => ended.forEach((termination) => this.#report(termination)));
    return [...this.#running.keys()];
  }

  #directory(): string {
    return join(this.#options.runtimeDir, "containers");
  }

  /** What lies in the runtime directory, or runs, and is not named belonged to containers that nobody waits for. */
  async #removeOthers(named: ReadonlySet<string>, live: ReadonlyMap<string, LiveMonitor>): Promise<void> {
    const listed = await readdir(this.#directory()).catch(() => []);
    const found = new Set([...listed.map((name) => join(this.#directory(), name)), ...live.keys()]);
    for (const runtimeDir of found) {
      if (named.has(runtimeDir)) continue;
      const containerId = basename(runtimeDir);
      const record = recoverRecord({ containerId, runtimeDir }, live.get(runtimeDir));
      const remove = (): void => {
        rm(runtimeDir, { recursive: true, force: true }).catch((error: unknown) => {
          this.#logger.warn("Cannot remove the remains of a container", {
            containerId,
            reason: describeSystemError(error),
          });
        });
      };
      if (record) {
        this.#logger.info("Killing an orphan container", { containerId });
        this.#killUntilGone(record, remove);
      } else remove();
    }
  }

  sharesNamespaces(): boolean {
    return true;
  }

  counts(): Counts {
    return [["containerizer/mesos/container_destroy_errors", this.#destroyErrors]];
  }

  leaderOf(containerId: string): number | undefined {
    return this.#running.get(containerId)?.record.leader.pid;
  }

  reopenTerminal(containerId: string): ContainerStreams | undefined {
    const running = this.#running.get(containerId);
    return running && reopenTerminal(running.runtimeDir);
  }

  usage(containerId: string): Promise<ResourceStatistics | undefined> {
    const running = this.#running.get(containerId);
    if (!running) return Promise.resolve(undefined);
    const now = this.#clock.now();
    if (now - this.#table.at > TABLE_AGE_MS || now < this.#table.at) {
      this.#table = { at: now, processes: readProcesses() };
    }
    return Promise.resolve(measureUsage(running.record, { now, table: this.#table.processes }));
  }

  close(): Promise<void> {
    this.#closed = true;
    for (const timer of this.#timers) timer.cancel();
    for (const running of this.#running.values()) {
      running.stopWatching?.();
      running.child?.removeAllListeners("exit");
      running.child?.unref();
    }
    this.#running.clear();
    return Promise.resolve();
  }

  /** The monitor ended, or an adopted container is seen to have: kills the rest, tells the listeners. */
  #ended(containerId: string): void {
    const running = this.#running.get(containerId);
    if (!running || this.#closed) return;
    this.#running.delete(containerId);
    running.stopWatching?.();
    // A monitor that ended in order killed the rest itself.
    const clean = running.reapsDescendants && running.child?.exitCode === 0;
    if (!clean) this.#killUntilGone(running.record);
    this.#report(this.#termination(containerId, running.runtimeDir));
    this.#after(KEEP_ENDED_MS, () => {
      rm(running.runtimeDir, { recursive: true, force: true }).catch(() => undefined);
    });
  }

  #termination(containerId: string, runtimeDir: string): Termination {
    const end = readStatus(runtimeDir);
    if (end) return { containerId, ...end };
    return { containerId, message: "The exit status of the container could not be observed" };
  }

  #report(termination: Termination): void {
    if (this.#closed) return;
    for (const listener of this.#listeners) listener(termination);
  }

  #killUntilGone(record: ContainerRecord, done: () => void = () => undefined, round = 0): void {
    if (killRound(record) === 0) return done();
    if (round >= MAX_KILL_ROUNDS) {
      this.#destroyErrors += 1;
      this.#logger.error("Cannot kill every process of a container", {
        containerId: record.containerId,
      });
      return done();
    }
    this.#after(KILL_PAUSE_MS, () => this.#killUntilGone(record, done, round + 1));
  }

  #after(delayMs: number, run: () => void): void {
    const timer = this.#clock.after(delayMs, () => {
      this.#timers.delete(timer);
      run();
    });
    this.#timers.add(timer);
  }
}
