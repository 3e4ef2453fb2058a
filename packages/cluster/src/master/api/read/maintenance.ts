// The maintenance schedule and where machines stand: for the operator API and for /maintenance/schedule and /status.
import type { MaintenanceClusterStatus, MaintenanceSchedule } from "@mezzo/wire";
import { inverseOfferStatuses } from "../../../allocator/inverse-offers/inverse-offer-statuses.ts";
import { may } from "../../authorization/may.ts";
import type { Machine } from "../../maintenance.ts";
import type { MasterState } from "../../state.ts";

type DrainingMachine = NonNullable<MaintenanceClusterStatus["draining_machines"]>[number];

/** The schedule as it was set, less machines brought up since; empty when nothing is planned or nothing may be seen. */
export function maintenanceSchedule(state: MasterState, principal?: string): MaintenanceSchedule {
  return may(state, principal, "GET_MAINTENANCE_SCHEDULE") ? (state.maintenance.schedule ?? {}) : {};
}

function drainingMachine({ allocator }: MasterState, { info, agents }: Machine): DrainingMachine {
  const statuses = [...agents].flatMap((agentId) => inverseOfferStatuses(allocator, agentId));
  return { id: info.id, ...(statuses.length > 0 ? { statuses } : {}) };
}

/** Machines that drain, with what frameworks answered, and machines that are down. @see Mesos http.cpp _getMaintenanceStatus */
export function maintenanceStatus(state: MasterState, principal?: string): MaintenanceClusterStatus {
  if (!may(state, principal, "GET_MAINTENANCE_STATUS")) return {};
  const machines = [...state.maintenance.machines.values()];
  const draining = machines.filter(({ info }) => info.mode === "DRAINING");
  const down = machines.filter(({ info }) => info.mode === "DOWN");
  return {
    ...(draining.length > 0
      ? { draining_machines: draining.map((machine) => drainingMachine(state, machine)) }
      : {}),
    ...(down.length > 0 ? { down_machines: down.map(({ info }) => info.id) } : {}),
  };
}
