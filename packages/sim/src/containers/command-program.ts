// A command in a container: runs for as long as its text says.
import type { Timer } from "../../../cluster/src/core/clock.ts";
import type { SeededRandom } from "../time/seeded-random.ts";
import type { SimClock } from "../time/sim-clock.ts";
import type { CommandPlan } from "./command-plan.ts";
import type { ContainerProgram } from "./container.ts";

const SIGTERM = 15;

/** How long a command may take to die of SIGTERM, milliseconds; some take longer than their grace period. */
const MAX_DYING_MS = 4000;

/** Ends by itself, or on SIGTERM unless it is stubborn. */
export class CommandProgram implements ContainerProgram {
  readonly #plan: CommandPlan;
  readonly #clock: SimClock;
  readonly #random: SeededRandom;
  readonly #ended: (how: { exitCode: number } | { signal: number }) => void;
  #timer: Timer | undefined;
  #terminating = false;

  constructor(
    plan: CommandPlan,
    {
      clock,
      random,
      ended,
    }: {
      clock: SimClock;
      random: SeededRandom;
      ended: (how: { exitCode: number } | { signal: number }) => void;
    },
  ) {
    this.#plan = plan;
    this.#clock = clock;
    this.#random = random;
    this.#ended = ended;
  }

  start(): void {
    this.#timer = this.#clock.after(this.#plan.durationMs, () =>
      this.#ended({ exitCode: this.#plan.exitCode }),
    );
  }

  signal(signal: NodeJS.Signals): void {
    if (signal !== "SIGTERM" || this.#plan.stubborn || this.#terminating) return;
    this.#terminating = true;
    this.#timer?.cancel();
    const delayMs = this.#random.chance(0.8)
      ? this.#random.between(0, 100)
      : this.#random.between(0, MAX_DYING_MS);
    this.#timer = this.#clock.after(delayMs, () => this.#ended({ signal: SIGTERM }));
  }

  stop(): void {
    this.#timer?.cancel();
  }
}
