// The registry has admitted a new agent.
import { type RegisterSlaveMessage, applyCheckpointedResources } from "@mezzo/wire";
import { addAgent } from "../changes/add-agent.ts";
import type { Turn } from "../turn.ts";
import { connectionOf } from "./agent-connection.ts";
import { refuseAgent } from "./agent-refused.ts";

/** Lists the agent and answers it. @see Mesos src/master/master.cpp Master::__registerSlave */
export function agentRegistered(
  turn: Turn,
  { from, agentId, body }: { from: string; agentId: string; body: RegisterSlaveMessage },
): void {
  const { state } = turn;
  state.agents.registering.delete(from);
  const checkpointed = body.checkpointed_resources ?? [];
  const total = applyCheckpointedResources(body.agent.resources ?? [], checkpointed);
  if (!total.ok) return refuseAgent(turn, from, { shutdown: total.error });
  const agent = addAgent(turn, {
    info: body.agent,
    id: agentId,
    pid: from,
    version: body.version ?? "",
    capabilities: body.agent_capabilities ?? [],
    totalResources: total.value,
    checkpointedResources: checkpointed,
    resourceVersion: body.resource_version_uuid?.value,
    registeredTime: turn.now,
    reregisteredTime: 0,
  });
  state.counters.slave_registrations++;
  turn.effects.push({
    type: "send-message",
    to: from,
    name: "SlaveRegisteredMessage",
    body: { agent_id: agent.agentId, connection: connectionOf(state) },
  });
  return undefined;
}
