// Whether an agent is drained or deactivated, wherever it stands.
import type { DrainInfo } from "@mezzo/wire";
import type { MasterState } from "./state.ts";

export interface DrainStatus {
  readonly deactivated: boolean;
  readonly drainInfo?: DrainInfo;
}

/** Of a registered, recovered or unreachable agent; undefined for others. */
export function drainStatusOf({ agents }: MasterState, agentId: string): DrainStatus | undefined {
  const { registered, recovered, unreachable } = agents;
  const record = registered.get(agentId) ?? recovered.get(agentId) ?? unreachable.get(agentId);
  if (record === undefined) return undefined;
  const { deactivated, drainInfo } = record;
  return { deactivated, ...(drainInfo === undefined ? {} : { drainInfo }) };
}

/** The record with another status, everything else as it was. */
function withStatus<T extends DrainStatus>(record: T, { deactivated, drainInfo }: DrainStatus): T {
  const { drainInfo: _, ...rest } = record;
  // What was taken away is optional: the rest is still a T.
  return { ...rest, deactivated, ...(drainInfo === undefined ? {} : { drainInfo }) } as T;
}

/** Sets it; agents that left meanwhile are let be. */
export function setDrainStatus({ agents }: MasterState, agentId: string, status: DrainStatus): void {
  const agent = agents.registered.get(agentId);
  const recovered = agents.recovered.get(agentId);
  const unreachable = agents.unreachable.get(agentId);
  if (agent !== undefined) {
    agent.deactivated = status.deactivated;
    if (status.drainInfo === undefined) delete agent.drainInfo;
    else agent.drainInfo = status.drainInfo;
  } else if (recovered !== undefined) {
    agents.recovered.set(agentId, withStatus(recovered, status));
  } else if (unreachable !== undefined) {
    agents.unreachable.set(agentId, withStatus(unreachable, status));
  }
}
