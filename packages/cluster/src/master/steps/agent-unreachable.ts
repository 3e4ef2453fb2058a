// The registry has an agent as unreachable.
import type { TimeInfo } from "@mezzo/wire";
import { removeAgent } from "../changes/remove-agent.ts";
import { sendAgentLost } from "../send/send-agent-lost.ts";
import type { Turn } from "../turn.ts";

/** Takes it off the books. @see Mesos src/master/master.cpp Master::_markUnreachable */
export function agentUnreachable(
  turn: Turn,
  facts: { agentId: string; duringFailover: boolean; time: TimeInfo; message: string },
): void {
  const { state } = turn;
  const { agents } = state;
  const { agentId } = facts;
  agents.leaving.delete(agentId);
  const recovered = agents.recovered.get(agentId);
  const agent = agents.registered.get(agentId);
  if (facts.duringFailover ? recovered === undefined : agent === undefined) return;
  state.counters.slave_removals++;
  state.counters["slave_removals/reason_unhealthy"]++;
  const drainInfo = agent?.drainInfo ?? recovered?.drainInfo;
  agents.unreachable.set(agentId, {
    id: agentId,
    time: facts.time,
    ...(drainInfo === undefined ? {} : { drainInfo }),
    deactivated: agent?.deactivated ?? recovered?.deactivated ?? false,
    tasks: new Map(),
  });
  if (facts.duringFailover) {
    agents.recovered.delete(agentId);
    state.counters.recovery_slave_removals++;
    sendAgentLost(turn, { value: agentId });
  } else if (agent !== undefined) {
    removeAgent(turn, agent, { kind: "unreachable", message: facts.message, time: facts.time });
  }
}
