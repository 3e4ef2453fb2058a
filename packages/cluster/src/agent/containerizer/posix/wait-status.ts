// Reads a wait status as waitpid(2) gives it.

/** How a process ended: by itself with a code, or by a signal. */
export interface ProcessEnd {
  exitCode?: number;
  signal?: number;
}

/** The low seven bits name the signal, zero for a process that exited; the next byte is its exit code. */
export function readWaitStatus(status: number): ProcessEnd {
  const signal = status & 0x7f;
  return signal === 0 ? { exitCode: (status >> 8) & 0xff } : { signal };
}
