// What handlers answer with.
import type { ByteParts } from "./byte-parts.ts";
import type { RecordStream } from "./record-stream.ts";

/**
 * Body of a response: text, bytes or parts are sent with their length, an async iterable (large answers made piece by
 * piece, paced by the client) or a record stream in chunks. Absent: no body and no Content-Type.
 */
export type ResponseBody =
  | string
  | Uint8Array
  | ByteParts
  | AsyncIterable<string | Uint8Array>
  | RecordStream;

/**
 * A response. `Date`, `Content-Length` and `Transfer-Encoding` are added; a text or byte body without a
 * `Content-Type` is `text/plain; charset=utf-8`, as in libprocess (http.hpp, `Response`).
 */
export interface HttpResponse {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: ResponseBody;
}

/** An answer now or later; later ones keep the order of the requests of their connection. */
export type HttpAnswer = HttpResponse | Promise<HttpResponse>;
