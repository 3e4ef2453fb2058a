// Calls of executors. Follows `validateExecutorCall` of src/common/validation.cpp.
import type { ExecutorCall, TaskStatus } from "../messages.gen.ts";
import { validateCheckStatusInfo } from "./validate-check.ts";
import { validateUuid } from "./validate-uuid.ts";

function validateStatus(status: TaskStatus, call: ExecutorCall): string | undefined {
  const { uuid, executor_id: claimed, source, state, check_status: checkStatus } = status;
  const executorId = call.executor_id.value;
  if (uuid === undefined) return "Expecting 'uuid' to be present";
  const error = validateUuid(uuid);
  if (error !== undefined) return error;
  if (claimed !== undefined && claimed.value !== executorId) {
    return `ExecutorID in Call: ${executorId} does not match ExecutorID in TaskStatus: ${claimed.value}`;
  }
  const sender = `from executor ${executorId} of framework ${call.framework_id.value}`;
  if (source !== "SOURCE_EXECUTOR") {
    return `Received Call ${sender} with invalid source, expecting 'SOURCE_EXECUTOR'`;
  }
  if (state === "TASK_STAGING") return `Received TASK_STAGING ${sender} which is not allowed`;
  return checkStatus && validateCheckStatusInfo(checkStatus);
}

/** Checks that a call is complete, and that an update is one an executor may send. */
export function validateExecutorCall(call: ExecutorCall): string | undefined {
  // Required fields may be missing when the call was not decoded but built.
  const { type, executor_id: executorId, framework_id: frameworkId }: Partial<ExecutorCall> = call;
  if (type === undefined) return "Expecting 'type' to be present";
  if (executorId === undefined) return "Expecting 'executor_id' to be present";
  if (frameworkId === undefined) return "Expecting 'framework_id' to be present";
  // Mesos expects `subscribe` here. The npm package `mesos-framework` sends none: it has nothing unacknowledged.
  if (type === "MESSAGE" && call.message === undefined) return "Expecting 'message' to be present";
  if (type !== "UPDATE") return undefined;
  return call.update === undefined
    ? "Expecting 'update' to be present"
    : validateStatus(call.update.status, call);
}
