// Which machines there are, which agents run on them, and what is planned for them.
//
//     up ──scheduled──▶ DRAINING ──START_MAINTENANCE──▶ DOWN ──STOP_MAINTENANCE──▶ up
//      ◀──off the schedule──┘
//
// Only operators move a machine, never the time.
import type { MachineID, MachineInfo, MaintenanceSchedule, Registry } from "@mezzo/wire";
import type { Agent } from "./agent.ts";
import { type ChangeLine, createChangeLine } from "./change-line.ts";
import { machineIdOf, machineKey } from "./machine-id.ts";
import type { MaintenanceInput } from "./maintenance-inputs.ts";
import type { MasterState } from "./state.ts";

/** One machine. */
export interface Machine {
  /** As the registry has it while it is DRAINING or DOWN. */
  info: MachineInfo;
  /** Ids of the registered agents on it. */
  readonly agents: Set<string>;
}

export interface MaintenanceState extends ChangeLine<MaintenanceInput> {
  /** By `machineKey`: machines of the schedule, and those on which agents are or were. */
  readonly machines: Map<string, Machine>;
  /** Absent when nothing is planned. */
  schedule?: MaintenanceSchedule;
}

/** Machines that are up and have no agent any more are remembered for the words of refusals only, up to this many in all. */
const MAX_REMEMBERED_MACHINES = 100_000;

/** No machines, nothing planned. */
export function createMaintenanceState(): MaintenanceState {
  return { machines: new Map(), ...createChangeLine<MaintenanceInput>() };
}

/** Takes over what the registry says. */
export function recoverMaintenance({ maintenance }: MasterState, registry: Registry): void {
  for (const { info } of registry.machines?.machines ?? []) {
    maintenance.machines.set(machineKey(info.id), { info, agents: new Set() });
  }
  const schedule = registry.schedules?.[0];
  if (schedule !== undefined) maintenance.schedule = schedule;
}

/** The machine with this id, if it is known. */
export function findMachine({ maintenance }: MasterState, id: MachineID): Machine | undefined {
  return maintenance.machines.get(machineKey(id));
}

/** Lists a new agent with its machine; the agent learns when that is planned to be down. */
export function joinMachine(state: MasterState, agent: Agent): void {
  const { machines } = state.maintenance;
  const id = machineIdOf(agent);
  const key = machineKey(id);
  let machine = machines.get(key);
  if (machine === undefined) {
    machine = { info: { id, mode: "UP" }, agents: new Set() };
    machines.set(key, machine);
  }
  machine.agents.add(agent.id);
  if (machine.info.unavailability !== undefined) agent.unavailability = machine.info.unavailability;
}

/** Takes an agent off its machine. */
export function leaveMachine(state: MasterState, agent: Agent): void {
  const { machines } = state.maintenance;
  const key = machineKey(machineIdOf(agent));
  const machine = machines.get(key);
  if (machine === undefined) return;
  machine.agents.delete(agent.id);
  const idle = machine.info.mode === "UP" && machine.agents.size === 0;
  if (idle && machines.size > MAX_REMEMBERED_MACHINES) machines.delete(key);
}
