// All masters of a cluster: which of them leads, and what others know of it.
import type { MasterOptions } from "../../../cluster/src/master/options.ts";
import { Election } from "../election/election.ts";
import { MasterHost, type MasterHostDependencies, SESSION_MS } from "./master-host.ts";
import type { MasterRun } from "./master-run.ts";

export interface MastersOptions {
  master: MasterOptions;
  /** One master needs no service: whoever runs leads. */
  count: number;
  drifts: boolean;
}

/** From the first machine on. */
export class Masters {
  readonly hosts: readonly MasterHost[];
  readonly #election: Election;

  constructor(
    { master, count, drifts }: MastersOptions,
    dependencies: Omit<MasterHostDependencies, "name" | "election" | "drifts">,
  ) {
    this.#election = new Election(SESSION_MS, dependencies.clock);
    this.hosts = Array.from({ length: count }, (_, index) => {
      const several = count > 1;
      const name = several ? `master ${index + 1}` : "master";
      const place = several ? { ip: `10.0.0.${index + 1}`, hostname: `master-${index + 1}.example` } : {};
      const random = dependencies.random.fork(`host ${index}`);
      return new MasterHost(
        { ...master, ...place },
        {
          ...dependencies,
          name,
          random,
          drifts,
          election: this.#election,
        },
      );
    });
  }

  get several(): boolean {
    return this.hosts.length > 1;
  }

  /** The master that leads, if it knows. */
  get run(): MasterRun | undefined {
    return this.leadingHost?.run;
  }

  get leadingHost(): MasterHost | undefined {
    const leader = this.#election.leader?.candidate;
    return this.hosts.find((host) => host === leader);
  }

  /** Masters that have led so far. */
  get started(): number {
    return this.hosts.reduce((sum, { started }) => sum + started, 0);
  }

  /** Whom a detector names: one master has an address, whether it runs or not; of several the service knows the leader. */
  get detected(): string | undefined {
    return this.several ? this.leadingHost?.pid : this.hosts[0]?.pid;
  }

  /** Calls back when another of several leads, or none. */
  watch(watcher: (pid: string | undefined) => void): void {
    if (this.several) this.#election.watch(watcher);
  }

  start(): void {
    for (const host of this.hosts) host.start();
  }

  /** Kills the leader. */
  crash(): MasterHost | undefined {
    const host = this.leadingHost;
    host?.crash({ leaves: !this.several });
    return host;
  }
}
