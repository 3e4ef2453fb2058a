// Ports of the stories: below those that systems give to outgoing connections, each given out once in a process.
import { createServer } from "node:net";

const FIRST_PORT = 17_000;
const LAST_PORT = 19_999;

/** Runs of the stories side by side begin at different ports: one that was free a moment ago may not be when it is used. */
const PORTS_OF_A_PROCESS = 40;

let next = FIRST_PORT + ((process.pid * PORTS_OF_A_PROCESS) % (LAST_PORT - FIRST_PORT - PORTS_OF_A_PROCESS));

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
  });
}

/** The next port that nobody listens on. Rejects when there is none left. */
export async function takePort(): Promise<number> {
  while (next <= LAST_PORT) {
    const port = next++;
    if (await isFree(port)) return port;
  }
  throw new Error(`Cannot take a port: ${FIRST_PORT} to ${LAST_PORT} are in use`);
}

/** The first of `count` ports in a row that nobody listens on. */
export async function takePorts(count: number): Promise<number> {
  let first = await takePort();
  for (let last = first; last - first + 1 < count;) {
    const port = await takePort();
    if (port !== last + 1) first = port;
    last = port;
  }
  return first;
}

/** Whether nobody listens on a port of 127.0.0.1. */
export const isPortFree = isFree;
