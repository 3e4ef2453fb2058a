// An operation that is not done.
import type { OfferOperation } from "@mezzo/wire";
import type { Framework } from "../framework.ts";
import { sendEvent } from "../send/send-event.ts";
import { type Turn, log } from "../turn.ts";

/** Logs it; a framework that gave the operation an id hears OPERATION_ERROR. @see Mesos src/master/master.cpp Master::drop */
export function dropOperation(
  turn: Turn,
  framework: Framework,
  { operation, message }: { operation: OfferOperation; message: string },
): void {
  log(turn, "warn", {
    message: `Dropping a ${operation.type ?? "UNKNOWN"} operation: ${message}`,
    facts: { frameworkId: framework.id },
  });
  const { id } = operation;
  if (id === undefined || framework.connection?.kind !== "http") return;
  sendEvent(turn, framework, {
    type: "UPDATE_OPERATION_STATUS",
    event: () => ({
      type: "UPDATE_OPERATION_STATUS",
      update_operation_status: { status: { state: "OPERATION_ERROR", operation_id: id, message } },
    }),
  });
}
