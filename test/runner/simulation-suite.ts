// Runs the simulator over many seeds: a broken invariant names the command that repeats it.
import { join } from "node:path";
import { root, runCommand, type Suite } from "./suite.ts";

/** Enough seeds to meet every fault in every phase, few enough for a run of some minutes. */
const SEEDS = 200;

export const simulationSuite: Suite = {
  name: "simulation",
  about: `${SEEDS} seeds of a faulty cluster, every invariant after every step`,
  run: async () => {
    const main = join(root, "packages/sim/src/main.ts");
    const { exitCode, output } = await runCommand([process.execPath, main, "--seeds", String(SEEDS)]);
    const passed = Number(/^(\d+) seeds? passed/m.exec(output)?.[1] ?? 0);
    const failed = SEEDS - passed;
    return { passed, failed: exitCode !== 0 && failed === 0 ? 1 : failed, skipped: 0 };
  },
};
