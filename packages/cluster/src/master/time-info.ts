// Points in time as messages carry them.
import type { TimeInfo } from "@mezzo/wire";

const NANOSECONDS_PER_MS = 1_000_000;

/** Milliseconds since 1970 as a TimeInfo. Above 2^53 the last digits are rounded: about 200 ns in this century. */
export function toTimeInfo(ms: number): TimeInfo {
  return { nanoseconds: ms * NANOSECONDS_PER_MS };
}

/** A TimeInfo as milliseconds since 1970. */
export function fromTimeInfo(time: TimeInfo): number {
  return time.nanoseconds / NANOSECONDS_PER_MS;
}
