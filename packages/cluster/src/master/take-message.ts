// A libprocess message becomes an input.
import { decodeProtobuf } from "@mezzo/wire";
import type { Logger } from "../core/logger.ts";
import type { Message } from "../net/libprocess/message.ts";
import { decodeDriverCall } from "./decode-driver-call.ts";
import { INBOUND_MESSAGES, type InboundMessageName, type MasterInput, type MessageInput } from "./inputs.ts";

const PREFIX = "mesos.internal.";
const DRIVER_CALL = "mesos.scheduler.Call";
const KNOWN: ReadonlyMap<string, InboundMessageName> = new Map(
  INBOUND_MESSAGES.map((name) => [PREFIX + name, name]),
);

/** Decodes and submits; what cannot be understood is dropped with a log line, as Mesos does. */
export function takeMessage(
  master: { submit(input: MasterInput): void },
  message: Message,
  logger: Logger,
): void {
  const { from, body } = message;
  const drop = (reason: string): void => {
    logger.warn("Dropping a message", { from, name: message.name, reason });
  };
  if (message.name === DRIVER_CALL) {
    const decoded = decodeDriverCall(body);
    if (!decoded.ok) return drop(decoded.error);
    return master.submit({ type: "driver-call", from, ...decoded.value });
  }
  const name = KNOWN.get(message.name);
  if (name === undefined) return drop("unknown name");
  const decoded = decodeProtobuf(name, body);
  if (!decoded.ok) return drop(decoded.error);
  // Name and body belong together: both come from the same entry of the schema.
  return master.submit({ type: "message", name, from, body: decoded.value } as MessageInput);
}
