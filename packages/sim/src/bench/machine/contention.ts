// How much of a core a process that only computes gets just now: figures of a busy machine are worth less.

const COMPUTE_MS = 300;

/** CPU time over wall time of a busy loop, 0…1. */
export function coreShare(): number {
  const startedAt = performance.now();
  const before = process.cpuUsage();
  while (performance.now() - startedAt < COMPUTE_MS);
  const { user, system } = process.cpuUsage(before);
  return Math.min(1, (user + system) / 1000 / (performance.now() - startedAt));
}
