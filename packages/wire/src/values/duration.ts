// Durations as Mesos writes them in flags: `10secs`, `1.5mins`, `2weeks`.
import { failure, success, type Result } from "../result.ts";
import { numifyDouble } from "./numify.ts";

/** The units from small to large, each in nanoseconds. */
const UNITS: readonly { unit: string; nanoseconds: number }[] = [
  { unit: "ns", nanoseconds: 1 },
  { unit: "us", nanoseconds: 1e3 },
  { unit: "ms", nanoseconds: 1e6 },
  { unit: "secs", nanoseconds: 1e9 },
  { unit: "mins", nanoseconds: 60e9 },
  { unit: "hrs", nanoseconds: 3600e9 },
  { unit: "days", nanoseconds: 86_400e9 },
  { unit: "weeks", nanoseconds: 604_800e9 },
];

/** What a signed 64-bit count of nanoseconds holds: some 292 years. */
const MAX_NANOSECONDS = 2 ** 63;
const NANOSECONDS_PER_MS = 1e6;
/** Mesos prints doubles with this many significant digits. */
const SIGNIFICANT_DIGITS = 15;

/**
 * The milliseconds (with fractions) that `text` means, or Mesos' sentence about it.
 * @see Mesos 3rdparty/stout/include/stout/duration.hpp
 */
export function parseDuration(text: string): Result<number> {
  const digits = /^[\d.]*/.exec(text)?.[0] ?? "";
  if (digits.length === text.length) return failure(`Invalid duration '${text}'`);
  const value = numifyDouble(digits);
  if (value === undefined) return failure(`Failed to convert '${digits}' to number`);
  const name = text.slice(digits.length);
  const unit = UNITS.find((candidate) => candidate.unit === name);
  if (unit === undefined) {
    return failure(
      `Unknown duration unit '${name}'; supported units are 'ns', 'us', 'ms', 'secs', 'mins', 'hrs', 'days', and 'weeks'`,
    );
  }
  const nanoseconds = value * unit.nanoseconds;
  if (nanoseconds > MAX_NANOSECONDS) {
    return failure("Argument out of the range that a Duration can represent due to int64_t's size limit");
  }
  return success(Math.trunc(nanoseconds) / NANOSECONDS_PER_MS);
}

/**
 * The text Mesos prints for a duration: the largest unit it reaches, or the next smaller one where only that gives
 * a whole number (`10days`, not `1.42857142857143weeks`).
 */
export function formatDuration(durationMs: number): string {
  const nanoseconds = Math.round(Math.abs(durationMs) * NANOSECONDS_PER_MS);
  const sign = durationMs < 0 ? "-" : "";
  // Below the next unit's size; the first is taken for zero too.
  let index = UNITS.findIndex(
    (_, at) => nanoseconds < (UNITS[at + 1]?.nanoseconds ?? Number.POSITIVE_INFINITY),
  );
  const isWhole = (at: number): boolean => nanoseconds % (UNITS[at]?.nanoseconds ?? 1) === 0;
  // Microseconds fall back to nanoseconds always: there is nothing below them.
  if (index > 0 && !isWhole(index) && isWhole(index - 1)) index -= 1;
  const unit = UNITS[index] ?? { unit: "ns", nanoseconds: 1 };
  return `${sign}${Number((nanoseconds / unit.nanoseconds).toPrecision(SIGNIFICANT_DIGITS))}${unit.unit}`;
}
