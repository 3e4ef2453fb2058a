// Waits for a condition that nobody announces: looks again and again, never sleeps blindly.

/** Everything on loopback happens well within this; a machine under load is slow, not wrong. */
export const PATIENCE_MS = 30_000;

const LOOK_EVERY_MS = 20;

const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));

/**
 * Resolves with the first value of `look` that is not undefined or false. What `look` throws counts as "not yet".
 * Rejects after the patience with what was waited for and the last error.
 */
export async function until<T>(
  what: string,
  look: () => T | undefined | false | Promise<T | undefined | false>,
  { patienceMs = PATIENCE_MS }: { patienceMs?: number } = {},
): Promise<T> {
  const deadline = performance.now() + patienceMs;
  let cause: unknown;
  while (performance.now() < deadline) {
    try {
      const value = await look();
      if (value !== undefined && value !== false) return value;
    } catch (error) {
      cause = error;
    }
    await pause();
  }
  throw new Error(`Waited ${patienceMs / 1000} s in vain until ${what}`, { cause });
}
