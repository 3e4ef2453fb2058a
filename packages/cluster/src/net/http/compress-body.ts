// gzip for response bodies, where libprocess compresses too (encoder.hpp).
import { pipeline, Readable } from "node:stream";
import { constants, createGzip, gzip, gzipSync } from "node:zlib";
import { acceptsEncoding } from "./header-preferences.ts";
import type { HttpResponse } from "./http-response.ts";
import { GZIP_INLINE_BODY_BYTES, GZIP_MINIMUM_BODY_BYTES } from "./limits.ts";
import type { RequestHead } from "./request-head.ts";

// JSON shrinks tenfold at the first level; the next ones cost several times the CPU for a few per cent.
const OPTIONS = { level: constants.Z_BEST_SPEED };

/** Whether a body of that many bytes (Infinity for one made piece by piece) goes out compressed. */
export function shouldCompress(head: RequestHead, response: HttpResponse, bytes: number): boolean {
  if (bytes < GZIP_MINIMUM_BODY_BYTES) {
    return false;
  }
  const accepted = head.headers.get("accept-encoding");
  return (
    accepted !== undefined &&
    acceptsEncoding(accepted, "gzip") &&
    !Object.keys(response.headers ?? {}).some((name) => name.toLowerCase() === "content-encoding")
  );
}

/** The compressed body: at once when it is short, from the thread pool when it is long. */
export function compressBody(body: Uint8Array): Buffer | Promise<Buffer> {
  if (body.length <= GZIP_INLINE_BODY_BYTES) {
    return gzipSync(body, OPTIONS);
  }
  return new Promise((resolve, reject) => {
    gzip(body, OPTIONS, (error, compressed) => (error === null ? resolve(compressed) : reject(error)));
  });
}

/** The same for a body made piece by piece; leaving the loop early ends the source too. */
export function compressParts(
  body: Iterable<Uint8Array> | AsyncIterable<string | Uint8Array>,
): AsyncIterable<Uint8Array> {
  const compressor = createGzip(OPTIONS);
  // The reader of the compressor sees the source's failure; there is nothing more to do about it here.
  pipeline(Readable.from(body), compressor, () => {});
  return compressor;
}
