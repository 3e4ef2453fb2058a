// One simulation in full: everything follows from these few numbers.
import type { AgentOptions } from "../../../cluster/src/agent/options.ts";
import type { MasterOptions } from "../../../cluster/src/master/options.ts";
import type { NetworkOptions } from "../network/network.ts";
import type { SchedulerOptions } from "../scheduler/scheduler-options.ts";
import type { FaultMix, FaultMixName } from "./fault-mix.ts";

/** What the command line says; a failed run is repeated with exactly these. */
export interface ScenarioOptions {
  seed: number;
  /** More than one: a coordination service elects one of them. */
  masters: number;
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
  readonly masters: number;
  readonly master: MasterOptions;
  /** Every machine has a wrong, drifting clock. */
  readonly drifts: boolean;
  readonly agents: readonly AgentOptions[];
  readonly schedulers: readonly SchedulerOptions[];
  /** Mean time of a commit to the registry, milliseconds. */
  readonly meanCommitMs: number;
  /** Mean time of a batch of checkpoints, milliseconds. */
  readonly meanWriteMs: number;
}

/** The command that repeats a simulation. */
export function repeatCommand(options: ScenarioOptions): string {
  const { seed, masters, agents, frameworks, minutes, faults } = options;
  return (
    `npm run sim -- --seed ${seed} --masters ${masters} --agents ${agents} --frameworks ${frameworks} ` +
    `--minutes ${minutes} --faults=${faults}`
  );
}
