// Ten thousand agents with a hundred thousand running tasks: registration, memory, reading, and a master that is killed.
import { setTimeout } from "node:timers/promises";
import type { Benchmark } from "../benchmark.ts";
import { type Figure, atMost } from "../figure.ts";
import type { LoadedMaster } from "../machine/with-master.ts";
import { withMaster } from "../machine/with-master.ts";
import { residentMegabytes } from "../machine/process-usage.ts";
import { timedGet } from "../machine/timed-get.ts";
import { median, quantile } from "../quantile.ts";

const AGENTS = 10_000;
const LOAD = { frameworks: 1, tasks: 100_000, tasksPerOffer: 10, keepRunning: true };

const STATE_READS = 7;
const POLLERS = { path: "/state", clients: 3, ms: 6000 };

/** Between two looks at `/health`. */
const HEALTH_INTERVAL_MS = 20;

async function fill({ master, load }: LoadedMaster): Promise<Figure[]> {
  const { ms } = await load.ask("register", { agents: AGENTS });
  const run = await load.ask("tasks", LOAD);
  return [
    { name: "10,000 agents register", value: ms, unit: "ms", target: atMost(2000) },
    { name: "tasks brought to RUNNING", value: LOAD.tasks / run.seconds, unit: "/s" },
    { name: "first offer after SUBSCRIBE", value: run.firstOfferMs, unit: "ms" },
    {
      name: "master resident, 100,000 running tasks",
      value: residentMegabytes(master.pid),
      unit: "MB",
      target: atMost(680),
    },
  ];
}

async function read({ master, load }: LoadedMaster): Promise<Figure[]> {
  const stateMs: number[] = [];
  let bytes = 0;
  for (let count = 0; count < STATE_READS; count++) {
    const answer = await timedGet(master.port, "/state");
    stateMs.push(answer.ms);
    bytes = answer.bytes;
  }
  const healthMs: number[] = [];
  const ended = new AbortController();
  const polled = load.ask("poll", POLLERS).finally(() => ended.abort());
  while (!ended.signal.aborted) {
    healthMs.push((await timedGet(master.port, "/health")).ms);
    await setTimeout(HEALTH_INTERVAL_MS);
  }
  const { latenciesMs } = await polled;
  return [
    { name: "GET /state, p50", value: median(stateMs), unit: "ms", target: atMost(600) },
    { name: "GET /state, size", value: bytes / 1e6, unit: "MB" },
    { name: "GET /state by 3 clients at once, p50", value: median(latenciesMs), unit: "ms" },
    { name: "GET /health meanwhile, p50", value: median(healthMs), unit: "ms" },
    { name: "GET /health meanwhile, p99", value: quantile(healthMs, 0.99), unit: "ms", target: atMost(50) },
    { name: "master resident afterwards", value: residentMegabytes(master.pid), unit: "MB" },
  ];
}

async function restart({ master, load }: LoadedMaster): Promise<Figure[]> {
  const reregistered = load.ask("reregister", {});
  await master.end("SIGKILL");
  master.spawn();
  const { ms, downMs, tasks } = await reregistered;
  if (tasks !== LOAD.tasks) throw new Error(`${tasks} tasks were left after the restart`);
  return [
    { name: "killed master listens again", value: downMs, unit: "ms" },
    { name: "all agents and tasks re-registered", value: ms, unit: "ms", target: atMost(3200) },
  ];
}

export const largeCluster: Benchmark = {
  name: "large-cluster",
  summary: "10,000 agents, 1 framework, 100,000 tasks that stay running",
  run: () =>
    withMaster(async (loaded) => [
      ...(await fill(loaded)),
      ...(await read(loaded)),
      ...(await restart(loaded)),
    ]),
};
