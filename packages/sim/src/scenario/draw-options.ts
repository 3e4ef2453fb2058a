// The size and the faults of a cluster when many seeds are run: small, and different for every seed.
import { SeededRandom } from "../time/seeded-random.ts";
import { FAULT_MIXES, type FaultMixName, isFaultMixName } from "./fault-mix.ts";
import type { ScenarioOptions } from "./scenario.ts";

const MAX_AGENTS = 40;
const MAX_FRAMEWORKS = 6;
const MAX_MINUTES = 6;

/** What a seed stands for in a run of many. */
export function drawOptions(seed: number): ScenarioOptions {
  const random = new SeededRandom(`${seed}/options`);
  const mixes: FaultMixName[] = Object.keys(FAULT_MIXES).filter(isFaultMixName);
  return {
    seed,
    masters: random.chance(0.4) ? 3 : 1,
    // Most clusters are small: faults meet each other there.
    agents: Math.ceil(random.next() * random.next() * MAX_AGENTS),
    frameworks: random.integer(1, MAX_FRAMEWORKS),
    minutes: random.integer(1, MAX_MINUTES),
    faults: random.chance(0.5) ? "all" : random.pick(mixes),
  };
}
