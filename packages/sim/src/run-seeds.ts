// Runs simulations and says what came of them.
import { createHash } from "node:crypto";
import { describeResult, describeScenario, describeViolation } from "./report.ts";
import { createScenario } from "./scenario/create-scenario.ts";
import { drawOptions } from "./scenario/draw-options.ts";
import type { ScenarioOptions } from "./scenario/scenario.ts";
import { Simulation } from "./simulation.ts";
import { InvariantViolation } from "./trace/violation.ts";

export interface RunOutput {
  /** Takes a line of the result. */
  print: (line: string) => void;
  /** Takes a line that the next one replaces. */
  progress: (line: string) => void;
}

/** Runs one scenario; returns its digest, or undefined when an invariant is broken. */
function runScenario(
  options: ScenarioOptions,
  { print, progress, sink }: RunOutput & { sink?: (line: string) => void },
): { digest: string; simulation: Simulation } | undefined {
  const simulation = new Simulation(createScenario(options), {
    ...(sink !== undefined && { sink }),
    progress: (elapsedMs) =>
      progress(
        `seed ${options.seed}: ${Math.round(elapsedMs / 1000)} s simulated, ${simulation.events} events`,
      ),
  });
  try {
    return { digest: simulation.run(), simulation };
  } catch (error) {
    if (!(error instanceof InvariantViolation)) throw error;
    print(describeViolation(simulation, error));
    return undefined;
  }
}

/** Runs one seed; true when every invariant held. */
export function runSeed(
  options: ScenarioOptions,
  output: RunOutput & { sink?: (line: string) => void },
): boolean {
  output.print(describeScenario(options));
  const result = runScenario(options, output);
  if (result === undefined) return false;
  output.print(describeResult(result.simulation));
  output.print(`digest ${result.digest}`);
  return true;
}

/** Runs `count` seeds from `firstSeed` on, up to the first that breaks an invariant; true when none did. */
export function runSeeds(
  { firstSeed, count, fixed = {} }: { firstSeed: number; count: number; fixed?: Partial<ScenarioOptions> },
  output: RunOutput,
): boolean {
  const hash = createHash("sha256");
  for (let passed = 0; passed < count; passed++) {
    const options = { ...drawOptions(firstSeed + passed), ...fixed };
    output.progress(`${passed} of ${count} seeds; ${describeScenario(options)}`);
    const result = runScenario(options, { print: output.print, progress: () => {} });
    if (result === undefined) {
      output.print(`${passed} ${passed === 1 ? "seed" : "seeds"} passed`);
      return false;
    }
    hash.update(result.digest);
  }
  output.print(`${count} ${count === 1 ? "seed" : "seeds"} passed`);
  output.print(`digest ${hash.digest("hex")}`);
  return true;
}
