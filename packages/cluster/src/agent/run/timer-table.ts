// The agent's running timers by their keys.
import type { Clock, Timer } from "../../core/clock.ts";
import { timerKey, type AgentTimer } from "../timers.ts";

/** Sets, replaces and cancels timers; each calls back once with its data. */
export class TimerTable {
  readonly #clock: Clock;
  readonly #fired: (timer: AgentTimer) => void;
  readonly #timers = new Map<string, Timer>();

  constructor(clock: Clock, fired: (timer: AgentTimer) => void) {
    this.#clock = clock;
    this.#fired = fired;
  }

  set(timer: AgentTimer, delayMs: number): void {
    const key = timerKey(timer);
    this.#timers.get(key)?.cancel();
    this.#timers.set(
      key,
      this.#clock.after(delayMs, () => {
        this.#timers.delete(key);
        this.#fired(timer);
      }),
    );
  }

  cancel(timer: AgentTimer): void {
    const key = timerKey(timer);
    this.#timers.get(key)?.cancel();
    this.#timers.delete(key);
  }

  close(): void {
    for (const timer of this.#timers.values()) timer.cancel();
    this.#timers.clear();
  }
}
