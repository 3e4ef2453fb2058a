// UPDATE_MAINTENANCE_SCHEDULE: what is planned for which machine, all of it anew.
import type { MachineID, MachineInfo, MaintenanceSchedule, Unavailability } from "@mezzo/wire";
import { updateUnavailability } from "../../changes/update-unavailability.ts";
import { machineKey } from "../../machine-id.ts";
import { type MaintenanceState, findMachine } from "../../maintenance.ts";
import type { MaintenanceOperation } from "../../registry/maintenance-operations.ts";
import type { Turn } from "../../turn.ts";

/** Every machine of a schedule with its unavailability. */
function* plannedMachines(schedule: MaintenanceSchedule): Iterable<[MachineID, Unavailability]> {
  for (const { machine_ids: ids = [], unavailability } of schedule.windows ?? []) {
    for (const id of ids) yield [id, unavailability];
  }
}

/** A machine keeps its mode; one that was up starts to drain. */
function plannedInfo(
  { machines }: MaintenanceState,
  id: MachineID,
  unavailability: Unavailability,
): MachineInfo {
  const info = machines.get(machineKey(id))?.info;
  if (info === undefined || info.mode === "UP") return { id, mode: "DRAINING", unavailability };
  return { ...info, unavailability };
}

/** What the registry is told about a valid schedule. @see Mesos src/master/maintenance.cpp UpdateSchedule */
export function scheduleOperation(
  maintenance: MaintenanceState,
  schedule: MaintenanceSchedule,
): MaintenanceOperation {
  const set: MachineInfo[] = [];
  const planned = new Set<string>();
  for (const [id, unavailability] of plannedMachines(schedule)) {
    set.push(plannedInfo(maintenance, id, unavailability));
    planned.add(machineKey(id));
  }
  const forget: MachineInfo[] = [];
  for (const [key, { info }] of maintenance.machines) {
    if (info.mode !== "UP" && !planned.has(key)) forget.push(info);
  }
  return { kind: "update-maintenance", set, forget, schedule };
}

/** The registry has the schedule. @see Mesos src/master/http.cpp ___updateMaintenanceSchedule */
export function scheduleUpdated(turn: Turn, schedule: MaintenanceSchedule): void {
  const { maintenance } = turn.state;
  const planned = new Set<string>();
  for (const [id] of plannedMachines(schedule)) planned.add(machineKey(id));
  for (const [key, machine] of maintenance.machines) {
    if (machine.info.mode === "UP" || planned.has(key)) continue;
    machine.info = { ...machine.info, mode: "UP" };
    updateUnavailability(turn, machine, undefined);
  }
  for (const [id, unavailability] of plannedMachines(schedule)) {
    const info = plannedInfo(maintenance, id, unavailability);
    let machine = findMachine(turn.state, id);
    if (machine === undefined) {
      machine = { info, agents: new Set() };
      maintenance.machines.set(machineKey(id), machine);
    }
    machine.info = info;
    updateUnavailability(turn, machine, unavailability);
  }
  if (planned.size > 0) maintenance.schedule = schedule;
  else delete maintenance.schedule;
}
