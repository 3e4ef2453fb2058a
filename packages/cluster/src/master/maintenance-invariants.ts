// What is true of machines, draining and inverse offers after every step. Part of `invariants.ts`.
import { machineIdOf } from "./machine-id.ts";
import { findMachine } from "./maintenance.ts";
import type { MasterState } from "./state.ts";

/** Agents stand on their machines and know what is planned there; who drains or is deactivated is not offered. */
export function* checkMachines(state: MasterState): Iterable<string> {
  for (const agent of state.agents.registered.values()) {
    const machine = findMachine(state, machineIdOf(agent));
    if (machine?.agents.has(agent.id) !== true) yield `agent ${agent.id} is on no machine`;
    if (machine?.info.unavailability !== agent.unavailability) {
      yield `agent ${agent.id} does not know when its machine will be down`;
    }
    if (agent.active && agent.deactivated) yield `agent ${agent.id} is active and deactivated`;
    if (agent.drainInfo !== undefined && !agent.deactivated)
      yield `agent ${agent.id} drains and is not deactivated`;
    const planned = state.allocator.maintenance.agents.get(agent.id)?.unavailability;
    if (planned !== agent.unavailability) yield `agent ${agent.id} is planned otherwise in the allocator`;
  }
  for (const { info, agents } of state.maintenance.machines.values()) {
    const known = [...agents].every((id) => state.agents.registered.has(id));
    if (!known) yield `machine ${info.id.hostname ?? ""} lists an agent that is not registered`;
  }
}

/** Inverse offers are those that the allocator waits for, of frameworks and agents that can be asked. */
export function* checkInverseOffers(state: MasterState): Iterable<string> {
  const { byId } = state.inverseOffers;
  for (const { id, frameworkId, agentId } of byId.values()) {
    if (state.frameworks.registered.get(frameworkId)?.active !== true) {
      yield `inverse offer ${id} is of a framework that is not active`;
    }
    if (state.agents.registered.get(agentId)?.active !== true) {
      yield `inverse offer ${id} is about an agent that is not active`;
    }
    const outstanding = state.allocator.maintenance.agents.get(agentId)?.outstanding;
    if (outstanding?.has(frameworkId) !== true) yield `nobody waits for inverse offer ${id}`;
  }
  let waiting = 0;
  for (const { outstanding } of state.allocator.maintenance.agents.values()) waiting += outstanding.size;
  if (waiting !== byId.size) yield `${waiting} inverse offers are waited for, there are ${byId.size}`;
}
