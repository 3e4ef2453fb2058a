// Runs containers with namespaces, cgroups and images of their own: an OCI runtime makes them, a conmon watches each.
// Follows `src/slave/containerizer/mesos/containerizer.cpp` with its LinuxLauncher and the isolators of `--isolation`.
import type { ChildProcess } from "node:child_process";
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import type { NetworkInfo, ResourceStatistics } from "@mezzo/wire";
import { listFolder } from "../../../core/list-folder.ts";
import type { Clock, Timer } from "../../../core/clock.ts";
import { describeSystemError } from "../../../core/describe-system-error.ts";
import type { Logger } from "../../../core/logger.ts";
import type { ContainerStreams } from "../container-streams.ts";
import type {
  ContainerConfig,
  ContainerAmounts,
  Containerizer,
  Counts,
  InsideCommand,
  LaunchedProcess,
  RecoveredContainer,
  Termination,
} from "../containerizer.ts";
import type { ImageProvisioner } from "../image-provisioner.ts";
import { identify, isAlive } from "../posix/container-record.ts";
import { bootId } from "../posix/processes.ts";
import { limitFigures } from "../limit-figures.ts";
import { CgroupPlaces } from "./cgroups/cgroup-places.ts";
import type { Hierarchy } from "./cgroups/hierarchy.ts";
import type { CgroupPlace } from "./cgroups/place-cgroup.ts";
import { switchUser } from "../../sandbox/switch-user.ts";
import {
  type LinuxRecord,
  readExit,
  readLinuxRecord,
  wasOutOfMemory,
  writeLinuxRecord,
} from "./container-record.ts";
import { findConmons } from "./find-conmons.ts";
import { findInit } from "./init-program.ts";
import type { Isolator, Limitation, RunningContainer } from "./isolator.ts";
import { rejoinTerminal } from "./join-terminal.ts";
import { killAll, sendTo } from "./kill-all.ts";
import { prepareLaunch } from "./prepare-launch.ts";
import { runInside } from "./run-inside.ts";
import { probe } from "./probe.ts";
import type { Runtime } from "./runtime.ts";
import { Sessions } from "./sessions.ts";
import { isSharedIn, setFigures } from "./shared-limits.ts";
import { startConmon } from "./start-conmon.ts";
import { terminationOf } from "./termination-of.ts";
import { watchRuntimeDir } from "./watch-runtime-dir.ts";

/** How long an ended container can be found again by an agent that crashes before it wrote the end down. */
const KEEP_ENDED_MS = 60_000;

/** Between conmon's word that memory ran out and the kernel's count of what it killed; it is looked at until it is there. */
const LOOK_AGAIN_MS = 50;

/** Ten seconds: by then nothing was killed after all. */
const MAX_LOOKS = 200;

export interface LinuxContainerizerOptions {
  /** `--runtime_dir`: containers lie in `containers` below it; others' remains there are removed by `recover()`. */
  runtimeDir: string;
  /** `--cgroups_root`. */
  cgroupsRoot: string;
  /** `--sandbox_directory`. */
  sandboxDirectory: string;
  /** The program that watches a container. */
  conmon: string;
  /** `--cgroups_enable_cfs`. */
  enableCfs: boolean;
}

export interface LinuxContainerizerDependencies {
  clock: Clock;
  logger: Logger;
  runtime: Runtime;
  hierarchy: Hierarchy;
  isolators: readonly Isolator[];
  provisioner?: ImageProvisioner;
}

interface Running extends RunningContainer {
  readonly record: LinuxRecord;
  /** Absent: an earlier agent process started it. */
  readonly child?: ChildProcess;
  stopWatching?: () => void;
  limited?: Limitation | undefined;
  ended: boolean;
  /** Its figures are about to be looked at once more. */
  looksAgain?: boolean;
  /** How often they were. */
  looks?: number;
}

