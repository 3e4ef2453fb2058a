// Compressed request bodies: gzip, the one encoding libprocess reads.
import { gunzipSync } from "node:zlib";

/** The body as its sender meant it; undefined if it is not valid gzip or inflates above `maxBytes`. */
export function decompressBody(
  body: Buffer,
  options: { encoding: string | undefined; maxBytes: number },
): Buffer | undefined {
  if (options.encoding !== "gzip") {
    return body;
  }
  try {
    return gunzipSync(body, { maxOutputLength: options.maxBytes });
  } catch {
    return undefined;
  }
}
