// How long to wait before the next attempt: a random part of a time that doubles, so that clients do not come at once.

export interface BackoffOptions {
  initialMs: number;
  maxMs: number;
}

/** Doubling more often changes nothing: the maximum is long reached. */
const MAX_DOUBLINGS = 30;

/** The delay after `failures` failed attempts in a row; `random` is in [0, 1). */
export function backoffMs(failures: number, random: number, { initialMs, maxMs }: BackoffOptions): number {
  const ceiling = Math.min(maxMs, initialMs * 2 ** Math.min(failures, MAX_DOUBLINGS));
  return random * ceiling;
}
