// Is a scheduler call complete? The words are Mesos'.
import { type SchedulerCall, type SchedulerCallType, validateUuid } from "@mezzo/wire";

/** The part that each call type cannot do without, and its name on the wire. */
const REQUIRED_PARTS: Partial<Record<SchedulerCallType, keyof SchedulerCall>> = {
  ACCEPT: "accept",
  DECLINE: "decline",
  ACCEPT_INVERSE_OFFERS: "accept_inverse_offers",
  DECLINE_INVERSE_OFFERS: "decline_inverse_offers",
  KILL: "kill",
  SHUTDOWN: "shutdown",
  ACKNOWLEDGE: "acknowledge",
  ACKNOWLEDGE_OPERATION_STATUS: "acknowledge_operation_status",
  RECONCILE: "reconcile",
  RECONCILE_OPERATIONS: "reconcile_operations",
  MESSAGE: "message",
  REQUEST: "request",
  UPDATE_FRAMEWORK: "update_framework",
};

/** Checks a SUBSCRIBE. */
function validateSubscribe(call: SchedulerCall, principal: string | undefined): string | undefined {
  if (call.subscribe === undefined) return "Expecting 'subscribe' to be present";
  const info = call.subscribe.framework_info;
  if ((info.id?.value ?? "") !== (call.framework_id?.value ?? "")) {
    return "'framework_id' differs from 'subscribe.framework_info.id'";
  }
  if (principal !== undefined && info.principal !== undefined && principal !== info.principal) {
    return (
      `Authenticated principal '${principal}' does not match principal ` +
      `'${info.principal}' set in \`FrameworkInfo\``
    );
  }
  return undefined;
}

/** The first error. @see Mesos src/master/validation.cpp scheduler::call::validate */
export function validateSchedulerCall(call: SchedulerCall, principal?: string): string | undefined {
  if (call.type === undefined) return "Expecting 'type' to be present";
  if (call.type === "SUBSCRIBE") return validateSubscribe(call, principal);
  if (call.framework_id === undefined) return "Expecting 'framework_id' to be present";
  const part = REQUIRED_PARTS[call.type];
  if (part !== undefined && call[part] === undefined) return `Expecting '${part}' to be present`;
  if (call.type === "ACKNOWLEDGE") return validateUuid(call.acknowledge?.uuid ?? "");
  if (call.type === "ACKNOWLEDGE_OPERATION_STATUS") {
    const error = validateUuid(call.acknowledge_operation_status?.uuid ?? "");
    if (error !== undefined) return error;
    if (call.acknowledge_operation_status?.agent_id === undefined)
      return "Expecting 'agent_id' to be present";
  }
  if (call.type === "UPDATE_FRAMEWORK") {
    const id = call.update_framework?.framework_info.id?.value ?? "";
    if (id !== call.framework_id.value) {
      return "'framework_id' differs from 'update_framework.framework_info.id'";
    }
  }
  return undefined;
}
