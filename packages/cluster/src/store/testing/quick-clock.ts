// A clock for stores: every pause is over in the next turn.
import type { Clock } from "../../core/clock.ts";

export function quickClock(): Clock {
  let nowMs = 0;
  return {
    now: () => nowMs,
    after: (delayMs, run) => {
      const handle = setImmediate(() => {
        nowMs += delayMs;
        run();
      });
      return { cancel: () => clearImmediate(handle) };
    },
  };
}
