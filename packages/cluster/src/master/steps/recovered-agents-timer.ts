// Agents that the registry names and that did not come back after the master restarted.
import { giveUpAgent } from "../changes/give-up-agent.ts";
import { formatDuration } from "../format-duration.ts";
import type { Turn } from "../turn.ts";

/**
 * Gives them up, unless they are so many that something else must be wrong. Those whose return is being written are neither
 * given up nor counted; Mesos counts them, and may end while they are all coming back. @see master.cpp recoveredSlavesTimeout
 */
export function recoveredAgentsTimer(turn: Turn): void {
  const { state } = turn;
  const { agentReregisterTimeout, recoveryAgentRemovalLimit } = state.options;
  const timeout = formatDuration(agentReregisterTimeout);
  const { recovered, reregistering } = state.agents;
  const absent = [...recovered.keys()].filter((id) => !reregistering.has(id));
  const missing = absent.length;
  const fraction = state.recoveredAgentCount === 0 ? 0 : missing / state.recoveredAgentCount;
  if (fraction > recoveryAgentRemovalLimit) {
    turn.effects.push({
      type: "abort",
      message:
        `Post-recovery agent removal limit exceeded! After ${timeout} there were ${missing} ` +
        `(${fraction * 100}%) agents recovered from the registry that did not reregister`,
    });
    return;
  }
  for (const agentId of absent) {
    giveUpAgent(turn, {
      agentId,
      duringFailover: true,
      message: `did not reregister within ${timeout} after master failover`,
      until: "return",
    });
  }
}
