// Finds out before anything starts whether a port can be listened on.
import { createServer } from "node:net";

/** Rejects with what to do when somebody listens on a port of 127.0.0.1 already. */
export function assertPortIsFree(port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", (cause) => {
      const why = "code" in cause && cause.code === "EADDRINUSE" ? "it is already in use" : cause.message;
      const advice = `Stop the process that has it, or choose another one with --port.`;
      reject(new Error(`Cannot start a cluster on port ${port}: ${why}. ${advice}`, { cause }));
    });
    server.listen(port, "127.0.0.1", () => server.close(() => resolve()));
  });
}
