// Offered or used resources are free again: declined, unused in an accept, rescinded, or released by a task.
import type { Filters, Resource } from "@mezzo/wire";
import { byRole, singleRole } from "./by-role.ts";
import { giveBack } from "./give-back.ts";
import { markReleased } from "./mark-released.ts";
import { refuse } from "./refusals.ts";
import type { AgentEntry, AllocatorState } from "./state.ts";

/** What returns, from whom. */
export interface Recovery {
  frameworkId: string;
  agentId: string;
  /** With allocation_info. */
  resources: readonly Resource[];
  /**
   * Present when the framework itself did not want them (DECLINE, the rest of an ACCEPT): `{}` means Mesos' default of
   * 5 s, refuse_seconds 0 "not before the next allocation interval". Absent when they are simply released: anybody,
   * the framework too, gets them at once.
   */
  filters?: Filters | undefined;
  /** Milliseconds since 1970. */
  nowMs: number;
}

/**
 * Frees resources and installs the framework's filter. Ignored when the agent or framework is unknown by now, for its
 * removal has freed them. Throws when the framework does not hold them.
 */
export function recoverResources(state: AllocatorState, recovery: Recovery): void {
  const { frameworkId, agentId, resources } = recovery;
  const agent = state.agents.get(agentId);
  if (agent === undefined || resources.length === 0) return;
  if (!state.frameworks.has(frameworkId) && !agent.held.some((held) => held.frameworkId === frameworkId))
    return;
  state.operations++;
  const role = singleRole(resources);
  if (role !== undefined) {
    recoverRole(state, agent, { recovery, role, resources });
    return;
  }
  for (const [role, part] of byRole(resources))
    recoverRole(state, agent, { recovery, role, resources: part });
}

function recoverRole(
  state: AllocatorState,
  agent: AgentEntry,
  part: { recovery: Recovery; role: string; resources: readonly Resource[] },
): void {
  const { frameworkId, filters, nowMs } = part.recovery;
  const client = state.frameworks.get(frameworkId)?.clients.get(part.role);
  const freed = giveBack(state, agent, { frameworkId, role: part.role, resources: part.resources });
  markReleased(state, agent, nowMs);
  if (client === undefined || filters === undefined || !client.subscribed) return;
  refuse(state, client, { agent, resources: freed, filters, nowMs });
}
