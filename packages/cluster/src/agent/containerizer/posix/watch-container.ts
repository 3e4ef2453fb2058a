// Notices the end of a container that another agent process started: its monitor is not our child.
import { type FSWatcher, watch } from "node:fs";
import type { Clock, Timer } from "../../../core/clock.ts";
import { type ContainerRecord, isAlive, readStatus } from "./container-record.ts";

/** How often it is checked that monitor and command still live: the end without a status file is rare. */
const LIVENESS_MS = 1000;

/**
 * Calls `onEnd` once, when the status file appears or when neither monitor nor command lives any more. The directory is
 * watched before it is looked at, so that no end falls between. Returns the function that stops the watch.
 */
export function watchContainer(
  { runtimeDir, record }: { runtimeDir: string; record: ContainerRecord },
  { clock, onEnd }: { clock: Clock; onEnd: () => void },
): () => void {
  let timer: Timer | undefined;
  let watcher: FSWatcher | undefined;
  let ended = false;
  const stop = (): void => {
    ended = true;
    watcher?.close();
    timer?.cancel();
  };
  const look = (): void => {
    if (ended) return;
    const lives = [record.monitor, record.leader].some((one) => isAlive(one, record.bootId));
    if (lives && !readStatus(runtimeDir)) return;
    stop();
    onEnd();
  };
  const lookLater = (): void => {
    timer = clock.after(LIVENESS_MS, () => {
      look();
      if (!ended) lookLater();
    });
  };
  try {
    watcher = watch(runtimeDir, { persistent: false }, look);
    watcher.on("error", () => watcher?.close());
  } catch {
    // No more watches to be had, or the directory is gone: looking every second remains.
  }
  lookLater();
  // Never at once: the caller has to know the container first.
  setImmediate(look);
  return stop;
}
