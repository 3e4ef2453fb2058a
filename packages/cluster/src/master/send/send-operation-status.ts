// UPDATE_OPERATION_STATUS: what became of an operation.
import type { OperationStatus } from "@mezzo/wire";
import type { Framework } from "../framework.ts";
import type { Turn } from "../turn.ts";
import { sendEvent } from "./send-event.ts";

/** Tells the framework; older drivers know no operations. With a `uuid` the status must be acknowledged. */
export function sendOperationStatus(turn: Turn, framework: Framework, status: OperationStatus): void {
  if (framework.connection?.kind === "driver") return;
  sendEvent(turn, framework, {
    type: "UPDATE_OPERATION_STATUS",
    event: () => ({ type: "UPDATE_OPERATION_STATUS", update_operation_status: { status } }),
  });
}
