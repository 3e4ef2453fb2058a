// Which faults a simulation meets, and how often.

/** Rates are per minute of simulated time in the whole cluster, probabilities per event. */
export interface FaultMix {
  /** Connections between master and agents that break. */
  brokenLinks: number;
  /** Agents cut off from the master for a while. */
  partitions: number;
  /** `kill -9` of an agent's process. */
  agentCrashes: number;
  /** Machines that stop and start again, with nothing running. */
  reboots: number;
  /** `kill -9` of the master. */
  masterCrashes: number;
  /** Probability that the master dies between a write and what follows from it. */
  crashAfterPersist: number;
  /** SIGSTOP of one of several masters, and SIGCONT later. */
  masterPauses: number;
  /** Leaders of several cut off from the store and the coordination service for a while. */
  storeCuts: number;
  /** Leaders of several cut off from all agents for a while. */
  masterPartitions: number;
  /** Clocks are wrong and drift. */
  drifts: boolean;
  /** Event streams that break. */
  brokenStreams: number;
  /** Schedulers replaced by another process while they are connected. */
  failovers: number;
  /** Schedulers that are down for a while. */
  schedulerStops: number;
  /** Frameworks ended by themselves or by an operator. */
  teardowns: number;
  /** Agents that an operator declares gone. */
  goneAgents: number;
  /** Weights, quota, reservations, volumes, maintenance, drains, deactivations, two at once; taken back after a while. */
  operatorActions: number;
  /** Probability that a call of a scheduler, or its answer, is lost. */
  lostCalls: number;
  /** Probability that a message between master and agent takes much longer. */
  slowMessages: number;
  /** Probability that a message that may be repeated is. */
  duplicates: number;
  /** Probability that an executor crashes some time. */
  executorCrashes: number;
  /** Probability that a command cannot be started. */
  brokenCommands: number;
  /** Probability that a scheduler forgets an acknowledgement. */
  forgottenAcknowledgements: number;
}

const NONE: FaultMix = {
  brokenLinks: 0,
  partitions: 0,
  agentCrashes: 0,
  reboots: 0,
  masterCrashes: 0,
  crashAfterPersist: 0,
  masterPauses: 0,
  storeCuts: 0,
  masterPartitions: 0,
  drifts: false,
  brokenStreams: 0,
  failovers: 0,
  schedulerStops: 0,
  teardowns: 0,
  goneAgents: 0,
  operatorActions: 0,
  lostCalls: 0,
  slowMessages: 0,
  duplicates: 0,
  executorCrashes: 0,
  brokenCommands: 0,
  forgottenAcknowledgements: 0,
};

const NETWORK: Partial<FaultMix> = {
  brokenLinks: 6,
  partitions: 1.5,
  lostCalls: 0.01,
  slowMessages: 0.01,
  duplicates: 0.05,
};

const AGENTS: Partial<FaultMix> = {
  agentCrashes: 4,
  reboots: 0.3,
  executorCrashes: 0.1,
  brokenCommands: 0.05,
};

const MASTERS: Partial<FaultMix> = {
  masterCrashes: 0.5,
  crashAfterPersist: 0.02,
  masterPauses: 0.4,
  storeCuts: 0.4,
  masterPartitions: 0.2,
  drifts: true,
};

const SCHEDULERS: Partial<FaultMix> = {
  brokenStreams: 2,
  failovers: 1,
  schedulerStops: 0.5,
  forgottenAcknowledgements: 0.05,
};

const OPERATORS: Partial<FaultMix> = { teardowns: 0.3, goneAgents: 0.3, operatorActions: 3 };

/** The mixes by name. */
export const FAULT_MIXES = {
  none: NONE,
  network: { ...NONE, ...NETWORK },
  agents: { ...NONE, ...AGENTS },
  master: { ...NONE, ...MASTERS },
  schedulers: { ...NONE, ...SCHEDULERS },
  operators: { ...NONE, ...OPERATORS },
  all: { ...NONE, ...NETWORK, ...AGENTS, ...MASTERS, ...SCHEDULERS, ...OPERATORS },
} as const satisfies Record<string, FaultMix>;

export type FaultMixName = keyof typeof FAULT_MIXES;

/** Narrows a text to the name of a mix. */
export function isFaultMixName(text: string): text is FaultMixName {
  return Object.hasOwn(FAULT_MIXES, text);
}
