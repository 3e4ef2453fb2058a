// Tells an exit from a death by a signal, as far as an exit code does.

/** What a signal adds to its number in an exit code. */
const SIGNAL_BASE = 128;
const MAX_SIGNAL = 64;

/** A code above 128 is taken for a signal, as a shell writes it; a program that exits so by itself looks the same. */
export function splitExitCode(code: number): { exitCode: number } | { signal: number } {
  const isSignal = code > SIGNAL_BASE && code <= SIGNAL_BASE + MAX_SIGNAL;
  return isSignal ? { signal: code - SIGNAL_BASE } : { exitCode: code };
}
