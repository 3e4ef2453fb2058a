// A GET on a connection of its own, as a monitoring tool makes it.
import { get } from "node:http";

export interface TimedAnswer {
  status: number;
  /** From before the connection is made to the last byte. */
  ms: number;
  bytes: number;
}

/** Rejects when the server cannot be reached or breaks off. */
export function timedGet(port: number, path: string): Promise<TimedAnswer> {
  return new Promise((resolve, reject) => {
    const startedAt = performance.now();
    const request = get({ host: "127.0.0.1", port, path, agent: false }, (response) => {
      let bytes = 0;
      response.on("data", (chunk: Buffer) => (bytes += chunk.length));
      response.on("error", reject);
      response.on("end", () =>
        resolve({ status: response.statusCode ?? 0, ms: performance.now() - startedAt, bytes }),
      );
    });
    request.on("error", reject);
  });
}
