// Whom to ask to leave which agent (`generateInverseOffers` in hierarchical.cpp).
import type { Unavailability } from "@mezzo/wire";
import type { AgentEntry, AllocatorState } from "../state.ts";
import { type Maintenance, wakeDue } from "./maintenance-book.ts";

/** A framework is to be asked for everything it has on the agent; noted as outstanding. */
export interface InverseAllocation {
  frameworkId: string;
  agentId: string;
  unavailability: Unavailability;
}

function askHolders(
  state: AllocatorState,
  agent: AgentEntry,
  maintenance: Maintenance,
  nowMs: number,
): InverseAllocation[] {
  const asked: InverseAllocation[] = [];
  for (const { frameworkId } of agent.held) {
    const framework = state.frameworks.get(frameworkId);
    if (framework?.active !== true || maintenance.outstanding.has(frameworkId)) continue;
    const untilMs = state.maintenance.refused.get(frameworkId)?.get(agent.id);
    if (untilMs !== undefined && nowMs < untilMs) continue;
    maintenance.outstanding.add(frameworkId);
    asked.push({ frameworkId, agentId: agent.id, unavailability: maintenance.unavailability });
  }
  return asked;
}

/**
 * Every active framework that has something offered or in use on an agent with planned maintenance, has no inverse offer
 * there and does not want to be let be. Call it after `allocate`; without news it costs nothing.
 */
export function allocateInverseOffers(state: AllocatorState, nowMs: number): InverseAllocation[] {
  const { maintenance: book } = state;
  wakeDue(book, nowMs);
  const asked: InverseAllocation[] = [];
  for (const agentId of book.due) {
    const agent = state.agents.get(agentId);
    const maintenance = book.agents.get(agentId);
    // An inactive agent becomes due when it is activated.
    if (agent === undefined || maintenance === undefined || !agent.active) continue;
    asked.push(...askHolders(state, agent, maintenance, nowMs));
  }
  book.due.clear();
  return asked;
}
