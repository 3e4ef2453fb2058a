// What an agent is told about its connection when it joins.
import type { MasterSlaveConnection } from "@mezzo/wire";
import type { MasterState } from "../state.ts";

/** After how long without a ping the agent should look for the master again. */
export function connectionOf(state: MasterState): MasterSlaveConnection {
  const { agentPingTimeout, maxAgentPingTimeouts } = state.options;
  return { total_ping_timeout_seconds: (agentPingTimeout * maxAgentPingTimeouts) / 1000 };
}
