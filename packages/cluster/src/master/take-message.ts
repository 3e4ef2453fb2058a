// A libprocess message becomes an input.
import { decodeProtobuf } from "@mezzo/wire";
import type { Logger } from "../core/logger.ts";
import type { Message } from "../net/libprocess/message.ts";
import { decodeDriverCall } from "./decode-driver-call.ts";
import { INBOUND_MESSAGES, type InboundMessageName, type MasterInput, type MessageInput } from "./inputs.ts";

const PREFIX = "mesos.internal.";
const DRIVER_CALL = "mesos.scheduler.Call";
/** Messages that are looked at together with what their sender has proved. */
const REGISTRATIONS: ReadonlySet<InboundMessageName> = new Set([
  "RegisterSlaveMessage",
  "ReregisterSlaveMessage",
  "RegisterFrameworkMessage",
  "ReregisterFrameworkMessage",
]);
const KNOWN: ReadonlyMap<string, InboundMessageName> = new Map(
  INBOUND_MESSAGES.map((name) => [PREFIX + name, name]),
);

/** Where messages go. */
interface Receiver {
  submit(input: MasterInput): void;
  /** What is known of the senders; absent: nobody authenticates. */
  readonly authenticator?: {
    /** The principal that a pid has proved to be. */
    principalOf(pid: string): string | undefined;
    /** While a pid authenticates: keeps what is to be done until it has been decided who it is. */
    postpone(pid: string, again: () => void): boolean;
  };
}

/** Decodes and submits; what cannot be understood is dropped with a log line, as Mesos does. */
export function takeMessage(master: Receiver, message: Message, logger: Logger): void {
  const { from, body } = message;
  const drop = (reason: string): void => {
    logger.warn("Dropping a message", { from, name: message.name, reason });
  };
  const proved = (): { principal?: string } => {
    const principal = master.authenticator?.principalOf(from);
    return principal === undefined ? {} : { principal };
  };
  const postponed = (): boolean =>
    master.authenticator?.postpone(from, () => takeMessage(master, message, logger)) === true;
  if (message.name === DRIVER_CALL) {
    const decoded = decodeDriverCall(body);
    if (!decoded.ok) return drop(decoded.error);
    const { value } = decoded;
    if (value.call.type !== "SUBSCRIBE") return master.submit({ type: "driver-call", from, ...value });
    return postponed() ? undefined : master.submit({ type: "driver-call", from, ...proved(), ...value });
  }
  const name = KNOWN.get(message.name);
  if (name === undefined) return drop("unknown name");
  const registers = REGISTRATIONS.has(name);
  if (registers && postponed()) return undefined;
  const decoded = decodeProtobuf(name, body);
  if (!decoded.ok) return drop(decoded.error);
  // Name and body belong together: both come from the same entry of the schema.
  const facts = { name, from, ...(registers ? proved() : {}), body: decoded.value };
  return master.submit({ type: "message", ...facts } as MessageInput);
}
