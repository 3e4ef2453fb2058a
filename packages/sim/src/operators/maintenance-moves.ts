// What operators plan and do to machines.
import type { AgentInfo, MachineID, MaintenanceWindow } from "@mezzo/wire";
import type { Agent } from "../../../cluster/src/master/agent.ts";
import { machineKey } from "../../../cluster/src/master/machine-id.ts";
import type { MasterState } from "../../../cluster/src/master/state.ts";
import type { OperatorInput } from "../master/master-run.ts";
import type { Draw, OperatorAction } from "./operator-action.ts";

/** A day: maintenance that nobody sees end. */
const DAY_NS = 24 * 60 * 60 * 1e9;

/** The machine of an agent. */
function machineOf({ hostname }: AgentInfo, pid: string): MachineID {
  const address = pid.slice(pid.indexOf("@") + 1);
  return { hostname, ip: address.slice(0, address.indexOf(":")) };
}

/** The windows of other machines: what is down stays on the schedule. */
function otherWindows({ maintenance }: MasterState, machine: MachineID): MaintenanceWindow[] {
  return (maintenance.schedule?.windows ?? []).flatMap((window) => {
    const rest = (window.machine_ids ?? []).filter((id) => machineKey(id) !== machineKey(machine));
    return rest.length === 0 ? [] : [{ ...window, machine_ids: rest }];
  });
}

/** Plans the agent's machine, and now and then takes it down in the same moment. */
export function drawMaintenance(state: MasterState, agent: Agent, { random, nowMs }: Draw): OperatorAction {
  const machine = machineOf(agent.info, agent.pid);
  const window = {
    machine_ids: [machine],
    unavailability: { start: { nanoseconds: nowMs * 1e6 }, duration: { nanoseconds: DAY_NS } },
  };
  const plan: OperatorInput = {
    type: "update-maintenance-schedule",
    schedule: { windows: [...otherWindows(state, machine), window] },
  };
  const callOff: OperatorInput = { type: "update-maintenance-schedule", schedule: {} };
  if (random.chance(0.5)) return { act: [plan], undo: [callOff] };
  const machines = [machine];
  return {
    act: [plan, { type: "start-maintenance", machines }],
    undo: [{ type: "stop-maintenance", machines }, ...(random.chance(0.5) ? [callOff] : [])],
  };
}