export class LinuxContainerizer implements Containerizer {
  readonly #options: LinuxContainerizerOptions;
  readonly #dependencies: LinuxContainerizerDependencies;
  readonly #sessions: Sessions;
  readonly #cgroups: CgroupPlaces;
  readonly #running = new Map<string, Running>();
  /** Launches in progress, so that an id is not used twice. */
  readonly #starting = new Set<string>();
  readonly #timers = new Set<Timer>();
  /** What is being given back: it is finished before the driver closes. */
  readonly #releases = new Set<Promise<void>>();
  readonly #listeners: ((termination: Termination) => void)[] = [];
  #init: Promise<string | undefined> | undefined;
  /** What could not be taken away. */
  readonly #errors = { destroy: 0, removeRoot: 0 };
  #closed = false;

  constructor(options: LinuxContainerizerOptions, dependencies: LinuxContainerizerDependencies) {
    this.#options = options;
    this.#dependencies = dependencies;
    this.#sessions = new Sessions(options, dependencies);
    this.#cgroups = new CgroupPlaces(options.cgroupsRoot, dependencies);
  }

  async pruneImages(keptNames: readonly string[]): Promise<void> {
    await this.#dependencies.provisioner?.prune(keptNames);
  }

  mountsVolumes(): boolean {
    return this.#dependencies.isolators.some(({ name }) => name === "filesystem/linux");
  }

  onExit(listener: (termination: Termination) => void): void {
    this.#listeners.push(listener);
    this.#sessions.onExit(listener);
  }

