// What operators ask for about machines and about the draining of agents. Part of `inputs.ts`.
import type { DrainConfig, MachineID, MaintenanceSchedule } from "@mezzo/wire";

/** A change of the schedule or of machines' modes: one at a time, in the order of arrival. */
export type MaintenanceInput =
  /** UPDATE_MAINTENANCE_SCHEDULE or POST /maintenance/schedule. */
  | {
      type: "update-maintenance-schedule";
      request: number;
      principal?: string;
      schedule: MaintenanceSchedule;
    }
  /** START_MAINTENANCE or POST /machine/down. */
  | { type: "start-maintenance"; request: number; principal?: string; machines: readonly MachineID[] }
  /** STOP_MAINTENANCE or POST /machine/up. */
  | { type: "stop-maintenance"; request: number; principal?: string; machines: readonly MachineID[] };

/** A word of an operator about one agent. */
export type DrainingInput =
  /** `config` has `mark_gone`. */
  | { type: "drain-agent"; request: number; principal?: string; agentId: string; config: DrainConfig }
  | { type: "deactivate-agent"; request: number; principal?: string; agentId: string }
  | { type: "reactivate-agent"; request: number; principal?: string; agentId: string };

/** What goes on once the registry has such a change. */
export type MaintenanceContinuation =
  | { kind: "maintenance-changed"; change: MaintenanceInput }
  | { kind: "draining-changed"; change: DrainingInput }
  | { kind: "agent-drained"; agentId: string };
