// Asks a master for its health again and again while a story makes trouble for it.
import { readFileSync } from "node:fs";
import type { Server } from "./cluster.ts";

const PAUSE_MS = 20;

const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, PAUSE_MS));

/** Memory that a process has in use, in megabytes. */
export function residentMegabytes(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) / 1024;
}

export interface Health {
  answers: number;
  failures: number;
  slowestMs: number;
  /** The most memory seen in use. */
  peakMegabytes: number;
}

/** Watches until `end` is called, which resolves with what was seen. */
export function watchHealth({ address, child }: Server): { end: () => Promise<Health> } {
  const health: Health = { answers: 0, failures: 0, slowestMs: 0, peakMegabytes: 0 };
  const ending = new AbortController();
  const look = async (): Promise<void> => {
    const startedAt = performance.now();
    const answer = await fetch(`http://${address}/health`).catch(() => undefined);
    if (answer?.ok === true) health.answers += 1;
    else health.failures += 1;
    health.slowestMs = Math.max(health.slowestMs, performance.now() - startedAt);
    health.peakMegabytes = Math.max(health.peakMegabytes, residentMegabytes(child.pid));
  };
  const done = (async () => {
    while (!ending.signal.aborted) {
      await look();
      await pause();
    }
  })();
  return {
    end: async () => {
      ending.abort();
      await done;
      return health;
    },
  };
}
