// `--agent_removal_rate_limit`: agents are not given up faster than this, whatever happens to the network.
import type { MasterState } from "../state.ts";

/** Reserves the next permit; how long to wait for it, milliseconds. 0 without a limit. */
export function waitForRemovalPermit(state: MasterState, now: number): number {
  const permitsPerSecond = state.options.agentRemovalRateLimit;
  if (permitsPerSecond === undefined || permitsPerSecond <= 0) return 0;
  const at = Math.max(now, state.nextRemovalPermitAt);
  state.nextRemovalPermitAt = at + 1000 / permitsPerSecond;
  return at - now;
}
