// One POST to one member of etcd's JSON gateway.
import { type Agent, type ClientRequest, type IncomingMessage, request as httpRequest } from "node:http";
import type { Clock } from "../../clock.ts";
import { EtcdError } from "./etcd-error.ts";

export interface EtcdPost {
  /** `host:port`. */
  endpoint: string;
  /** Such as `kv/range`. */
  method: string;
  body: object;
  token: string | undefined;
}

export interface EtcdAnswer {
  status: number;
  text: string;
}

/** A page of records is far smaller; whoever sends more is no etcd. */
const MAX_ANSWER_BYTES = 256 * 1024 * 1024;

/** Sends it; without an agent on a connection of its own. */
export function openPost({ endpoint, method, body, token }: EtcdPost, agent: Agent | false): ClientRequest {
  const bytes = Buffer.from(JSON.stringify(body));
  const request = httpRequest(`http://${endpoint}/v3/${method}`, {
    method: "POST",
    agent,
    headers: {
      "Content-Type": "application/json",
      "Content-Length": bytes.length,
      ...(token !== undefined && { Authorization: token }),
    },
  });
  request.end(bytes);
  return request;
}

/** An error of the connection, in the words of whoever waits for etcd. */
export function unreachable(endpoint: string, cause: unknown): EtcdError {
  const reason = cause instanceof Error && cause.message !== "" ? cause.message : "connection refused";
  return new EtcdError("unreachable", `etcd at ${endpoint} does not answer: ${reason}`, { cause });
}

async function readText(message: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  for await (const chunk of message as AsyncIterable<Buffer>) {
    sizeBytes += chunk.length;
    if (sizeBytes > MAX_ANSWER_BYTES) throw new Error(`more than ${MAX_ANSWER_BYTES} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

/** True for a failure that only means that a kept connection had just been closed by the member. */
function isStale(request: ClientRequest, error: unknown): boolean {
  return request.reusedSocket && error instanceof Error && "code" in error && error.code === "ECONNRESET";
}

/** The whole answer. Rejects with an `unreachable` EtcdError when it does not come in time. */
export function post(
  call: EtcdPost,
  { agent, clock, timeoutMs }: { agent: Agent; clock: Clock; timeoutMs: number },
): Promise<EtcdAnswer> {
  return new Promise((resolve, reject) => {
    let request: ClientRequest;
    const timer = clock.after(timeoutMs, () => request.destroy(new Error(`no answer in ${timeoutMs} ms`)));
    const fail = (error: unknown): void => {
      timer.cancel();
      reject(unreachable(call.endpoint, error));
    };
    const attempt = (): ClientRequest => {
      const attempted = openPost(call, agent);
      attempted.once("error", (error) => {
        if (isStale(attempted, error)) request = attempt();
        else fail(error);
      });
      attempted.once("response", (message) => {
        readText(message).then((text) => {
          timer.cancel();
          resolve({ status: message.statusCode ?? 0, text });
        }, fail);
      });
      return attempted;
    };
    request = attempt();
  });
}
