// What the maintenance schedule says about an agent's machine. Changing the schedule is not built yet.
import type { MachineInfo, Unavailability } from "@mezzo/wire";
import type { Agent } from "./agent.ts";
import { parsePid } from "./pid.ts";
import type { MasterState } from "./state.ts";

/** The machine that the registry lists under this host name and address. */
export function findMachine(state: MasterState, hostname: string, pid: string): MachineInfo | undefined {
  const machines = state.maintenance.machines?.machines;
  if (machines === undefined || machines.length === 0) return undefined;
  const { ip } = parsePid(pid);
  return machines.find(({ info }) => info.id.hostname === hostname.toLowerCase() && info.id.ip === ip)?.info;
}

/** When the agent's machine will be down, if that is planned. */
export function unavailabilityOf(state: MasterState, agent: Agent): Unavailability | undefined {
  return findMachine(state, agent.info.hostname, agent.pid)?.unavailability;
}
