// An entry of the trace as one line of text.
import { decodeProtobuf } from "@mezzo/wire";
import type { TraceEntry } from "./trace.ts";

/** `    12.345 s  agent 7      RunTaskMessage {…}`: time since the beginning, actor, what, and the message as JSON. */
export function describeEntry({ atMs, actor, what, message, text }: TraceEntry): string {
  const time = `${(atMs / 1000).toFixed(6).padStart(12)} s`;
  const parts = [time, actor.padEnd(12), what];
  if (text !== undefined) parts.push(text);
  if (message !== undefined) {
    const decoded = decodeProtobuf(message.name, message.bytes);
    parts.push(decoded.ok ? JSON.stringify(decoded.value) : decoded.error);
  }
  return parts.join(" ");
}
