// The isolator `disk/du`, for every launcher: measures sandboxes and volumes, and ends who has filled more than it has.
// Follows `src/slave/containerizer/mesos/isolators/posix/disk.cpp` of Mesos.
import type { DiskStatistics, Resource, ResourceStatistics } from "@mezzo/wire";
import { formatBytes } from "../../../core/bytes.ts";
import type { Clock } from "../../../core/clock.ts";
import { Rounds } from "../rounds.ts";
import type { ExecutorState } from "../../state.ts";
import { diskQuotas, type DiskQuota } from "./disk-quotas.ts";

export interface DiskWatchOptions {
  workDir: string;
  intervalMs: number;
  /** Whether containers above their quota end, or are only measured. */
  enforce: boolean;
}

/** Why a container has to end. */
export interface DiskLimitation {
  reason: "REASON_CONTAINER_LIMITATION_DISK";
  message: string;
  limited: Resource[];
}

export interface DiskWatchDependencies {
  clock: Clock;
  /** Those that run now. */
  executors: () => Iterable<ExecutorState>;
  measure: (path: string) => Promise<number | undefined>;
  limit: (executor: ExecutorState, limitation: DiskLimitation) => void;
}

/** Measures one directory after the other, so that the disk has other things to do as well. */
export class DiskWatch extends Rounds {
  readonly #options: DiskWatchOptions;
  readonly #dependencies: DiskWatchDependencies;
  /** Bytes by container, then by directory; containers that are over are forgotten with each round. */
  #measured = new Map<string, Map<string, number>>();

  constructor(options: DiskWatchOptions, dependencies: DiskWatchDependencies) {
    super({ ...options, clock: dependencies.clock });
    this.#options = options;
    this.#dependencies = dependencies;
  }

  /** What is known of the executor's disk, as far as it has any. */
  statisticsOf(executor: ExecutorState): Partial<ResourceStatistics> {
    const quotas = diskQuotas(this.#options.workDir, executor);
    if (quotas.length === 0) return {};
    const sandbox = quotas.find(({ isSandbox }) => isSandbox);
    const inOrder = [...quotas.filter(({ isSandbox }) => !isSandbox), ...(sandbox ? [sandbox] : [])];
    return {
      ...(sandbox && {
        disk_limit_bytes: sandbox.limitBytes,
        disk_used_bytes: this.#usedBytes(executor, sandbox) ?? 0,
      }),
      disk_statistics: inOrder.map((quota) => this.#statistics(executor, quota)),
    };
  }

  #statistics(executor: ExecutorState, quota: DiskQuota): DiskStatistics {
    const used = this.#usedBytes(executor, quota) ?? (quota.isSandbox ? 0 : undefined);
    const { source, persistence } = (quota.isSandbox ? undefined : quota.resources[0]?.disk) ?? {};
    return {
      ...(source && { source }),
      ...(persistence && { persistence }),
      limit_bytes: quota.limitBytes,
      ...(used !== undefined && { used_bytes: used }),
    };
  }

  #usedBytes({ containerId }: ExecutorState, { path }: DiskQuota): number | undefined {
    return this.#measured.get(containerId)?.get(path);
  }

  protected async round(): Promise<void> {
    const executors = [...this.#dependencies.executors()];
    const running = new Set(executors.map(({ containerId }) => containerId));
    this.#measured = new Map([...this.#measured].filter(([containerId]) => running.has(containerId)));
    for (const executor of executors) {
      for (const quota of diskQuotas(this.#options.workDir, executor)) {
        const used = await this.#dependencies.measure(quota.path);
        if (this.isClosed) return;
        if (used !== undefined) this.#take(executor, { quota, used });
      }
    }
  }

  #take(executor: ExecutorState, { quota, used }: { quota: DiskQuota; used: number }): void {
    const measured = this.#measured.get(executor.containerId) ?? new Map<string, number>();
    this.#measured.set(executor.containerId, measured.set(quota.path, used));
    // A disk of its own cannot hold more than it has.
    const isMount = quota.resources.some(({ disk }) => disk?.source?.type === "MOUNT");
    if (!this.#options.enforce || isMount || used <= quota.limitBytes) return;
    this.#dependencies.limit(executor, {
      reason: "REASON_CONTAINER_LIMITATION_DISK",
      message: `Disk usage (${formatBytes(used)}) exceeds quota (${formatBytes(quota.limitBytes)})`,
      limited: quota.resources,
    });
  }
}
