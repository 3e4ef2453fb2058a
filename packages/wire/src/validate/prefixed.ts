// How rules nest: the outer rule puts its own words before those of the inner one.

/** The error with words before it; undefined stays undefined. */
export function prefixed(prefix: string, error: string | undefined): string | undefined {
  return error === undefined ? undefined : prefix + error;
}

/** The first error of a rule over many values. */
export function firstError<T>(
  values: Iterable<T> | undefined,
  rule: (value: T) => string | undefined,
): string | undefined {
  for (const value of values ?? []) {
    const error = rule(value);
    if (error !== undefined) return error;
  }
  return undefined;
}
