// What every step and every change works on.
import type { MasterEffect } from "./effects.ts";
import type { MasterState } from "./state.ts";

/** One input being handled: the state to change, the time (ms since 1970), and the effects so far, in order. */
export interface Turn {
  readonly state: MasterState;
  readonly now: number;
  readonly effects: MasterEffect[];
}

/** Adds a log line to the effects of the turn. */
export function log(
  turn: Turn,
  level: "info" | "warn" | "error",
  line: { message: string; facts?: Record<string, unknown> },
): void {
  turn.effects.push({ type: "log", level, ...line });
}
