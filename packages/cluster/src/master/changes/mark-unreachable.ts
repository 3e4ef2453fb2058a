// The decision that an agent is unreachable; it holds once it is in the registry.
import type { AgentInfo } from "@mezzo/wire";
import { toTimeInfo } from "../time-info.ts";
import { type Turn, log } from "../turn.ts";

/**
 * Starts the transition, unless another one is under way or the agent is no longer where it was.
 * Returns whether it did. @see Mesos src/master/master.cpp Master::markUnreachable
 */
export function markUnreachable(
  turn: Turn,
  info: AgentInfo,
  { duringFailover, message }: { duringFailover: boolean; message: string },
): boolean {
  const { agents } = turn.state;
  const agentId = info.id?.value ?? "";
  const there = duringFailover ? agents.recovered.has(agentId) : agents.registered.has(agentId);
  if (
    !there ||
    agents.reregistering.has(agentId) ||
    agents.leaving.has(agentId) ||
    agents.gone.has(agentId)
  ) {
    log(turn, "info", { message: "Not marking an agent unreachable: it is on its way", facts: { agentId } });
    return false;
  }
  log(turn, "info", { message: `Marking agent unreachable: ${message}`, facts: { agentId } });
  agents.leaving.set(agentId, "unreachable");
  const time = toTimeInfo(turn.now);
  turn.effects.push({
    type: "persist",
    operations: [{ kind: "mark-agent-unreachable", agentId, info, time }],
    continuation: { kind: "agent-unreachable", agentId, duringFailover, time, message },
  });
  return true;
}
