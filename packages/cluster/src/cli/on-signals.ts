// Signals that end a process in order.

/** Calls `stop` for the first of the signals; a second one ends the process at once, for those who cannot wait. */
export function onSignals(signals: readonly NodeJS.Signals[], stop: (signal: NodeJS.Signals) => void): void {
  let asked = false;
  for (const signal of signals) {
    process.on(signal, () => {
      // 128 + 15, as shells say of what SIGTERM ended.
      if (asked && signal !== "SIGUSR1") process.exit(143);
      asked = true;
      stop(signal);
    });
  }
}
