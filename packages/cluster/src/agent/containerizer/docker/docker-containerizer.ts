// Runs containers with the Docker daemon (`src/slave/containerizer/docker.cpp` of Mesos). Docker keeps them when the agent ends;
// what has to be remembered of each is in its labels.
import { mkdir } from "node:fs/promises";
import type { ContainerInfo, ResourceStatistics } from "@mezzo/wire";
import type { Clock, Timer } from "../../../core/clock.ts";
import type { Logger } from "../../../core/logger.ts";
import { TimerStatistics } from "../../../core/timer-statistics.ts";
import { volumePath } from "../../operations/volume-path.ts";
import { variablesOf } from "../../executor/executor-environment.ts";
import type { ContainerDns } from "../container-dns.ts";
import type {
  ContainerAmounts,
  ContainerConfig,
  Containerizer,
  Counts,
  InsideCommand,
  LaunchedProcess,
  RecoveredContainer,
  Termination,
} from "../containerizer.ts";
import { oomScoreAdjOf } from "../oom-score.ts";
import { type LimitFigures, limitFigures } from "../limit-figures.ts";
import { copyLogs, measureOutputs } from "./copy-logs.ts";
import { createArguments } from "./create-arguments.ts";
import type { DockerCommand } from "./docker-command.ts";
import { type Engine, EngineError, type InspectedContainer } from "./engine.ts";
import { addressLabels, addressesOf, inspectData } from "./inspect-report.ts";
import { type Remembered, dockerName, fromLabels, ownerLabel, toLabels } from "./labels.ts";
import { ranOutOfMemory } from "./ran-out-of-memory.ts";
import { runExec } from "./run-exec.ts";
import { limitsOfDocker } from "./limits-of-docker.ts";
import { Updates } from "./updates.ts";
import { usageOf } from "./usage-of.ts";

/** Between two attempts to hear of a container from a daemon that is away. */
const RETRY_MS = 1000;

/** How long an ended container's last output is waited for. */
const LAST_OUTPUT_MS = 5000;

const MEGABYTE = 1024 * 1024;

export interface DockerContainerizerOptions {
  runtimeDir: string;
  workDir: string;
  /** `--sandbox_directory`. */
  sandboxDirectory: string;
  enableCfsQuota: boolean;
  /** `--default_container_dns`. */
  dns?: ContainerDns;
  /** Between asking a container to end and killing it, ms; 0 kills at once. */
  stopTimeoutMs: number;
  /** How long an ended container is kept, ms. */
  removeDelayMs: number;
  /** Whether containers of this agent that no executor owns are removed. */
  killOrphans: boolean;
}

export interface DockerContainerizerDependencies {
  clock: Clock;
  logger: Logger;
  engine: Engine;
  command: DockerCommand;
}

interface Running extends Remembered {
  readonly name: string;
  pid: number;
  limits: LimitFigures;
  readonly updates: Updates;
  /** The file of its network namespace; undefined where that is the machine's. */
  readonly networkNamespace: string | undefined;
  /** Whether the agent has sent it SIGKILL. */
  killed: boolean;
  /** Ends the watching. */
  readonly stop: AbortController;
  /** Of a container that is stopped when the agent ends: it has ended before. */
  callOff?: (() => void) | undefined;
  /** Settles when everything it wrote is in the sandbox. */
  output: Promise<void>;
}

export class DockerContainerizer implements Containerizer {
  readonly #options: DockerContainerizerOptions;
  readonly #dependencies: DockerContainerizerDependencies;
  readonly #running = new Map<string, Running>();
  readonly #starting = new Map<string, AbortController>();
  readonly #timers = new Set<Timer>();
  readonly #listeners: ((termination: Termination) => void)[] = [];
  readonly #pulls = new TimerStatistics();
  #closed = false;

  constructor(options: DockerContainerizerOptions, dependencies: DockerContainerizerDependencies) {
    this.#options = options;
    this.#dependencies = dependencies;
  }

  onExit(listener: (termination: Termination) => void): void {
    this.#listeners.push(listener);
  }

  mountsVolumes(): boolean {
    return true;
  }

  counts(): Counts {
    return this.#pulls.entries("containerizer/docker/image_pull_ms");
  }

