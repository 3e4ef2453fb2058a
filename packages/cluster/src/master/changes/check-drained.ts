// Has a draining agent nothing left?
import type { Agent } from "../agent.ts";
import { drainStatusOf, setDrainStatus } from "../drain-status.ts";
import { toTimeInfo } from "../time-info.ts";
import { type Turn, log } from "../turn.ts";

/** Tasks whose end is not acknowledged and operations that are not over count, also those the agent has yet to name. */
function isEmpty(agent: Agent): boolean {
  const providers = [...agent.resourceProviders.values()];
  return (
    agent.operationsKnown &&
    agent.tasks.size === 0 &&
    agent.operations.size === 0 &&
    providers.every(({ operations }) => operations.size === 0)
  );
}

/**
 * Writes down that a draining agent is empty: it is DRAINED, or gone where the operator asked for that. Call it whenever
 * a task or operation of a registered agent is over. @see Mesos src/master/master.cpp checkAndTransitionDrainingAgent
 */
export function checkDrained(turn: Turn, agent: Agent): void {
  const { drainInfo } = agent;
  if (drainInfo?.state !== "DRAINING" || !isEmpty(agent)) return;
  const agentId = agent.id;
  const { leaving, drainChanges } = turn.state.agents;
  // After another word of an operator the registry must not be told of this drain any more; it is asked again then.
  if (leaving.has(agentId) || drainChanges.has(agentId)) return;
  if (drainInfo.config.mark_gone === true) {
    log(turn, "info", { message: "Agent has drained: marking it gone", facts: { agentId } });
    leaving.set(agentId, "gone");
    const time = toTimeInfo(turn.now);
    turn.effects.push({
      type: "persist",
      operations: [{ kind: "mark-agent-gone", agentId, time }],
      continuation: { kind: "agent-gone", agentId, time },
    });
    return;
  }
  turn.effects.push({
    type: "persist",
    operations: [{ kind: "drain-agent", agentId, drainInfo: { ...drainInfo, state: "DRAINED" } }],
    continuation: { kind: "agent-drained", agentId },
  });
}

/** The registry has the agent as drained. It may have been reactivated or removed meanwhile. */
export function agentDrained(turn: Turn, agentId: string): void {
  const status = drainStatusOf(turn.state, agentId);
  if (status?.drainInfo === undefined) return;
  log(turn, "info", { message: "Agent has drained", facts: { agentId } });
  setDrainStatus(turn.state, agentId, { ...status, drainInfo: { ...status.drainInfo, state: "DRAINED" } });
}

/** The same for an agent that may not be registered. */
export function checkDrainedById(turn: Turn, agentId: string | undefined): void {
  const agent = turn.state.agents.registered.get(agentId ?? "");
  if (agent !== undefined) checkDrained(turn, agent);
}
