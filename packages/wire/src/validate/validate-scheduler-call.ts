// Calls of schedulers. Follows `scheduler::call::validate` of src/master/validation.cpp.
import type { SchedulerCall, SchedulerCallType } from "../messages.gen.ts";
import { validateUuid } from "./validate-uuid.ts";

/** The field that a call of each type must have; types that are missing need none. */
const FIELDS: Readonly<Partial<Record<SchedulerCallType, keyof SchedulerCall>>> = {
  SUBSCRIBE: "subscribe",
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

function validateSubscribe(call: SchedulerCall, principal: string | undefined): string | undefined {
  const framework = call.subscribe?.framework_info;
  if ((framework?.id?.value ?? "") !== (call.framework_id?.value ?? "")) {
    return "'framework_id' differs from 'subscribe.framework_info.id'";
  }
  const claimed = framework?.principal;
  if (principal === undefined || claimed === undefined || principal === claimed) return undefined;
  return `Authenticated principal '${principal}' does not match principal '${claimed}' set in \`FrameworkInfo\``;
}

function validateDetails(call: SchedulerCall): string | undefined {
  const { acknowledge, acknowledge_operation_status: operation, update_framework: update } = call;
  if (call.type === "ACKNOWLEDGE") return acknowledge && validateUuid(acknowledge.uuid);
  if (call.type === "ACKNOWLEDGE_OPERATION_STATUS" && operation !== undefined) {
    const isComplete = operation.agent_id !== undefined;
    return validateUuid(operation.uuid) ?? (isComplete ? undefined : "Expecting 'agent_id' to be present");
  }
  if (call.type !== "UPDATE_FRAMEWORK") return undefined;
  if (update?.framework_info.id?.value === call.framework_id?.value) return undefined;
  return "'framework_id' differs from 'update_framework.framework_info.id'";
}

/** Checks that a call is complete. `principal` is who sent it, if authenticated. */
export function validateSchedulerCall(call: SchedulerCall, principal?: string): string | undefined {
  const { type } = call;
  if (type === undefined) return "Expecting 'type' to be present";
  const field = FIELDS[type];
  const isComplete = field === undefined || call[field] !== undefined;
  if (type === "SUBSCRIBE") {
    return isComplete ? validateSubscribe(call, principal) : "Expecting 'subscribe' to be present";
  }
  if (call.framework_id === undefined) return "Expecting 'framework_id' to be present";
  return isComplete ? validateDetails(call) : `Expecting '${field}' to be present`;
}