  async launch(config: ContainerConfig): Promise<LaunchedProcess> {
    const { containerId, runtimeDir } = config;
    const inside = config.session === true && config.parent !== undefined && this.#running.get(config.parent);
    if (inside) return this.#sessions.launch(config, inside);
    if (this.#running.has(containerId) || this.#starting.has(containerId)) {
      throw new Error(`Container already started`);
    }
    this.#starting.add(containerId);
    const above = config.parent === undefined ? undefined : this.#running.get(config.parent);
    const place = this.#cgroups.placeOf(config, above?.record.cgroup);
    const record: LinuxRecord = {
      containerId,
      bootId,
      cgroup: place.path,
      ...(place.amounts === undefined && { shared: true }),
      limits: limitFigures(place.amounts ?? config, this.#options),
    };
    try {
      await rm(runtimeDir, { recursive: true, force: true });
      await mkdir(runtimeDir, { recursive: true, mode: 0o700 });
      writeLinuxRecord(runtimeDir, record);
      return await this.#start(config, record, place);
    } catch (error) {
      await this.#release(record, runtimeDir);
      await rm(runtimeDir, { recursive: true, force: true }).catch(() => undefined);
      throw error;
    } finally {
      this.#starting.delete(containerId);
    }
  }

  update(containerId: string, amounts: ContainerAmounts): Promise<void> {
    const running = this.#running.get(containerId);
    return Promise.try(() => {
      if (running?.ended === true || running?.limited !== undefined) return;
      this.#cgroups.update(running?.cgroup ?? this.#cgroups.find(containerId), amounts);
      if (running) setFigures(running, limitFigures(amounts, this.#options), this.#dependencies);
    });
  }

  async #start(config: ContainerConfig, record: LinuxRecord, place: CgroupPlace): Promise<LaunchedProcess> {
    const { runtime, provisioner } = this.#dependencies;
    const { containerId, runtimeDir } = config;
    const above = config.parent === undefined ? undefined : this.#running.get(config.parent);
    const stdio = await prepareLaunch(config, {
      ...this.#dependencies,
      provisioner,
      sandboxDirectory: this.#options.sandboxDirectory,
      cgroup: record.cgroup,
      amounts: place.amounts,
      init: await (this.#init ??= findInit()),
      mountsRoot: runtime.kind === "runc",
      parent:
        config.parent === undefined
          ? undefined
          : { containerId: config.parent, ...(above && { pid: above.pid }) },
    });
    let created: { child: ChildProcess; pid: number };
    try {
      this.#cgroups.surround(place);
      created = await startConmon({
        program: this.#options.conmon,
        runtime,
        containerId,
        runtimeDir,
        stdio: stdio.stdio,
        terminal: stdio.terminal,
        tied: config.survivesAgent === false || config.attached === true,
      });
      stdio.check(created.pid);
    } catch (error) {
      stdio.discard();
      throw error;
    }
    const streams = await stdio.started();
    try {
      const { child, pid } = created;
      const known = { ...record, conmon: identify(child.pid ?? 0), leader: identify(pid) };
      writeLinuxRecord(runtimeDir, known);
      const owner = await switchUser(config.user);
      if (owner !== undefined) this.#containerOf(known, runtimeDir).cgroup.giveTo(owner);
      await runtime.start(containerId, () => this.#lives(known));
      const networkInfos = this.networksOf(containerId);
      this.#watch({ ...this.#containerOf(known, runtimeDir), child, ended: false });
      return { pid, ...(streams && { streams }), ...(networkInfos.length > 0 && { networkInfos }) };
    } catch (error) {
      streams?.close();
      throw error;
    }
  }

  /** As much as is known of a container whose record is lost. */
  #unknown(containerId: string): LinuxRecord {
    return { containerId, bootId, cgroup: this.#cgroups.find(containerId).path, limits: {} };
  }

  #containerOf(record: LinuxRecord, runtimeDir: string): RunningContainer & { record: LinuxRecord } {
    const cgroup = this.#cgroups.at(record.cgroup);
    return { containerId: record.containerId, runtimeDir, cgroup, pid: record.leader?.pid ?? 0, record };
  }

  #watch(running: Running): void {
    this.#running.set(running.containerId, running);
    const look = (): void => this.#look(running);
    const { child } = running;
    child?.once("exit", look);
    const watchedByChild = (): boolean => child?.exitCode === null && child.signalCode === null;
    running.stopWatching = watchRuntimeDir(running.runtimeDir, {
      clock: this.#dependencies.clock,
      look,
      polls: () => !watchedByChild(),
    });
  }

  /** Something happened to the container, or may have. */
  #look(running: Running): void {
    if (running.ended || this.#closed) return;
    const { containerId, runtimeDir, record } = running;
    const ended = readExit(runtimeDir, containerId) !== undefined || !this.#lives(record);
    this.#limit(running);
    if (ended) void this.#ended(running);
    else if (running.limited) void killAll(running.cgroup, this.#dependencies);
    // conmon hears of it before the kernel has counted what it killed.
    else if (wasOutOfMemory(runtimeDir)) this.#lookAgain(running);
  }

  /** Whether it is over a limit. Where several share it, all are: Mesos has one container there. */
  #limit(running: Running): void {
    const { limited, record } = running;
    running.limited ??= this.#limitationOf(running);
    if (limited !== undefined || running.limited === undefined || record.shared !== true) return;
    const around = running.cgroup.parent().path;
    for (const other of this.#running.values()) {
      if (other.limited || !(isSharedIn(other, around) || other.record.cgroup === around)) continue;
      other.limited = running.limited;
      void killAll(other.cgroup, this.#dependencies);
    }
  }

  #lookAgain(running: Running): void {
    const { looks = 0, looksAgain = false } = running;
    if (looksAgain || looks >= MAX_LOOKS) return;
    Object.assign(running, { looks: looks + 1, looksAgain: true });
    this.#after(LOOK_AGAIN_MS, () => {
      running.looksAgain = false;
      this.#look(running);
    });
  }

