// One input being handled: what a step reads, and where it leaves its effects.
import { uuidToBase64 } from "../core/random.ts";
import type { AgentEffect } from "./effects.ts";
import type { AgentState } from "./state.ts";

/** Passed to every step. `now` is ms since 1970; effects are performed in the order they were emitted. */
export interface Turn {
  readonly state: AgentState;
  readonly now: number;
  readonly effects: AgentEffect[];
}

/** Adds an effect. */
export function emit(turn: Turn, effect: AgentEffect): void {
  turn.effects.push(effect);
}

/** Adds a log line; facts go beside the sentence. */
export function note(
  turn: Turn,
  level: "debug" | "info" | "warn" | "error",
  line: { message: string; facts?: Record<string, unknown> },
): void {
  turn.effects.push({ type: "log", level, ...line });
}

/** Why an input is dropped, for the log. */
export function refuse(turn: Turn, message: string, facts: Record<string, unknown> = {}): void {
  turn.effects.push({ type: "log", level: "warn", message, facts });
}

/** The 16 bytes of a new version 4 UUID in base64. */
export function newUuid(turn: Turn): string {
  return uuidToBase64(turn.state.random.uuid());
}
