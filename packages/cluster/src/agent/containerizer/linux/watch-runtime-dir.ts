// Notices what conmon writes down about its container, and the end of one whose conmon is no child of this agent.
import { type FSWatcher, watch } from "node:fs";
import type { Clock, Timer } from "../../../core/clock.ts";

/** How often it is checked that conmon and the command still live: an end that conmon did not write down is rare. */
const LIVENESS_MS = 1000;

/**
 * Calls `look` whenever something changes in the directory, once soon after the start, and every second while `polls()`.
 * Returns the function that stops it.
 */
export function watchRuntimeDir(
  runtimeDir: string,
  { clock, look, polls }: { clock: Clock; look: () => void; polls: () => boolean },
): () => void {
  let timer: Timer | undefined;
  let watcher: FSWatcher | undefined;
  let stopped = false;
  const lookNow = (): void => {
    if (!stopped) look();
  };
  const lookLater = (): void => {
    timer = clock.after(LIVENESS_MS, () => {
      if (polls()) lookNow();
      if (!stopped) lookLater();
    });
  };
  try {
    watcher = watch(runtimeDir, { persistent: false }, lookNow);
    watcher.on("error", () => watcher?.close());
  } catch {
    // No more watches to be had: looking every second remains.
  }
  lookLater();
  // Never at once: the caller has to know the container first.
  setImmediate(lookNow);
  return () => {
    stopped = true;
    watcher?.close();
    timer?.cancel();
  };
}
