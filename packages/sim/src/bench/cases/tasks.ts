// Short tasks on a thousand agents: what the master manages when it has nothing but work.
import type { Benchmark } from "../benchmark.ts";
import { type Figure, atLeast, atMost } from "../figure.ts";
import { cpuSeconds, residentMegabytes } from "../machine/process-usage.ts";
import { withMaster } from "../machine/with-master.ts";
import { medianFigures } from "./median-figures.ts";

const LOAD = { frameworks: 5, tasks: 20_000, tasksPerOffer: 10 };
const AGENTS = 1000;
const REPETITIONS = 3;

async function runOnce(): Promise<Figure[]> {
  return withMaster(async ({ master, load }) => {
    await load.ask("register", { agents: AGENTS });
    const before = cpuSeconds(master.pid).own;
    const run = await load.ask("tasks", LOAD);
    const cpuMs = ((cpuSeconds(master.pid).own - before) * 1000) / LOAD.tasks;
    return [
      { name: "tasks finished", value: LOAD.tasks / run.seconds, unit: "/s", target: atLeast(4500) },
      { name: "launch to RUNNING, p50", value: run.launchMs.p50, unit: "ms" },
      { name: "launch to RUNNING, p99", value: run.launchMs.p99, unit: "ms", target: atMost(1000) },
      { name: "released to offered again, p50", value: run.reofferMs.p50, unit: "ms", target: atMost(50) },
      { name: "released to offered again, p99", value: run.reofferMs.p99, unit: "ms" },
      { name: "CPU of the master a task", value: cpuMs, unit: "ms" },
      { name: "master resident", value: residentMegabytes(master.pid), unit: "MB" },
    ];
  });
}

export const tasks: Benchmark = {
  name: "tasks",
  summary: "1,000 agents, 5 frameworks, 20,000 tasks; median of 3",
  run: () => medianFigures(REPETITIONS, runOnce),
};
