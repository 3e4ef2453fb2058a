// One request as handlers see it: plain values, no socket.
import type { BodyStream } from "./body-stream.ts";
import type { RequestHead } from "./request-head.ts";

/** A request whose body is complete, or, for routes that ask for it, still arriving in `bodyStream`. */
export class HttpRequest {
  /** Shared by equal requests of one connection, so it can key what is derived from it. */
  readonly head: RequestHead;
  /** The whole body, decompressed; empty while `bodyStream` is present. Valid for as long as it is held. */
  readonly body: Buffer;
  readonly bodyStream: BodyStream | undefined;
  /** The peer as `ip:port`. */
  readonly remote: string;

  constructor(head: RequestHead, content: { body: Buffer; bodyStream?: BodyStream; remote: string }) {
    this.head = head;
    this.body = content.body;
    this.bodyStream = content.bodyStream;
    this.remote = content.remote;
  }

  get method(): string {
    return this.head.method;
  }

  /** As sent: not decoded, without the query. */
  get path(): string {
    return this.head.path;
  }

  get query(): ReadonlyMap<string, string> {
    return this.head.query;
  }

  /** Names in lower case. */
  get headers(): ReadonlyMap<string, string> {
    return this.head.headers;
  }

  get keepAlive(): boolean {
    return this.head.keepAlive;
  }
}
