// What the agent looks at again and again while it runs: disks, ports, logs, the machine's load.
import { loadavg } from "node:os";
import type { ResourceStatistics } from "@mezzo/wire";
import type { Clock } from "../../core/clock.ts";
import type { Logger } from "../../core/logger.ts";
import type { Containerizer } from "../containerizer/containerizer.ts";
import type { LaunchedContainer } from "../launched/launched-container.ts";
import type { AgentOptions } from "../options.ts";
import type { AgentState, ExecutorState } from "../state.ts";
import type { Limitation } from "./container-runner.ts";
import { containersOf, liveExecutors } from "./containers-of.ts";
import { DiskWatch } from "./disk-usage/disk-watch.ts";
import { measureDirectory } from "./disk-usage/measure-directory.ts";
import { LoadWatch } from "./load-watch.ts";
import { LogWatch } from "./log-rotation/log-watch.ts";
import { sandboxesOf, sandboxOfLaunched } from "./log-rotation/watched-sandboxes.ts";
import { listeningSockets, portsOfProcess } from "./ports/listening-ports.ts";
import { PortWatch } from "./ports/port-watch.ts";

export interface WatchesDependencies {
  clock: Clock;
  logger: Logger;
  containerizer: Containerizer;
  /** Never asked before `start`. */
  state: () => AgentState;
  /** Containers over the API that are not over. */
  launched: () => readonly LaunchedContainer[];
  /** Ends a container that has too much of something. */
  limit: (containerId: string, limitation: Limitation) => void;
  /** Revocable work has to make room. */
  overloaded: () => void;
}

/** Those that the options ask for. */
export class Watches {
  readonly #disks: DiskWatch | undefined;
  readonly #all: { start(): void; close(): void }[];

  constructor(options: AgentOptions, dependencies: WatchesDependencies) {
    this.#disks = createDiskWatch(options, dependencies);
    const others = [
      createPortWatch(options, dependencies),
      createLogWatch(options, dependencies),
      createLoadWatch(options, dependencies),
    ];
    this.#all = [this.#disks, ...others].filter((watch) => watch !== undefined);
  }

  start(): void {
    for (const watch of this.#all) watch.start();
  }

  close(): void {
    for (const watch of this.#all) watch.close();
  }

  /** What is known of an executor's disk, as far as it is measured. */
  diskOf(executor: ExecutorState): Partial<ResourceStatistics> {
    return this.#disks?.statisticsOf(executor) ?? {};
  }
}

function isolates({ isolation }: AgentOptions, ...names: string[]): boolean {
  return isolation.split(",").some((name) => names.includes(name));
}

/** A limit of an executor ends all of its containers. */
function limitAll(executor: ExecutorState, { limit }: WatchesDependencies): (limitation: Limitation) => void {
  return (limitation) => {
    for (const { containerId } of containersOf(executor)) limit(containerId, limitation);
  };
}

function createDiskWatch(options: AgentOptions, dependencies: WatchesDependencies): DiskWatch | undefined {
  if (!isolates(options, "disk/du", "posix/disk")) return undefined;
  const { workDir, containerDiskWatchInterval, enforceContainerDiskQuota } = options;
  return new DiskWatch(
    { workDir, intervalMs: containerDiskWatchInterval, enforce: enforceContainerDiskQuota },
    {
      clock: dependencies.clock,
      measure: measureDirectory,
      executors: () => liveExecutors(dependencies.state()),
      limit: (executor, limitation) => limitAll(executor, dependencies)(limitation),
    },
  );
}

function createPortWatch(options: AgentOptions, dependencies: WatchesDependencies): PortWatch | undefined {
  if (!isolates(options, "network/ports")) return undefined;
  const { containerizer } = dependencies;
  return new PortWatch(
    {
      intervalMs: options.containerPortsWatchInterval,
      enforce: options.enforceContainerPorts,
      isolated: options.isolatedPorts,
    },
    {
      clock: dependencies.clock,
      logger: dependencies.logger,
      executors: () => liveExecutors(dependencies.state()),
      processesOf: (executor) =>
        containersOf(executor)
          .filter(({ containerId }) => containerizer.networkNamespaceOf?.(containerId) === undefined)
          .map(({ containerId }) => ({
            containerId,
            processes: containerizer.processesOf?.(containerId) ?? [],
          })),
      sockets: listeningSockets,
      portsOfProcess,
      limit: (executor, limitation) => limitAll(executor, dependencies)(limitation),
    },
  );
}

function createLogWatch(
  { logRotation }: AgentOptions,
  dependencies: WatchesDependencies,
): LogWatch | undefined {
  if (logRotation === undefined) return undefined;
  const { clock, logger, state, launched } = dependencies;
  return new LogWatch(logRotation, {
    clock,
    logger,
    sandboxes: () => [...liveExecutors(state()).flatMap(sandboxesOf), ...launched().map(sandboxOfLaunched)],
  });
}

function createLoadWatch(
  { loadThresholds: thresholds, qosCorrectionIntervalMin: intervalMs }: AgentOptions,
  { clock, logger, overloaded }: WatchesDependencies,
): LoadWatch | undefined {
  if (thresholds === undefined) return undefined;
  return new LoadWatch({ thresholds, intervalMs }, { clock, logger, load: loadavg, overloaded });
}
