// Directories nobody needs any more.
import { emit, type Turn } from "../turn.ts";

/** Lets the paths be removed when `--gc_delay` has passed, sooner when the disk fills (`src/slave/gc.cpp`). */
export function collect(turn: Turn, paths: string[]): void {
  emit(turn, { type: "collectGarbage", paths, delayMs: turn.state.options.gcDelay });
}

/** The same for what an earlier agent process left: the time that has passed since counts. */
export function collectOld(turn: Turn, paths: string[]): void {
  if (paths.length === 0) return;
  emit(turn, { type: "collectGarbage", paths, delayMs: turn.state.options.gcDelay, old: true });
}
