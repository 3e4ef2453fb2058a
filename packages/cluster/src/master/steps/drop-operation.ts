// An operation that is not done.
import type { OfferOperation } from "@mezzo/wire";
import type { Framework } from "../framework.ts";
import { countOperation } from "../operations/count-operation.ts";
import { sendOperationStatus } from "../send/send-operation-status.ts";
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
  countOperation(turn.state, operation, { into: "OPERATION_ERROR" });
  const { id } = operation;
  if (id === undefined) return;
  sendOperationStatus(turn, framework, { state: "OPERATION_ERROR", operation_id: id, message });
}
