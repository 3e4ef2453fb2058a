// Measures the machine for the agent's metrics.
import { statfsSync } from "node:fs";
import { availableParallelism, freemem, loadavg, totalmem } from "node:os";
import type { Counts } from "../containerizer/containerizer.ts";
import type { AgentState } from "../state.ts";
import type { MetricSources } from "./metrics.ts";

/** What the agent counts outside its state; absent parts count as nothing. */
export interface AgentMeasures {
  readonly fetches?: { readonly succeeded: number; readonly failed: number };
  readonly removals?: { succeeded: number; failed: number; pending: number };
  readonly recoveryMs?: number;
  /** Bytes of the fetcher's cache in use. */
  readonly cachedBytes?: number;
  /** What containerizers count, by key. */
  readonly containerizer?: Counts;
}

/** A reading of now. */
export function measureMachine(
  { options }: AgentState,
  { now, measures }: { now: number; measures: AgentMeasures },
): MetricSources {
  return {
    now,
    system: {
      cpus: availableParallelism(),
      load: loadavg(),
      freeBytes: freemem(),
      totalBytes: totalmem(),
    },
    fetches: measures.fetches ?? { succeeded: 0, failed: 0 },
    removals: measures.removals ?? { succeeded: 0, failed: 0, pending: 0 },
    diskUsage: diskUsage(options.workDir),
    recoveryMs: measures.recoveryMs ?? 0,
    cachedBytes: measures.cachedBytes ?? 0,
    containerizer: measures.containerizer ?? [],
  };
}

function diskUsage(directory: string): number {
  try {
    const { blocks, bavail } = statfsSync(directory);
    return blocks === 0 ? 0 : 1 - bavail / blocks;
  } catch {
    return 0;
  }
}
