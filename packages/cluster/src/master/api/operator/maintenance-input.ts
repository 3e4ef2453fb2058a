// Calls of the operator API about machines and draining, as inputs of the master.
import type { DurationInfo, GoogleDuration, MasterCall } from "@mezzo/wire";
import type { DrainingInput, MaintenanceInput } from "../../maintenance-inputs.ts";

/** An input that has not got the number of its request yet. */
type Unnumbered<Input> = Input extends unknown ? Omit<Input, "request"> : never;

const NANOSECONDS_IN_SECOND = 1e9;

function durationInfo({ seconds = 0, nanos = 0 }: GoogleDuration): DurationInfo {
  return { nanoseconds: seconds * NANOSECONDS_IN_SECOND + nanos };
}

/** The input that a call about the draining of an agent becomes. */
function drainingInput(call: MasterCall): Unnumbered<DrainingInput> | undefined {
  const { drain_agent: drain, deactivate_agent: deactivate, reactivate_agent: reactivate } = call;
  switch (call.type) {
    case "DRAIN_AGENT": {
      if (drain === undefined) return undefined;
      const { max_grace_period: grace } = drain;
      const config = {
        ...(grace === undefined ? {} : { max_grace_period: durationInfo(grace) }),
        mark_gone: drain.mark_gone ?? false,
      };
      return { type: "drain-agent", agentId: drain.agent_id.value, config };
    }
    case "DEACTIVATE_AGENT":
      return deactivate && { type: "deactivate-agent", agentId: deactivate.agent_id.value };
    case "REACTIVATE_AGENT":
      return reactivate && { type: "reactivate-agent", agentId: reactivate.agent_id.value };
    default:
      return undefined;
  }
}

/** The input that a call becomes; undefined for calls about something else. */
export function maintenanceInput(
  call: MasterCall,
): Unnumbered<MaintenanceInput> | Unnumbered<DrainingInput> | undefined {
  const { update_maintenance_schedule: update, start_maintenance: start, stop_maintenance: stop } = call;
  switch (call.type) {
    case "UPDATE_MAINTENANCE_SCHEDULE":
      return update && { type: "update-maintenance-schedule", schedule: update.schedule };
    case "START_MAINTENANCE":
      return start && { type: "start-maintenance", machines: start.machines ?? [] };
    case "STOP_MAINTENANCE":
      return stop && { type: "stop-maintenance", machines: stop.machines ?? [] };
    default:
      return drainingInput(call);
  }
}
