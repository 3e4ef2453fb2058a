// A whole cluster on one machine: a master and agents, each a process of its own.
import { mkdir } from "node:fs/promises";
import { userInfo } from "node:os";
import { join } from "node:path";
import type { Clock } from "../core/clock.ts";
import { assertPortIsFree } from "./assert-port-is-free.ts";
import { LocalProcess } from "./local-process.ts";
import { waitUntil } from "./wait-until.ts";

/** A process of this machine starts in well under this; a slower one has failed. */
const START_PATIENCE_MS = 30_000;

export interface LocalClusterOptions {
  agents: number;
  /** The master's port; agents take the ports after it. */
  port: number;
  /** Holds everything that the processes keep. */
  workDir: string;
  /** What each agent offers, as `--resources` takes it. */
  agentResources: string;
  /** Further flags of the master, such as `--weights=a=2`. */
  masterFlags: readonly string[];
}

interface AgentsAnswer {
  slaves: { active: boolean }[];
}

export class LocalCluster {
  readonly address: string;
  readonly #options: LocalClusterOptions;
  readonly #clock: Clock;
  readonly #processes: LocalProcess[] = [];
  #isStopping = false;

  constructor(options: LocalClusterOptions, { clock }: { clock: Clock }) {
    this.#options = options;
    this.#clock = clock;
    this.address = `127.0.0.1:${options.port}`;
  }

  /** Starts the master, then the agents; resolves when all of them are registered. Rejects with what went wrong. */
  async start(): Promise<void> {
    const { port, agents, masterFlags, agentResources } = this.#options;
    // Asked first, for whoever has the port could answer like a master.
    for (let each = port; each <= port + agents; each++) await assertPortIsFree(each);
    const place = ["--ip=127.0.0.1", "--hostname=localhost"];
    await this.#add("master", ["master", ...place, `--port=${port}`, ...masterFlags]);
    await this.#until("the master answers", async () => (await fetch(`http://${this.address}/health`)).ok);
    for (let number = 1; number <= agents; number++) {
      const command = ["agent", `--master=${this.address}`, ...place, `--port=${port + number}`];
      command.push(`--resources=${agentResources}`);
      command.push(`--runtime_dir=${join(this.#options.workDir, `run-${number}`)}`);
      // Three agents are no crowd: they need not spread their registrations over a second.
      command.push("--registration_backoff_factor=20ms");
      // Without root no agent can run tasks as the users they name; here all are the one who started the cluster.
      if (userInfo().uid !== 0) command.push("--no-switch_user");
      await this.#add(`agent ${number}`, command);
    }
    await this.#until("all agents have registered", async () => {
      const answer = (await (await fetch(`http://${this.address}/slaves`)).json()) as AgentsAnswer;
      return answer.slaves.filter(({ active }) => active).length >= agents;
    });
  }

  /** Calls back for each process that ends without having been told to. */
  onUnexpectedEnd(tell: (child: LocalProcess) => void): void {
    for (const child of this.#processes) {
      void child.ended.then(() => this.#isStopping || tell(child));
    }
  }

  /** Ends the agents with their tasks, then the master; resolves when no process is left. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    const [master, ...agents] = this.#processes;
    await Promise.all(agents.map((agent) => agent.stop(this.#clock)));
    await master?.stop(this.#clock);
  }

  /** Ends everything at once. */
  kill(): void {
    for (const child of this.#processes) child.kill();
  }

  async #add(name: string, command: string[]): Promise<void> {
    const folder = join(this.#options.workDir, name.replaceAll(" ", "-"));
    await mkdir(folder, { recursive: true });
    // What starts now would never be told to end.
    if (this.#isStopping) throw new Error(`Cannot start the ${name}: the cluster is stopping`);
    this.#processes.push(
      new LocalProcess({
        name,
        command: [...command, `--work_dir=${folder}`, `--external_log_file=${folder}.log`],
        logFile: `${folder}.log`,
        // An agent that gets SIGUSR1 unregisters and takes its tasks with it.
        stopSignal: name === "master" ? "SIGTERM" : "SIGUSR1",
      }),
    );
  }

  async #until(what: string, condition: () => Promise<boolean>): Promise<void> {
    await waitUntil(what, {
      clock: this.#clock,
      timeoutMs: START_PATIENCE_MS,
      condition: async () => {
        const broken = this.#processes.find(({ running }) => !running);
        if (broken) throw new Error(`Cannot start the ${broken.name}:\n${broken.logTail()}`);
        return condition().catch(() => false);
      },
    });
  }
}
