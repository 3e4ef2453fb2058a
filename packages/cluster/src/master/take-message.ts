// A libprocess message becomes an input.
import { decodeProtobuf } from "@mezzo/wire";
import type { Logger } from "../core/logger.ts";
import type { Message } from "../net/libprocess/message.ts";
import { type Admission, admitDriverCall, refuseAgent } from "./authentication/admission.ts";
import { decodeDriverCall } from "./decode-driver-call.ts";
import { INBOUND_MESSAGES, type InboundMessageName, type MasterInput, type MessageInput } from "./inputs.ts";

const PREFIX = "mesos.internal.";
const DRIVER_CALL = "mesos.scheduler.Call";
const REGISTRATIONS: ReadonlySet<InboundMessageName> = new Set([
  "RegisterSlaveMessage",
  "ReregisterSlaveMessage",
]);
const KNOWN: ReadonlyMap<string, InboundMessageName> = new Map(
  INBOUND_MESSAGES.map((name) => [PREFIX + name, name]),
);

/** Where messages go. */
interface Receiver {
  submit(input: MasterInput): void;
  /** Absent: everybody is let in. */
  readonly admission?: Admission | undefined;
  /** Tells a driver why it is not let in. */
  refuseDriver?(to: string, message: string): void;
}

/** Decodes and submits; what cannot be understood is dropped with a log line, as Mesos does. */
export function takeMessage(master: Receiver, message: Message, logger: Logger): void {
  const { from, body } = message;
  const drop = (reason: string): void => {
    logger.warn("Dropping a message", { from, name: message.name, reason });
  };
  if (message.name === DRIVER_CALL) {
    const decoded = decodeDriverCall(body);
    if (!decoded.ok) return drop(decoded.error);
    const { admission } = master;
    const admitted = admission ? admitDriverCall(admission, { from, ...decoded.value }) : decoded.value;
    if ("refusal" in admitted) {
      master.refuseDriver?.(from, admitted.refusal);
      return drop(admitted.refusal);
    }
    return master.submit({ type: "driver-call", from, ...decoded.value, call: admitted.call });
  }
  const name = KNOWN.get(message.name);
  if (name === undefined) return drop("unknown name");
  const refusal = master.admission && REGISTRATIONS.has(name) && refuseAgent(master.admission, from);
  if (refusal !== undefined && refusal !== false) return drop(refusal);
  const decoded = decodeProtobuf(name, body);
  if (!decoded.ok) return drop(decoded.error);
  // Name and body belong together: both come from the same entry of the schema.
  const principal = REGISTRATIONS.has(name) ? master.admission?.principalOf(from) : undefined;
  const proved = principal === undefined ? {} : { principal };
  return master.submit({ type: "message", name, from, ...proved, body: decoded.value } as MessageInput);
}
