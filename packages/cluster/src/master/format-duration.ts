// Durations as Mesos writes them: `10mins`, `1.5secs`.

/** Units from the largest, with milliseconds. @see Mesos 3rdparty/stout/include/stout/duration.hpp */
const UNITS: readonly (readonly [string, number])[] = [
  ["weeks", 604_800_000],
  ["days", 86_400_000],
  ["hrs", 3_600_000],
  ["mins", 60_000],
  ["secs", 1000],
  ["ms", 1],
];

/** The largest unit that gives a whole number, else milliseconds. */
export function formatDuration(ms: number): string {
  for (const [unit, size] of UNITS) {
    if (ms !== 0 && ms % size === 0) return `${ms / size}${unit}`;
  }
  return ms === 0 ? "0ns" : `${ms}ms`;
}
