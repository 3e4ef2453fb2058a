// What happens to containers that listen on ports which they do not have.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Resource, ValueRange } from "@mezzo/wire";
import { type Logger, silentLogger } from "../../../core/logger.ts";
import { ManualClock } from "../../../net/testing/manual-clock.ts";
import type { ExecutorState } from "../../state.ts";
import { parseSockets } from "./listening-ports.ts";
import { PortWatch } from "./port-watch.ts";

const INTERVAL_MS = 1000;

const ports = (...range: ValueRange[]): Resource => ({ name: "ports", type: "RANGES", ranges: { range } });

/** Only what the watch looks at. */
const executor = {
  containerId: "c",
  info: { executor_id: { value: "e" }, resources: [ports({ begin: 8080, end: 8081 })] },
  queuedTasks: new Map(),
  launchedTasks: new Map([["t", { resources: [ports({ begin: 9000, end: 9000 })] }]]),
} as unknown as ExecutorState;

/** What is said, and what is ended, when the processes of the container listen on these ports. */
async function rounds(
  listened: number[][],
  options: { enforce?: boolean; isolated?: ValueRange[] } = {},
): Promise<{ said: string[]; limited: unknown[] }> {
  const clock = new ManualClock();
  const said: string[] = [];
  const limited: unknown[] = [];
  let current: number[] = [];
  const logger: Logger = { ...silentLogger, warn: (message) => void said.push(message) };
  const watch = new PortWatch(
    { intervalMs: INTERVAL_MS, enforce: false, ...options },
    {
      clock,
      logger,
      executors: () => [executor],
      processesOf: () => [{ containerId: "c", processes: [1, 2] }],
      sockets: () => Promise.resolve(new Map()),
      portsOfProcess: (pid) => Promise.resolve(pid === 1 ? current : []),
      limit: (_, limitation) => limited.push(limitation),
    },
  );
  watch.start();
  for (const now of listened) {
    current = now;
    clock.advance(INTERVAL_MS);
    await new Promise((resolve) => setImmediate(resolve));
  }
  watch.close();
  return { said, limited };
}

void test("PortWatch lets be who listens on the ports of its executor and tasks", async () => {
  assert.deepEqual(await rounds([[8080, 8081, 9000]], { enforce: true }), { said: [], limited: [] });
});

void test("PortWatch ends who listens on others, if it may", async () => {
  const message = "Container c is listening on unallocated port(s): [80-81, 9001-9001]";
  const limited = [ports({ begin: 80, end: 81 }, { begin: 9001, end: 9001 })];
  assert.deepEqual(await rounds([[81, 9000, 80, 9001]], { enforce: true }), {
    said: [message],
    limited: [{ reason: "REASON_CONTAINER_LIMITATION", message, limited }],
  });
});

void test("PortWatch says once what it must not end, and looks at some ports only", async () => {
  assert.deepEqual(await rounds([[80], [80], [], [80]]), {
    said: Array.from({ length: 2 }, () => "Container c is listening on unallocated port(s): [80-80]"),
    limited: [],
  });
  const { said } = await rounds([[80, 31_000]], { isolated: [{ begin: 31_000, end: 32_000 }] });
  assert.deepEqual(said, ["Container c is listening on unallocated port(s): [31000-31000]"]);
});

void test("parseSockets() finds those that listen", () => {
  const text = [
    "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode",
    "   0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 31337 1 0 100 0 0 10 0",
    "   1: 0100007F:1F91 0100007F:C350 01 00000000:00000000 00:00000000 00000000     0        0 31338 1 0 100 0 0 10 0",
    "   2: 00000000000000000000000000000000:0050 00000000000000000000000000000000:0000 0A 0:0 00:0 0     0        0 7 1",
    "",
  ].join("\n");
  assert.deepEqual(parseSockets(text), [
    ["31337", 8080],
    ["7", 80],
  ]);
});
