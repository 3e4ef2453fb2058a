// The table of commands: what `mezzo --help` lists. Each is loaded only when it runs.

/** Runs one command and resolves with its exit code. `args` are those after the command's name. */
export type RunCommand = (args: readonly string[]) => Promise<number>;

export interface Command {
  name: string;
  /** One line for `mezzo --help`. */
  summary: string;
  load(): Promise<RunCommand>;
}

/** Every command, in the order of the help. */
export const commands: readonly Command[] = [
  {
    name: "master",
    summary: "run a master: admits agents, offers their resources to frameworks",
    load: async () => (await import("./commands/master.ts")).runMaster,
  },
  {
    name: "agent",
    summary: "run an agent: offers this machine's resources and runs tasks",
    load: async () => (await import("./commands/agent.ts")).runAgent,
  },
  {
    name: "local",
    summary: "run a master and agents on this machine, each a process of its own",
    load: async () => (await import("./commands/local.ts")).runLocal,
  },
  {
    name: "execute",
    summary: "run one command, task or task group on a cluster and wait for its end",
    load: async () => (await import("./commands/execute.ts")).runExecute,
  },
  {
    name: "explain",
    summary: "tell why a framework is not offered what it waits for, agent by agent",
    load: async () => (await import("./commands/explain.ts")).runExplain,
  },
  {
    name: "plan",
    summary: "tell how many tasks would fit, where, and what would have to be freed",
    load: async () => (await import("./commands/plan.ts")).runPlan,
  },
  {
    name: "registry",
    summary: "copy the registry of a stopped master: a snapshot, its restoration, another storage",
    load: async () => (await import("./commands/registry.ts")).runRegistry,
  },
  {
    name: "version",
    summary: "print the versions of Mezzo and of the Mesos interface it speaks",
    load: async () => (await import("./commands/version.ts")).runVersion,
  },
];
