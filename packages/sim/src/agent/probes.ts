// Checks of tasks: every one takes a while and comes out well or badly by chance.
import type { AgentInput } from "../../../cluster/src/agent/inputs.ts";
import type { RunProbeEffect } from "../../../cluster/src/agent/effects.ts";
import type { Timer } from "../../../cluster/src/core/clock.ts";
import type { SeededRandom } from "../time/seeded-random.ts";
import type { Clock } from "../../../cluster/src/core/clock.ts";

/** Mean time of a check, milliseconds. */
const MEAN_MS = 50;

/** How often a check fails. */
const FAILURES = 0.15;

/** The checks that one agent process is carrying out, by container and kind. */
export class Probes {
  readonly #clock: Clock;
  readonly #random: SeededRandom;
  readonly #report: (input: AgentInput) => void;
  readonly #running = new Map<string, { containerId: string; timer: Timer }>();

  constructor(of: { clock: Clock; random: SeededRandom; report: (input: AgentInput) => void }) {
    this.#clock = of.clock;
    this.#random = of.random;
    this.#report = of.report;
  }

  /** Tries a check; its result is reported unless it is cancelled. */
  run({ kind, frameworkId, executorId, containerId }: RunProbeEffect): void {
    const key = `${containerId} ${kind}`;
    this.#running.get(key)?.timer.cancel();
    const timer = this.#clock.after(this.#random.exponential(MEAN_MS), () => {
      this.#running.delete(key);
      const result = { exitCode: this.#random.chance(FAILURES) ? 1 : 0 };
      this.#report({ type: "probeCompleted", kind, frameworkId, executorId, containerId, result });
    });
    this.#running.set(key, { containerId, timer });
  }

  cancel(containerId: string): void {
    for (const [key, probe] of this.#running) {
      if (probe.containerId !== containerId) continue;
      probe.timer.cancel();
      this.#running.delete(key);
    }
  }

  close(): void {
    for (const { timer } of this.#running.values()) timer.cancel();
    this.#running.clear();
  }
}
