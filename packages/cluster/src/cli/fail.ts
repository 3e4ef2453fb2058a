// How a command says that it cannot go on.

/** Prints the reason, an error's message or a sentence, and gives the exit code of failure. */
export function fail(reason: unknown): number {
  process.stderr.write(`${reason instanceof Error ? reason.message : String(reason)}\n`);
  return 1;
}
