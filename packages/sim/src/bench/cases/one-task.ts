// One task after the other: how long a cluster with nothing to do takes for a whole round.
import type { Benchmark } from "../benchmark.ts";
import { atLeast } from "../figure.ts";
import { withMaster } from "../machine/with-master.ts";

const LOAD = { frameworks: 1, tasks: 2000, tasksPerOffer: 1 };

export const oneTask: Benchmark = {
  name: "one-task",
  summary: "1 agent, 1 framework, one task on each offer",
  run: () =>
    withMaster(async ({ load }) => {
      await load.ask("register", { agents: 1 });
      const run = await load.ask("tasks", LOAD);
      return [
        { name: "tasks finished", value: LOAD.tasks / run.seconds, unit: "/s", target: atLeast(100) },
        { name: "launch to RUNNING, p50", value: run.launchMs.p50, unit: "ms" },
        { name: "released to offered again, p50", value: run.reofferMs.p50, unit: "ms" },
      ];
    }),
};
