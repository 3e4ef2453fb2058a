// A real agent that runs `true` as a process group, again and again.
import { setTimeout } from "node:timers/promises";
import type { Benchmark } from "../benchmark.ts";
import { type Figure, atLeast } from "../figure.ts";
import { freePort } from "../machine/free-port.ts";
import { MezzoProcess } from "../machine/mezzo-process.ts";
import { cpuSeconds, residentMegabytes } from "../machine/process-usage.ts";
import { type LoadedMaster, withMaster } from "../machine/with-master.ts";
import { medianFigures } from "./median-figures.ts";

const LOAD = { frameworks: 1, tasks: 200, tasksPerOffer: 80 };
const REPETITIONS = 3;
const POLL_MS = 20;

const FLAGS = [
  "--resources=cpus:8;mem:16384;disk:10000;ports:[31000-31999]",
  "--launcher=posix",
  "--isolation=posix/cpu,posix/mem",
  "--runtime_dir={work_dir}/run",
];

async function runTasks({ load }: LoadedMaster, agent: MezzoProcess): Promise<Figure[]> {
  const before = cpuSeconds(agent.pid);
  const run = await load.ask("tasks", LOAD);
  const after = cpuSeconds(agent.pid);
  const perTaskMs = (seconds: number): number => (seconds * 1000) / LOAD.tasks;
  return [
    { name: "`true` tasks finished", value: LOAD.tasks / run.seconds, unit: "/s", target: atLeast(60) },
    { name: "launch to RUNNING, p50", value: run.launchMs.p50, unit: "ms" },
    { name: "CPU of the agent a task", value: perTaskMs(after.own - before.own), unit: "ms" },
    { name: "CPU of its children a task", value: perTaskMs(after.children - before.children), unit: "ms" },
    { name: "agent resident", value: residentMegabytes(agent.pid), unit: "MB" },
  ];
}

export const realAgent: Benchmark = {
  name: "real-agent",
  summary: "1 agent with the posix launcher, 200 `true` tasks, 80 at a time; median of 3",
  run: () =>
    withMaster(async (loaded) => {
      const flags = [`--master=127.0.0.1:${loaded.master.port}`, ...FLAGS];
      const agent = new MezzoProcess("agent", { port: await freePort(), flags });
      try {
        await agent.start();
        // The first offer is the sign that it has registered: it is not waited for while time is taken.
        await setTimeout(POLL_MS);
        await loaded.load.ask("tasks", { ...LOAD, tasks: 1 });
        return await medianFigures(REPETITIONS, () => runTasks(loaded, agent));
      } finally {
        await agent.remove();
      }
    }),
};
