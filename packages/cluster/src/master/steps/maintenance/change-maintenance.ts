// UPDATE_MAINTENANCE_SCHEDULE, START_MAINTENANCE and STOP_MAINTENANCE: one change of machines or their schedule after the other.
import type { Action } from "../../../authorization/actions.ts";
import { may } from "../../authorization/may.ts";
import { standInLine, takeNextInLine } from "../../change-line.ts";
import type { MaintenanceInput } from "../../maintenance-inputs.ts";
import type { MaintenanceOperation } from "../../registry/maintenance-operations.ts";
import type { MasterState } from "../../state.ts";
import { type Turn, log } from "../../turn.ts";
import { maintenanceStarted, startOperation } from "./start-maintenance.ts";
import { maintenanceStopped, stopOperation } from "./stop-maintenance.ts";
import { scheduleOperation, scheduleUpdated } from "./update-schedule.ts";
import { type Refusal, validateMachines, validateSchedule } from "./validate-maintenance.ts";

const ACTIONS = {
  "update-maintenance-schedule": "UPDATE_MAINTENANCE_SCHEDULE",
  "start-maintenance": "START_MAINTENANCE",
  "stop-maintenance": "STOP_MAINTENANCE",
} as const satisfies Record<MaintenanceInput["type"], Action>;

/** Why the change cannot be made now. A schedule without machines is anybody's, as in Mesos. */
function validate(state: MasterState, change: MaintenanceInput): Refusal | undefined {
  const isAllowed = may(state, change.principal, ACTIONS[change.type]);
  switch (change.type) {
    case "update-maintenance-schedule": {
      const body = validateSchedule(state, change.schedule);
      if (body !== undefined) return { status: 400, body };
      return isAllowed || (change.schedule.windows ?? []).length === 0 ? undefined : { status: 403 };
    }
    case "start-maintenance":
      return validateMachines(state, change.machines, {
        from: "DRAINING",
        purpose: "brought down",
        isAllowed,
      });
    case "stop-maintenance":
      return validateMachines(state, change.machines, { from: "DOWN", purpose: "brought up", isAllowed });
  }
}

/** What the registry is to be told. */
function operationOf(state: MasterState, change: MaintenanceInput): MaintenanceOperation {
  switch (change.type) {
    case "update-maintenance-schedule":
      return scheduleOperation(state.maintenance, change.schedule);
    case "start-maintenance":
      return startOperation(state, change.machines);
    case "stop-maintenance":
      return stopOperation(state, change.machines);
  }
}

/** Makes the change; the registry has it. */
function apply(turn: Turn, change: MaintenanceInput): void {
  switch (change.type) {
    case "update-maintenance-schedule":
      return scheduleUpdated(turn, change.schedule);
    case "start-maintenance":
      return maintenanceStarted(turn, change.machines);
    case "stop-maintenance":
      return maintenanceStopped(turn, change.machines);
  }
}

/** Refuses the change, or writes it down; the answer follows the write. */
export function changeMaintenance(turn: Turn, change: MaintenanceInput): void {
  const { maintenance } = turn.state;
  const { request } = change;
  if (standInLine(turn, maintenance, { change, of: "the maintenance schedule" })) return;
  const refusal = validate(turn.state, change);
  if (refusal !== undefined) {
    turn.effects.push({ type: "respond", request, ...refusal });
    return;
  }
  maintenance.writing = true;
  turn.effects.push({
    type: "persist",
    operations: [operationOf(turn.state, change)],
    continuation: { kind: "maintenance-changed", change },
  });
}

/** The registry has the change; the next one in line is looked at. */
export function maintenanceChanged(turn: Turn, change: MaintenanceInput): void {
  const { maintenance } = turn.state;
  maintenance.writing = false;
  apply(turn, change);
  log(turn, "info", { message: "Maintenance changed", facts: { change: change.type } });
  turn.effects.push({ type: "respond", request: change.request, status: 200 });
  takeNextInLine(maintenance, (next) => changeMaintenance(turn, next));
}
