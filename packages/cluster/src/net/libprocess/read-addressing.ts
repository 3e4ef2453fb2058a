// Sender, receiver and name of a message, from the head of the request that carries it (process.cpp, `parse`).
import { percentDecode } from "../http/percent-decode.ts";
import type { RequestHead } from "../http/request-head.ts";
import { INVALID_PID, parsePid } from "./pid.ts";

/** The envelope of a message. */
export interface Addressing {
  readonly from: string;
  /** Process id of the receiver, decoded. */
  readonly to: string;
  readonly name: string;
}

const AGENT_PREFIX = "libprocess/";

/** The envelope, or libprocess' words for a path that holds none; a sender that makes no sense becomes `@0.0.0.0:0`. */
export function readAddressing(head: RequestHead): Addressing | string {
  const { path, headers } = head;
  if (!path.startsWith("/")) {
    return "Request URL path must start with '/'";
  }
  const slash = path.indexOf("/", 1);
  const to = percentDecode(path.slice(1, slash < 0 ? undefined : slash));
  if (to === undefined) {
    return "Failed to decode URL path";
  }
  const sender =
    headers.get("libprocess-from")?.trim() ?? headers.get("user-agent")?.slice(AGENT_PREFIX.length) ?? "";
  const from = parsePid(sender) === undefined ? INVALID_PID : sender;
  return { from, to, name: slash < 0 ? "" : path.slice(slash + 1) };
}
