// START_MAINTENANCE: machines go down now, with everything on them.
import type { MachineID, MachineInfo } from "@mezzo/wire";
import { findMachine } from "../../maintenance.ts";
import type { MaintenanceOperation } from "../../registry/maintenance-operations.ts";
import type { MasterState } from "../../state.ts";
import type { Turn } from "../../turn.ts";
import { startRemoval } from "../unregister-agent.ts";

/** What agents and frameworks are told. */
const MESSAGE = "Operator initiated 'Machine DOWN'";

/** What the registry is told. The machines have been checked. */
export function startOperation(state: MasterState, ids: readonly MachineID[]): MaintenanceOperation {
  const set = ids.flatMap((id): MachineInfo[] => {
    const info = findMachine(state, id)?.info;
    return info === undefined ? [] : [{ ...info, mode: "DOWN" }];
  });
  return { kind: "update-maintenance", set, forget: [] };
}

/** The registry has the machines as down: their agents shut down and lose what they run. @see http.cpp _startMaintenance */
export function maintenanceStarted(turn: Turn, ids: readonly MachineID[]): void {
  const { agents } = turn.state;
  for (const id of ids) {
    const machine = findMachine(turn.state, id);
    if (machine === undefined) continue;
    machine.info = { ...machine.info, mode: "DOWN" };
    for (const agentId of machine.agents) {
      const agent = agents.registered.get(agentId);
      if (agent === undefined) continue;
      turn.effects.push({
        type: "send-message",
        to: agent.pid,
        name: "ShutdownMessage",
        body: { message: MESSAGE },
      });
      startRemoval(turn, agent, { message: MESSAGE });
    }
  }
}
