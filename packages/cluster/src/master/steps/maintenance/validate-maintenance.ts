// Is what an operator asks about machines possible? The words are those of src/master/maintenance.cpp and http.cpp.
import { type MachineID, type MaintenanceSchedule, encodeProtobuf } from "@mezzo/wire";
import { isIPv4 } from "../../is-ipv4.ts";
import { machineJson, machineKey } from "../../machine-id.ts";
import { type MaintenanceState, findMachine } from "../../maintenance.ts";
import type { MasterState } from "../../state.ts";

/** A record's key, at most 4,096 characters, holds the host name escaped; names of the DNS have at most 253 characters. */
const MAX_HOSTNAME_LENGTH = 512;

/** The schedule is one record of the registry, which takes 4 MiB: some 40,000 machines. */
const MAX_SCHEDULE_BYTES = 4 * 1024 * 1024;

function validateMachine({ hostname = "", ip = "" }: MachineID): string | undefined {
  if (hostname === "" && ip === "") return "Both 'hostname' and 'ip' for a machine are empty";
  if (ip !== "" && !isIPv4(ip)) return `Failed to parse IPv4: ${ip}`;
  if (hostname.length <= MAX_HOSTNAME_LENGTH) return undefined;
  return `The 'hostname' of a machine has ${hostname.length} characters, more than ${MAX_HOSTNAME_LENGTH}`;
}

/** Adds the machine to those seen so far. */
function validateUniqueMachine(id: MachineID, seen: Set<string>): string | undefined {
  const error = validateMachine(id);
  if (error !== undefined) return error;
  const key = machineKey(id);
  if (seen.has(key)) return `Machine '${machineJson(id)}' appears more than once in the schedule`;
  seen.add(key);
  return undefined;
}

/** Machines that are down stay on the schedule until they are brought up. */
function validateDownMachines(
  { machines }: MaintenanceState,
  listed: ReadonlySet<string>,
): string | undefined {
  for (const [key, { info }] of machines) {
    if (info.mode === "DOWN" && !listed.has(key)) {
      return `Machine '${machineJson(info.id)}' is deactivated and cannot be removed from the schedule`;
    }
  }
  return undefined;
}

/** The first error of a schedule. */
export function validateSchedule(state: MasterState, schedule: MaintenanceSchedule): string | undefined {
  const seen = new Set<string>();
  for (const { machine_ids: ids = [], unavailability } of schedule.windows ?? []) {
    if (ids.length === 0) return "List of machines in the maintenance window is empty";
    if ((unavailability.duration?.nanoseconds ?? 0) < 0) return "Unavailability 'duration' is negative";
    for (const id of ids) {
      const error = validateUniqueMachine(id, seen);
      if (error !== undefined) return error;
    }
  }
  const error = validateDownMachines(state.maintenance, seen);
  if (error !== undefined) return error;
  const sizeBytes = encodeProtobuf("MaintenanceSchedule", schedule).byteLength;
  if (sizeBytes <= MAX_SCHEDULE_BYTES) return undefined;
  return `The schedule has ${sizeBytes} bytes, more than ${MAX_SCHEDULE_BYTES}`;
}

/** Why not: a status and words; no words where somebody may not. */
export interface Refusal {
  status: 400 | 403;
  body?: string;
}

/**
 * The first error of a list of machines that are to leave `from`. Whether the operator may is asked machine by machine,
 * after what is said of the first one and before what is said of the next.
 */
export function validateMachines(
  state: MasterState,
  ids: readonly MachineID[],
  { from, purpose, isAllowed }: { from: "DRAINING" | "DOWN"; purpose: string; isAllowed: boolean },
): Refusal | undefined {
  const refuse = (body: string): Refusal => ({ status: 400, body });
  if (ids.length === 0) return refuse("List of machines is empty");
  const seen = new Set<string>();
  for (const id of ids) {
    const error = validateUniqueMachine(id, seen);
    if (error !== undefined) return refuse(error);
  }
  for (const id of ids) {
    const machine = findMachine(state, id);
    if (machine === undefined) {
      return refuse(`Machine '${machineJson(id)}' is not part of a maintenance schedule`);
    }
    if (machine.info.mode !== from) {
      return refuse(`Machine '${machineJson(id)}' is not in ${from} mode and cannot be ${purpose}`);
    }
    if (!isAllowed) return { status: 403 };
  }
  return undefined;
}