  async launch(config: ContainerConfig): Promise<LaunchedProcess> {
    const { containerId, container } = config;
    if (container?.docker === undefined) throw new Error("No docker info found in container info");
    if (config.parent !== undefined)
      throw new Error("Nested containers are not supported in Docker containers");
    if (this.#running.has(containerId) || this.#starting.has(containerId)) {
      throw new Error("Container already started");
    }
    const starting = new AbortController();
    this.#starting.set(containerId, starting);
    try {
      return await this.#start(config, container, starting.signal);
    } catch (error) {
      await this.#dependencies.engine.remove(dockerName(containerId)).catch(() => undefined);
      throw error;
    } finally {
      this.#starting.delete(containerId);
    }
  }

  async #start(
    config: ContainerConfig,
    container: ContainerInfo,
    signal: AbortSignal,
  ): Promise<LaunchedProcess> {
    const { command } = this.#dependencies;
    const { containerId, sandbox } = config;
    const name = dockerName(containerId);
    await this.#pull(container, signal);
    const remembered: Remembered = { containerId, sandbox, offsets: measureOutputs(sandbox) };
    const args = createArguments(
      { ...config, container },
      { ...this.#createOptions(config), labels: toLabels(this.#options.runtimeDir, remembered) },
    );
    await mkdir(config.runtimeDir, { recursive: true, mode: 0o700 });
    await command.run(["create", ...args], signal);
    signal.throwIfAborted();
    const callOff = config.survivesAgent === false ? this.#stopAtEnd(name) : undefined;
    const inspected = await this.#begin(name).catch((error: unknown) => {
      callOff?.();
      throw error;
    });
    const running = this.#adopt(remembered, inspected, config);
    running.callOff = callOff;
    const networkInfos = addressesOf(inspected, container);
    const labels = addressLabels(networkInfos);
    return {
      pid: running.pid,
      ...(networkInfos.length > 0 && { networkInfos }),
      report: { data: inspectData(inspected), ...(labels && { labels }) },
    };
  }

  async #begin(name: string): Promise<InspectedContainer> {
    const { engine } = this.#dependencies;
    await engine.start(name);
    return engine.inspect(name);
  }

  /** Nobody waits for the container once the agent is gone. */
  #stopAtEnd(name: string): () => void {
    const seconds = Math.ceil(this.#options.stopTimeoutMs / 1000);
    return this.#dependencies.command.runAtEnd(["stop", "--time", String(seconds), name]);
  }

  #createOptions(config: ContainerConfig): Omit<Parameters<typeof createArguments>[1], "labels"> {
    const { workDir, sandboxDirectory, enableCfsQuota, dns } = this.#options;
    const name = dockerName(config.containerId);
    const { PATH: _, ...agents } = config.environment;
    const own = variablesOf(config.command.environment);
    const role = config.environment["MESOS_ALLOCATION_ROLE"];
    return {
      name,
      mappedDirectory: sandboxDirectory,
      enableCfsQuota,
      dns,
      environment: {
        // The variables of an executor are for it to find the agent; a task does without.
        ...(config.isTask === true ? {} : agents),
        ...own,
        MESOS_SANDBOX: sandboxDirectory,
        MESOS_CONTAINER_NAME: name,
        ...(role !== undefined && { MESOS_ALLOCATION_ROLE: role }),
      },
      persistentVolumes: config.resources.flatMap((resource) => {
        const source = volumePath(workDir, resource);
        const volume = resource.disk?.volume;
        if (source === undefined || volume === undefined) return [];
        return [{ source, path: volume.container_path, mode: volume.mode === "RO" ? "ro" : "rw" } as const];
      }),
      oomScoreAdj: oomScoreAdjOf,
    };
  }

  /** Unless the image is here already; one without a tag is the latest. */
  async #pull({ docker }: ContainerInfo, signal: AbortSignal): Promise<void> {
    const image = docker?.image ?? "";
    if (image.startsWith("-")) throw new Error(`Invalid image name '${image}'`);
    const last = image.slice(image.lastIndexOf("/") + 1);
    const name = /[:@]/.test(last) ? image : `${image}:latest`;
    const isHere = docker?.force_pull_image !== true && (await this.#dependencies.engine.hasImage(name));
    if (isHere) return;
    const { clock, command } = this.#dependencies;
    const startedAt = clock.now();
    await command.run(["pull", name], signal);
    this.#pulls.record(clock.now() - startedAt);
  }

  /** `config`: unless an earlier agent process started it. */
  #adopt(remembered: Remembered, inspected: InspectedContainer, config?: ContainerConfig): Running {
    const { enableCfsQuota } = this.#options;
    const stop = new AbortController();
    const name = dockerName(remembered.containerId);
    const updates = new Updates(
      {
        name,
        enableCfsQuota,
        hasQuota: config?.limits?.["cpus"] !== undefined,
        signal: stop.signal,
        updated: (figures) => (running.limits = figures),
      },
      this.#dependencies,
    );
    const running: Running = {
      ...remembered,
      name,
      // One that has ended already has no process; the agent stands for it, as its executor does in Mesos.
      pid: inspected.State.Pid > 0 ? inspected.State.Pid : process.pid,
      limits: config ? limitFigures(config, { enableCfs: enableCfsQuota }) : limitsOfDocker(inspected),
      updates,
      networkNamespace: networkNamespaceOf(inspected),
      killed: false,
      stop,
      output: Promise.resolve(),
    };
    this.#running.set(remembered.containerId, running);
    running.output = this.#copy(running, inspected.Config.Tty === true);
    // After whoever launched it has heard so.
    setImmediate(() => void this.#watch(running));
    return running;
  }

  async #copy({ name, sandbox, offsets, stop }: Running, hasTerminal: boolean): Promise<void> {
    try {
      const log = await this.#dependencies.engine.logs(name, stop.signal);
      await copyLogs(log, { sandbox, offsets, hasTerminal });
    } catch (error) {
      if (stop.signal.aborted) return;
      this.#dependencies.logger.warn("Cannot copy the output of a container", {
        name,
        reason: String(error),
      });
    }
  }

  /** Waits for the end; a daemon that goes away meanwhile is asked again until it is back. */
  async #watch(running: Running): Promise<void> {
    const { engine, logger } = this.#dependencies;
    const { name, stop } = running;
    while (!stop.signal.aborted) {
      try {
        const exitCode = await engine.wait(name, stop.signal);
        const inspected = await engine.inspect(name);
        if (inspected.State.Running) continue;
        const { killed } = running;
        const wasOutOfMemory = await ranOutOfMemory(this.#dependencies, inspected, {
          killed,
          signal: stop.signal,
        });
        return await this.#ended(running, { exitCode, wasOutOfMemory });
      } catch (error) {
        if (stop.signal.aborted) return;
        if (error instanceof EngineError && error.status === 404) return this.#ended(running, undefined);
        logger.warn("Cannot watch a container", { name, reason: String(error) });
        await new Promise<void>((resolve) => this.#after(RETRY_MS, resolve));
        // The log ended with the daemon.
        if (!stop.signal.aborted) running.output = this.#copy(running, false);
      }
    }
  }

  async #ended(
    running: Running,
    end: { exitCode: number; wasOutOfMemory: boolean } | undefined,
  ): Promise<void> {
    const { containerId, name, stop } = running;
    const patience = new Promise<void>((resolve) => this.#after(LAST_OUTPUT_MS, resolve));
    await Promise.race([running.output, patience]);
    if (stop.signal.aborted) return;
    stop.abort();
    running.callOff?.();
    this.#running.delete(containerId);
    const termination = terminationOf(running, end);
    for (const listener of this.#listeners) listener(termination);
    this.#after(this.#options.removeDelayMs, () => void this.#remove(name));
  }

  async #remove(name: string): Promise<void> {
    await this.#dependencies.engine.remove(name).catch((error: unknown) => {
      if (error instanceof EngineError && error.status === 404) return;
      this.#dependencies.logger.warn("Cannot remove a container", { name, reason: String(error) });
    });
  }

  /**
   * No task waits for it: one that is delivered meanwhile finds its container as large as before, for as long as Docker takes.
   * Mesos delivers it only after that.
   */
  async update(containerId: string, amounts: ContainerAmounts): Promise<void> {
    await this.#running.get(containerId)?.updates.request(amounts);
  }

  cancel(containerId: string): void {
    this.#starting.get(containerId)?.abort(new Error("Container destroyed during launch"));
  }

  async kill(containerId: string, signal: NodeJS.Signals): Promise<boolean> {
    const running = this.#running.get(containerId);
    if (running === undefined) return false;
    const { engine } = this.#dependencies;
    if (signal === "SIGKILL") running.killed = true;
    try {
      // An image may say how it wants to be asked to end.
      const asked = signal === "SIGTERM" ? (await engine.inspect(running.name)).Config.StopSignal : undefined;
      await engine.kill(running.name, asked ?? signal);
      return true;
    } catch {
      return false;
    }
  }

  async destroy(containerId: string): Promise<void> {
    const { stopTimeoutMs } = this.#options;
    if (stopTimeoutMs === 0) {
      await this.kill(containerId, "SIGKILL");
      return;
    }
    await this.kill(containerId, "SIGTERM");
    this.#after(stopTimeoutMs, () => void this.kill(containerId, "SIGKILL"));
  }

  leaderOf(containerId: string): number | undefined {
    const pid = this.#running.get(containerId)?.pid;
    return pid === process.pid ? undefined : pid;
  }

  networkNamespaceOf(containerId: string): string | undefined {
    return this.#running.get(containerId)?.networkNamespace;
  }

  async runInside(containerId: string, command: InsideCommand): Promise<number> {
    const running = this.#running.get(containerId);
    if (running === undefined) throw new Error("Cannot run a command in the container: it does not run");
    return runExec(this.#dependencies.engine, running.name, command);
  }

  async usage(containerId: string): Promise<ResourceStatistics | undefined> {
    const running = this.#running.get(containerId);
    if (running === undefined) return undefined;
    const { limits, name } = running;
    const measured = await this.#dependencies.engine.statistics(name).then(usageOf, () => ({}));
    return {
      timestamp: this.#dependencies.clock.now() / 1000,
      ...limits,
      ...measured,
    };
  }

  async recover(containers: RecoveredContainer[]): Promise<string[]> {
    const { engine, logger } = this.#dependencies;
    await this.#checkDaemon();
    const known = new Map<string, Remembered>();
    for (const { Labels } of await engine.list(ownerLabel(this.#options.runtimeDir))) {
      const remembered = fromLabels(Labels);
      if (remembered !== undefined) known.set(remembered.containerId, remembered);
    }
    const adopted: string[] = [];
    for (const { containerId } of containers) {
      const remembered = known.get(containerId);
      known.delete(containerId);
      const inspected = remembered && (await engine.inspect(dockerName(containerId)).catch(() => undefined));
      if (remembered && inspected) {
        this.#adopt(remembered, inspected);
        if (inspected.State.Running) adopted.push(containerId);
      } else {
        setImmediate(() => this.#tellLost(containerId));
      }
    }
    for (const containerId of known.keys()) {
      if (!this.#options.killOrphans) continue;
      logger.info("Removing an orphan container", { containerId });
      await this.#remove(dockerName(containerId));
    }
    return adopted;
  }

  async #checkDaemon(): Promise<void> {
    try {
      const { Version, ApiVersion } = await this.#dependencies.engine.version();
      this.#dependencies.logger.info("Found Docker", { version: Version, api: ApiVersion });
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new Error(
        `Failed to create docker: ${reason}. Start the daemon, name its socket with --docker_socket, or leave docker out of --containerizers`,
        { cause: error },
      );
    }
  }

  #tellLost(containerId: string): void {
    const message = "The container is not known to Docker any more";
    for (const listener of this.#listeners) listener({ containerId, message });
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const starting of this.#starting.values()) starting.abort(new Error("The agent ends"));
    for (const { stop } of this.#running.values()) stop.abort();
    for (const timer of this.#timers) timer.cancel();
    this.#running.clear();
    return Promise.resolve();
  }

  #after(delayMs: number, run: () => void): void {
    if (this.#closed) return run();
    const timer = this.#dependencies.clock.after(delayMs, () => {
      this.#timers.delete(timer);
      run();
    });
    this.#timers.add(timer);
  }
}

/** Of one that has ended there is no such file: whoever wants to connect there cannot, and gets nowhere else either. */
function networkNamespaceOf({ State, HostConfig }: InspectedContainer): string | undefined {
  return HostConfig.NetworkMode === "host" ? undefined : `/proc/${State.Pid}/ns/net`;
}

function terminationOf(
  { containerId, limits }: Running,
  end: { exitCode: number; wasOutOfMemory: boolean } | undefined,
): Termination {
  if (end === undefined) return { containerId, message: "The container is not known to Docker any more" };
  const { exitCode, wasOutOfMemory } = end;
  if (!wasOutOfMemory) return { containerId, exitCode, message: `Container exited with status ${exitCode}` };
  const megabytes = (limits.mem_limit_bytes ?? 0) / MEGABYTE;
  return {
    containerId,
    exitCode,
    reason: "REASON_CONTAINER_LIMITATION_MEMORY",
    message: `Memory limit exceeded: the container was killed at its limit of ${megabytes}MB`,
    limited: [{ name: "mem", type: "SCALAR", scalar: { value: megabytes } }],
  };
}
