// A libprocess message as an input of the agent.
import { decodeProtobuf } from "@mezzo/wire";
import type { Message } from "../../net/libprocess/message.ts";
import { AGENT_MESSAGES, type AgentMessage, type AgentMessageName } from "../inputs.ts";

const PREFIX = "mesos.internal.";
const KNOWN: ReadonlySet<string> = new Set(AGENT_MESSAGES);

/** The input, or why there is none: the agent does not know the message or cannot read it. */
export function receiveMessage({ from, name, body }: Message): AgentMessage | string {
  const short = name.startsWith(PREFIX) ? name.slice(PREFIX.length) : name;
  if (!KNOWN.has(short)) return `the agent does not understand ${name}`;
  const decoded = decodeProtobuf(short as AgentMessageName, body);
  if (!decoded.ok) return decoded.error;
  return { type: "message", from, name: short, body: decoded.value } as AgentMessage;
}
