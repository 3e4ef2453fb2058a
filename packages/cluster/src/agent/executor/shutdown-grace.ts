// How long an executor may take to end.
import type { ExecutorState } from "../state.ts";
import type { Turn } from "../turn.ts";

const NANOSECONDS_PER_MS = 1e6;

/** The executor's own grace period or the agent's, ms. */
export function shutdownGraceOf(turn: Turn, executor: ExecutorState): number {
  const own = executor.info.shutdown_grace_period;
  return own === undefined
    ? turn.state.options.executorShutdownGracePeriod
    : own.nanoseconds / NANOSECONDS_PER_MS;
}
