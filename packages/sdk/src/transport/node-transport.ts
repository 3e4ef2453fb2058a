// HTTP/1.1 over node:http: calls on one kept connection, each stream on its own.
import { Agent, request as httpRequest, type IncomingMessage } from "node:http";
import type { Transport, TransportRequest, TransportResponse } from "./transport.ts";

/** Idle connections are closed before most servers close them. */
const KEEP_ALIVE_MS = 30_000;

function toResponse(message: IncomingMessage): TransportResponse {
  const headers = Object.entries(message.headers).map(([name, value]) => [name, String(value)]);
  return {
    status: message.statusCode ?? 0,
    headers: Object.fromEntries(headers) as Record<string, string>,
    body: message,
    close: () => message.destroy(),
  };
}

/** True for a failure that only means that a kept connection had just been closed by the server. */
const isStale = (error: unknown, reused: boolean): boolean =>
  reused && error instanceof Error && "code" in error && ["ECONNRESET", "EPIPE"].includes(String(error.code));

/** A transport on this machine's network. */
export function createNodeTransport(): Transport {
  const calls = new Agent({
    keepAlive: true,
    keepAliveMsecs: KEEP_ALIVE_MS,
    maxSockets: 1,
    timeout: KEEP_ALIVE_MS,
  });
  const streams = new Agent({ keepAlive: false });

  const attempt = (request: TransportRequest, retry: boolean): Promise<TransportResponse> =>
    new Promise((resolve, reject) => {
      const outgoing = httpRequest(request.origin + request.path, {
        method: "POST",
        agent: request.lane === "calls" ? calls : streams,
        headers: { ...request.headers, "Content-Length": request.body.length },
      });
      outgoing.once("response", (message) => resolve(toResponse(message)));
      outgoing.once("error", (error) => {
        if (retry && isStale(error, outgoing.reusedSocket)) attempt(request, false).then(resolve, reject);
        else reject(error);
      });
      outgoing.end(request.body);
    });

  return {
    post: (request) => attempt(request, true),
    close() {
      calls.destroy();
      streams.destroy();
    },
  };
}
