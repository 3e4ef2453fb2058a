// Order statistics of samples.

/** The sample below which a part `share` (0…1) of all lie; NaN of none. */
export function quantile(samples: readonly number[], share: number): number {
  const sorted = Float64Array.from(samples).toSorted();
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

/** The middle sample; NaN of none. */
export function median(samples: readonly number[]): number {
  return quantile(samples, 0.5);
}
