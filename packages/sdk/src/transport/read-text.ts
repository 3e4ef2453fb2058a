// The short text of an answer that is no stream: the reason of a refusal.
import type { TransportResponse } from "./transport.ts";

/** Reasons are sentences; whoever sends more is cut off. */
const MAX_TEXT_BYTES = 64 * 1024;

/** The body as text, up to a limit. Reading it to its end lets the connection be used again. */
export async function readText(response: TransportResponse): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body) {
    size += chunk.length;
    if (size > MAX_TEXT_BYTES) {
      response.close();
      break;
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}
