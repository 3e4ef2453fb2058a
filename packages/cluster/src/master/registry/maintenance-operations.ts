// What the registry is told of machines and of draining. Part of `operations.ts`.
import { type DrainInfo, type MachineInfo, type MaintenanceSchedule, encodeProtobuf } from "@mezzo/wire";
import type { RegistryChange } from "../../store/registry-store.ts";
import { machineKey } from "../machine-id.ts";

export type MaintenanceOperation =
  /** Writes these machines, forgets those, and replaces the schedule; without a schedule the old one stays. */
  | {
      kind: "update-maintenance";
      set: readonly MachineInfo[];
      forget: readonly MachineInfo[];
      schedule?: MaintenanceSchedule;
    }
  /** Kept beside the agent's own record, so that it survives whatever becomes of that. */
  | { kind: "drain-agent"; agentId: string; drainInfo: DrainInfo }
  | { kind: "deactivate-agent"; agentId: string }
  /** Ends draining and deactivation. */
  | { kind: "reactivate-agent"; agentId: string };

/** Where these records are. */
export const MAINTENANCE_KEYS = {
  machines: "machines/",
  schedule: "maintenance/schedule",
  /** DrainInfo by agent id. */
  draining: "draining/",
  /** The ids of deactivated agents. */
  deactivated: "deactivated/",
} as const;

/** Forgets draining and deactivation; also for agents that had neither. */
export function endOfDraining(agentId: string): RegistryChange[] {
  return [
    { key: MAINTENANCE_KEYS.draining + agentId, value: undefined },
    { key: MAINTENANCE_KEYS.deactivated + agentId, value: undefined },
  ];
}

function deactivation(value: string): RegistryChange {
  return { key: MAINTENANCE_KEYS.deactivated + value, value: encodeProtobuf("AgentID", { value }) };
}

function machineChange(info: MachineInfo, value: Uint8Array | undefined): RegistryChange {
  return { key: MAINTENANCE_KEYS.machines + machineKey(info.id), value };
}

/** The changes of one operation. */
export function encodeMaintenance(operation: MaintenanceOperation): RegistryChange[] {
  switch (operation.kind) {
    case "update-maintenance": {
      const { set, forget, schedule } = operation;
      const changes = [
        ...forget.map((info) => machineChange(info, undefined)),
        ...set.map((info) => machineChange(info, encodeProtobuf("RegistryMachine", { info }))),
      ];
      if (schedule === undefined) return changes;
      const planned = (schedule.windows ?? []).length > 0;
      const value = planned ? encodeProtobuf("MaintenanceSchedule", schedule) : undefined;
      return [...changes, { key: MAINTENANCE_KEYS.schedule, value }];
    }
    case "drain-agent": {
      const { agentId, drainInfo } = operation;
      const value = encodeProtobuf("DrainInfo", drainInfo);
      return [{ key: MAINTENANCE_KEYS.draining + agentId, value }, deactivation(agentId)];
    }
    case "deactivate-agent":
      return [deactivation(operation.agentId)];
    case "reactivate-agent":
      return endOfDraining(operation.agentId);
  }
}
