// STOP_MAINTENANCE: machines are up again and off the schedule.
import type { MachineID, MaintenanceSchedule, MaintenanceWindow } from "@mezzo/wire";
import { updateUnavailability } from "../../changes/update-unavailability.ts";
import { machineKey } from "../../machine-id.ts";
import { findMachine } from "../../maintenance.ts";
import type { MaintenanceOperation } from "../../registry/maintenance-operations.ts";
import type { MasterState } from "../../state.ts";
import type { Turn } from "../../turn.ts";

/** The schedule without these machines and without windows that become empty. */
function scheduleWithout(
  schedule: MaintenanceSchedule | undefined,
  ids: readonly MachineID[],
): MaintenanceSchedule {
  const stopped = new Set(ids.map(machineKey));
  const windows = (schedule?.windows ?? []).flatMap((window): MaintenanceWindow[] => {
    const rest = (window.machine_ids ?? []).filter((id) => !stopped.has(machineKey(id)));
    return rest.length === 0 ? [] : [{ ...window, machine_ids: rest }];
  });
  return windows.length === 0 ? {} : { windows };
}

/** What the registry is told. The machines have been checked. @see Mesos src/master/maintenance.cpp StopMaintenance */
export function stopOperation({ maintenance }: MasterState, ids: readonly MachineID[]): MaintenanceOperation {
  const schedule = scheduleWithout(maintenance.schedule, ids);
  return { kind: "update-maintenance", set: [], forget: ids.map((id) => ({ id })), schedule };
}

/** The registry has forgotten the machines. Their agents may register again. */
export function maintenanceStopped(turn: Turn, ids: readonly MachineID[]): void {
  const { maintenance } = turn.state;
  for (const id of ids) {
    const machine = findMachine(turn.state, id);
    if (machine === undefined) continue;
    machine.info = { ...machine.info, mode: "UP" };
    updateUnavailability(turn, machine, undefined);
  }
  const schedule = scheduleWithout(maintenance.schedule, ids);
  if ((schedule.windows ?? []).length > 0) maintenance.schedule = schedule;
  else delete maintenance.schedule;
}
