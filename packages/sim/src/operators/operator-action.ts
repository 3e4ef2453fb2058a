// What an operator does in one moment, and what takes it back.
import type { OperatorInput } from "../master/master-run.ts";
import type { SeededRandom } from "../time/seeded-random.ts";

/** Calls made one after the other without waiting for an answer, and those that take them back some time later. */
export interface OperatorAction {
  readonly act: readonly OperatorInput[];
  readonly undo: readonly OperatorInput[];
}

/** What moves are drawn from. */
export interface Draw {
  readonly random: SeededRandom;
  readonly nowMs: number;
}
