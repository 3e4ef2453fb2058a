// The isolator `network/ports`: who listens on ports of the machine's network without having them, and ends them.
// Follows `src/slave/containerizer/mesos/isolators/network/ports.cpp` of Mesos; sockets of IPv6, which take connections of IPv4
// too, count here.
import { rangesOf, type Resource, type ValueRange } from "@mezzo/wire";
import type { Clock } from "../../../core/clock.ts";
import type { Logger } from "../../../core/logger.ts";
import { executorResources } from "../../api/allocated-resources.ts";
import { Rounds } from "../rounds.ts";
import type { ExecutorState } from "../../state.ts";
import type { Limitation } from "../container-runner.ts";

export interface PortWatchOptions {
  intervalMs: number;
  /** Whether containers on others' ports end, or are only named in the log. */
  enforce: boolean;
  /** The ports that are looked at; absent: all. */
  isolated?: readonly ValueRange[] | undefined;
}

export interface PortWatchDependencies {
  clock: Clock;
  logger: Logger;
  /** Those that run now. */
  executors: () => Iterable<ExecutorState>;
  /** The containers of an executor that are in the machine's network, and their processes. */
  processesOf: (executor: ExecutorState) => { containerId: string; processes: number[] }[];
  /** What is listened on, by socket. */
  sockets: () => Promise<ReadonlyMap<string, number>>;
  portsOfProcess: (pid: number, sockets: ReadonlyMap<string, number>) => Promise<number[]>;
  limit: (executor: ExecutorState, limitation: Limitation) => void;
}

export class PortWatch extends Rounds {
  readonly #options: PortWatchOptions;
  readonly #dependencies: PortWatchDependencies;
  /** The last that was said of each container: it is said once. */
  #said = new Map<string, string>();

  constructor(options: PortWatchOptions, dependencies: PortWatchDependencies) {
    super({ ...options, clock: dependencies.clock });
    this.#options = options;
    this.#dependencies = dependencies;
  }

  protected async round(): Promise<void> {
    const { executors, processesOf, sockets, portsOfProcess } = this.#dependencies;
    const listening = await sockets();
    const said = new Map<string, string>();
    for (const executor of executors()) {
      for (const { containerId, processes } of processesOf(executor)) {
        const ports = new Set<number>();
        for (const pid of processes) {
          for (const port of await portsOfProcess(pid, listening)) ports.add(port);
        }
        if (this.isClosed) return;
        const message = this.#judge(executor, { containerId, ports });
        if (message !== undefined) said.set(containerId, message);
      }
    }
    this.#said = said;
  }

  #judge(
    executor: ExecutorState,
    { containerId, ports }: { containerId: string; ports: ReadonlySet<number> },
  ): string | undefined {
    const { enforce, isolated } = this.#options;
    const allowed = rangesOf(executorResources(executor), "ports");
    const others = [...ports].filter(
      (port) => !contains(allowed, port) && (isolated === undefined || contains(isolated, port)),
    );
    if (others.length === 0) return undefined;
    const range = rangesFrom(others);
    const resource: Resource = { name: "ports", type: "RANGES", ranges: { range } };
    const name =
      containerId === executor.containerId ? containerId : `${executor.containerId}.${containerId}`;
    const text = range.map(({ begin, end }) => `${begin}-${end}`).join(", ");
    const message = `Container ${name} is listening on unallocated port(s): [${text}]`;
    if (this.#said.get(containerId) !== message) this.#dependencies.logger.warn(message);
    if (enforce) {
      const reason = "REASON_CONTAINER_LIMITATION";
      this.#dependencies.limit(executor, { reason, message, limited: [resource] });
    }
    return message;
  }
}

function contains(ranges: readonly ValueRange[], port: number): boolean {
  return ranges.some(({ begin, end }) => port >= begin && port <= end);
}

function rangesFrom(ports: readonly number[]): ValueRange[] {
  const ranges: ValueRange[] = [];
  for (const port of ports.toSorted((one, other) => one - other)) {
    const last = ranges.at(-1);
    if (last !== undefined && last.end === port - 1) last.end = port;
    else ranges.push({ begin: port, end: port });
  }
  return ranges;
}
