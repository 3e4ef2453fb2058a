// What a benchmark is.
import type { Figure } from "./figure.ts";

export interface Benchmark {
  /** As `--only` names it. */
  readonly name: string;
  /** The work, in a line. */
  readonly summary: string;
  /** Rejects when the work could not be done. */
  run(): Promise<Figure[]>;
}
