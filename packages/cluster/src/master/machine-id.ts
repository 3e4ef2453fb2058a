// How machines are told apart: by host name, in any case, and address; a part that is missing matches only a missing one.
import type { MachineID } from "@mezzo/wire";
import type { Agent } from "./agent.ts";
import { parsePid } from "./pid.ts";

/** One text for equal ids. @see Mesos include/mesos/type_utils.hpp operator== of MachineID */
export function machineKey({ hostname, ip }: MachineID): string {
  return JSON.stringify([hostname?.toLowerCase() ?? null, ip ?? null]);
}

/** The machine that an agent says it runs on. `pid` is its libprocess address. */
export function machineIdOf({ info, pid }: Pick<Agent, "info" | "pid">): MachineID {
  return { hostname: info.hostname, ip: parsePid(pid).ip };
}

/** The id as refusals name it, the fields in the order of their names. */
export function machineJson({ hostname, ip }: MachineID): string {
  return JSON.stringify({ hostname, ip });
}

/** The id for people. @see Mesos src/common/type_utils.cpp operator<< of MachineID */
export function machineText({ hostname, ip }: MachineID): string {
  if (hostname === undefined) return `(${ip ?? ""})`;
  return ip === undefined ? hostname : `${hostname} (${ip})`;
}