  #lives({ bootId: boot, conmon, leader }: LinuxRecord): boolean {
    return [conmon, leader].some((one) => one !== undefined && isAlive(one, boot));
  }

  #limitationOf(container: RunningContainer): Limitation | undefined {
    for (const isolator of this.#dependencies.isolators) {
      const found = isolator.limitation?.(container);
      if (found) return found;
    }
    return undefined;
  }

  kill(containerId: string, signal: NodeJS.Signals): Promise<boolean> {
    if (this.#sessions.has(containerId)) return Promise.resolve(this.#sessions.kill(containerId, signal));
    const running = this.#running.get(containerId);
    const processes = running?.cgroup.ownProcesses() ?? [];
    // The first process waits for the others and would take a signal for the order to end everything.
    const others = processes.filter((pid) => pid !== running?.pid);
    const sent = (others.length > 0 ? others : processes).filter((pid) => sendTo(pid, signal)).length;
    return Promise.resolve(sent > 0);
  }

  async destroy(containerId: string): Promise<void> {
    const running = this.#running.get(containerId);
    if (running) await killAll(running.cgroup, this.#dependencies);
    else await this.#sessions.destroy(containerId);
  }

  async recover(containers: RecoveredContainer[]): Promise<string[]> {
    const { isolators, provisioner } = this.#dependencies;
    await this.#sessions.recover();
    const conmons = findConmons();
    const adopted: Running[] = [];
    const ended: Running[] = [];
    for (const { containerId, runtimeDir } of containers) {
      const record = readLinuxRecord(runtimeDir) ?? this.#unknown(containerId);
      const running: Running = { ...this.#containerOf(record, runtimeDir), ended: false };
      if (this.#runsOn(record, runtimeDir)) adopted.push(running);
      else {
        if (!record.conmon) sendTo(conmons.get(runtimeDir), "SIGKILL");
        ended.push(running);
      }
    }
    for (const running of adopted) this.#running.set(running.containerId, running);
    const live = new Set(this.#running.keys());
    await this.#removeOthers(new Set(containers.map(({ runtimeDir }) => runtimeDir)), conmons);
    for (const isolator of isolators) await isolator.recover?.(live);
    // Not before: what ends is taken from isolators, which had to know it.
    for (const running of adopted) this.#watch(running);
    await probe(this, this.#options);
    await Promise.all(this.#releases);
    await provisioner?.recover(live);
    setImmediate(() => ended.forEach((running) => this.#endedBefore(running)));
    return [...live];
  }

  /** Its command was started and did not end. One that was only created waits at the runtime's pipe. */
  #runsOn(record: LinuxRecord, runtimeDir: string): boolean {
    const { runtime } = this.#dependencies;
    return (
      readExit(runtimeDir, record.containerId) === undefined &&
      this.#lives(record) &&
      !runtime.isWaiting(record.containerId)
    );
  }

  #endedBefore(running: Running): void {
    this.#running.set(running.containerId, running);
    void this.#ended(running);
  }

  /** What lies in the runtime directory and is not named belonged to containers that nobody waits for. */
  async #removeOthers(named: ReadonlySet<string>, conmons: ReadonlyMap<string, number>): Promise<void> {
    const directory = join(this.#options.runtimeDir, "containers");
    const others = listFolder(directory)
      .map((name) => join(directory, name))
      .filter((runtimeDir) => !named.has(runtimeDir));
    await Promise.all(others.map((runtimeDir) => this.#removeOrphan(runtimeDir, conmons.get(runtimeDir))));
  }

  async #removeOrphan(runtimeDir: string, conmon: number | undefined): Promise<void> {
    const record = readLinuxRecord(runtimeDir);
    if (record) {
      this.#dependencies.logger.info("Removing an orphan container", { containerId: record.containerId });
      // Before what it watches: it may be about to create it.
      sendTo(conmon, "SIGKILL");
      await this.#release(record, runtimeDir);
    }
    await rm(runtimeDir, { recursive: true, force: true }).catch(() => undefined);
  }

  networksOf(containerId: string): NetworkInfo[] {
    return this.#dependencies.isolators.flatMap((isolator) => isolator.networks?.(containerId) ?? []);
  }

  networkNamespaceOf(containerId: string): string | undefined {
    for (const isolator of this.#dependencies.isolators) {
      const found = isolator.networkNamespace?.(containerId);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  processesOf(containerId: string): number[] {
    return this.#running.get(containerId)?.cgroup.processes() ?? [];
  }

  counts(): Counts {
    return [
      ["containerizer/mesos/container_destroy_errors", this.#errors.destroy],
      ["containerizer/mesos/provisioner/remove_container_errors", this.#errors.removeRoot],
      ...(this.#dependencies.provisioner?.counts() ?? []),
    ];
  }

  leaderOf(containerId: string): number | undefined {
    return this.#running.get(containerId)?.pid;
  }

  reopenTerminal(containerId: string): ContainerStreams | undefined {
    const running = this.#running.get(containerId);
    return running && rejoinTerminal(running.runtimeDir, this.#dependencies);
  }

  async runInside(containerId: string, command: InsideCommand): Promise<number> {
    const running = this.#running.get(containerId);
    if (!running) throw new Error("Cannot run a command in the container: it does not run");
    const { runtime } = this.#dependencies;
    return runInside(running, { command, runtime, file: this.#sessions.nextFile() });
  }

  async usage(containerId: string): Promise<ResourceStatistics | undefined> {
    const running = this.#running.get(containerId);
    if (!running) return undefined;
    const statistics: ResourceStatistics = {
      timestamp: this.#dependencies.clock.now() / 1000,
      ...running.record.limits,
    };
    for (const isolator of this.#dependencies.isolators) {
      Object.assign(statistics, await isolator.usage?.(running));
    }
    return statistics;
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const timer of this.#timers) timer.cancel();
    for (const running of this.#running.values()) {
      running.stopWatching?.();
      running.child?.removeAllListeners("exit");
      running.child?.unref();
    }
    this.#running.clear();
    this.#dependencies.provisioner?.close();
    await this.#sessions.close();
    await Promise.all(this.#releases);
  }

  /** The first process ended: kills the rest, tells the listeners, then takes everything away. */
  async #ended(running: Running): Promise<void> {
    if (running.ended) return;
    running.ended = true;
    running.stopWatching?.();
    const { containerId, runtimeDir, record } = running;
    await killAll(running.cgroup, this.#dependencies);
    this.#limit(running);
    if (this.#closed) return;
    this.#running.delete(containerId);
    this.#cgroups.loosen(running.cgroup);
    const termination = terminationOf(running);
    for (const listener of this.#listeners) listener(termination);
    await this.#release(record, runtimeDir);
    this.#after(KEEP_ENDED_MS, () => {
      rm(runtimeDir, { recursive: true, force: true }).catch(() => undefined);
    });
  }

  /** Gives back everything that a container had, whether it ran or not. Never rejects: what stays is said in the log. */
  async #release(record: LinuxRecord, runtimeDir: string): Promise<void> {
    const release = this.#giveBack(record, runtimeDir);
    this.#releases.add(release);
    await release;
    this.#releases.delete(release);
  }

  async #giveBack(record: LinuxRecord, runtimeDir: string): Promise<void> {
    const { runtime, isolators, provisioner } = this.#dependencies;
    const { containerId } = record;
    const cgroup = this.#cgroups.at(record.cgroup);
    const attempt = async (what: string, run: () => Promise<void> | undefined): Promise<boolean> => {
      try {
        await run();
        return true;
      } catch (error) {
        const reason = describeSystemError(error);
        this.#dependencies.logger.warn(`Cannot ${what} of a container`, { containerId, runtimeDir, reason });
        return false;
      }
    };
    if (!(await killAll(cgroup, this.#dependencies))) this.#errors.destroy += 1;
    await attempt("delete what the runtime keeps", () => runtime.delete(containerId));
    this.#cgroups.remove(cgroup);
    for (const isolator of isolators.toReversed()) {
      await attempt(`clean up ${isolator.name}`, () => isolator.cleanup?.(containerId));
    }
    const released = await attempt("release the root file system", () => provisioner?.release(containerId));
    if (!released) this.#errors.removeRoot += 1;
  }

  #after(delayMs: number, run: () => void): void {
    if (this.#closed) return;
    const timer = this.#dependencies.clock.after(delayMs, () => {
      this.#timers.delete(timer);
      run();
    });
    this.#timers.add(timer);
  }
}
