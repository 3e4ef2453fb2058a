// What `npm run sim -- --help` prints.
import { FAULT_MIXES } from "../scenario/fault-mix.ts";

/** The options with their defaults. */
export const HELP = `Simulates a cluster in one process and checks its invariants after every step.

  npm run sim -- --seed N [--masters N] [--agents N] [--frameworks N] [--minutes N] [--faults=MIX] [--trace FILE]
  npm run sim -- --seeds K [--seed N] [--masters N] …

  --seed N        what everything is drawn from; the same seed gives the same trace (default 1)
  --masters N     masters, 1 to 9; of several a simulated store elects one (default 1)
  --agents N      agents, 1 to 60000 (default 1000)
  --frameworks N  frameworks, 1 to 1000 (default 5)
  --minutes N     simulated minutes with work and faults, then the cluster settles (default 5)
  --faults=MIX    ${Object.keys(FAULT_MIXES).join(", ")} (default all)
  --trace FILE    writes every input of every process, one a line
  --seeds K       runs K seeds one after the other, from --seed on; small clusters of varied sizes and
                  faults, but for what is given
  --help          prints this

The last line is the digest of the trace. A broken invariant ends with exit code 1 and the command that repeats it.
`;
