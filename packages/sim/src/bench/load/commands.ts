// What the load process can be asked to do, and what it answers.

export interface LoadPlace {
  masterPort: number;
  /** Where the simulated agents listen. */
  agentPort: number;
}

export interface TaskLoad {
  frameworks: number;
  /** Of all frameworks together. */
  tasks: number;
  /** Launched on one offer, at most. */
  tasksPerOffer: number;
  /** Tasks stay RUNNING instead of finishing. */
  keepRunning?: boolean;
}

/** Times in milliseconds. */
export interface TaskRun {
  seconds: number;
  firstOfferMs: number;
  /** From the offer to RUNNING. */
  launchMs: { p50: number; p99: number };
  /** From the end of an agent's last task to the next offer of the agent. */
  reofferMs: { p50: number; p99: number };
}

export interface LoadCommands {
  /** Registers simulated agents. */
  register: { ask: { agents: number }; answer: { ms: number } };
  /** Subscribes frameworks and runs tasks to their ends. */
  tasks: { ask: TaskLoad; answer: TaskRun };
  /** Clients that ask for a document again and again. */
  poll: { ask: { path: string; clients: number; ms: number }; answer: { latenciesMs: number[] } };
  /** Waits for the master to break off, then re-registers every agent with its tasks; time from the break. */
  reregister: { ask: object; answer: { ms: number; downMs: number; tasks: number } };
}

export type LoadCommandName = keyof LoadCommands;

/** A request to the load process. */
export type LoadRequest = {
  [N in LoadCommandName]: { number: number; name: N; ask: LoadCommands[N]["ask"] };
}[LoadCommandName];

/** Its answer; `error` when it could not be done. */
export interface LoadReply {
  number: number;
  answer?: unknown;
  error?: string;
}
