// One simulation in full: everything follows from these few numbers.
import type { AgentOptions } from "../../../cluster/src/agent/options.ts";
import type { MasterOptions } from "../../../cluster/src/master/options.ts";
import type { NetworkOptions } from "../network/network.ts";
import type { SchedulerOptions } from "../scheduler/scheduler-options.ts";
import type { FaultMix, FaultMixName } from "./fault-mix.ts";

/** What the command line says; a failed run is repeated with exactly these. */
export interface ScenarioOptions {
  seed: number;
  agents: number;
  frameworks: number;
  /** Simulated time with faults and new work; the time to settle comes after it. */
  minutes: number;
  faults: FaultMixName;
}

export interface Scenario {
  readonly options: ScenarioOptions;
  readonly faults: FaultMix;
  readonly network: NetworkOptions;
  readonly master: MasterOptions;
  readonly agents: readonly AgentOptions[];
  readonly schedulers: readonly SchedulerOptions[];
  /** Mean time of a commit to the registry, milliseconds. */
  readonly meanCommitMs: number;
  /** Mean time of a batch of checkpoints, milliseconds. */
  readonly meanWriteMs: number;
}

/** The command that repeats a simulation. */
export function repeatCommand({ seed, agents, frameworks, minutes, faults }: ScenarioOptions): string {
  return (
    `npm run sim -- --seed ${seed} --agents ${agents} --frameworks ${frameworks} ` +
    `--minutes ${minutes} --faults=${faults}`
  );
}
