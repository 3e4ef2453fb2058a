// Durations of something that happens again and again, and their statistics.

/** A metric by its key. */
type Entry = [name: string, value: number];

/** The samples that statistics are made of: as many as Mesos keeps of a time series. */
const MAX_SAMPLES = 1000;

const PERCENTILES: readonly [name: string, fraction: number][] = [
  ["p50", 0.5],
  ["p90", 0.9],
  ["p95", 0.95],
  ["p99", 0.99],
  ["p999", 0.999],
  ["p9999", 0.9999],
];

/** Keeps the newest durations in a ring. @see Mesos 3rdparty/libprocess/include/process/statistics.hpp */
export class TimerStatistics {
  readonly #samples: number[] = [];
  #next = 0;

  /** Takes a duration in milliseconds. */
  record(durationMs: number): void {
    this.#samples[this.#next] = durationMs;
    this.#next = (this.#next + 1) % MAX_SAMPLES;
  }

  /** The newest duration; undefined before the first. */
  get latestMs(): number | undefined {
    return this.#samples[(this.#next + this.#samples.length - 1) % Math.max(1, this.#samples.length)];
  }

  /** `<name>`, `<name>/count`, `/min`, `/max` and the percentiles; nothing before the first sample. */
  entries(name: string): Entry[] {
    const sorted = this.#samples.toSorted((a, b) => a - b);
    const latest = this.latestMs;
    if (latest === undefined) return [];
    return [
      [name, latest],
      [`${name}/count`, sorted.length],
      [`${name}/min`, sorted[0] ?? 0],
      [`${name}/max`, sorted.at(-1) ?? 0],
      ...PERCENTILES.map(([key, fraction]): Entry => [`${name}/${key}`, percentile(sorted, fraction)]),
    ];
  }
}

/** Between two samples the value is interpolated, as Mesos does. */
function percentile(sorted: readonly number[], fraction: number): number {
  const position = fraction * (sorted.length - 1);
  const below = sorted[Math.floor(position)] ?? 0;
  const above = sorted[Math.ceil(position)] ?? below;
  return below + (position - Math.floor(position)) * (above - below);
}
