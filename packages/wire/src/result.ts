// An expected refusal is a return value, not an exception.

/** What a function that may refuse its input returns. The error is a sentence for a person. */
export type Result<T> = { ok: true; value: T } | { ok: false; error: string };

export function success<T>(value: T): Result<T> {
  return { ok: true, value };
}

export function failure(error: string): { ok: false; error: string } {
  return { ok: false, error };
}
