// Waits for a condition that nobody announces, by looking again and again.
import type { Clock } from "../core/clock.ts";

/** Between two looks: short for a person, long for a machine. */
const LOOK_EVERY_MS = 50;

export interface Wait {
  clock: Clock;
  timeoutMs: number;
  /** Looks once. What it throws ends the wait. */
  condition: () => Promise<boolean>;
}

/** Resolves when the condition holds; rejects when it does not in time, or throws. */
export async function waitUntil(what: string, { clock, timeoutMs, condition }: Wait): Promise<void> {
  const deadline = clock.now() + timeoutMs;
  while (!(await condition())) {
    if (clock.now() > deadline) throw new Error(`Cannot go on: waited ${timeoutMs / 1000} s until ${what}`);
    await new Promise<void>((resolve) => void clock.after(LOOK_EVERY_MS, resolve));
  }
}
