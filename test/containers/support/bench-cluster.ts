// A real master with two real agents, one for each launcher, that run one command after the other over the v1 scheduler API.
import { readFileSync } from "node:fs";
import { Scheduler, isEnded } from "@mezzo/sdk";
import type { ContainerInfo, OfferID, TaskInfo, TaskStatus } from "@mezzo/wire";
import { type Server, startAgent, startMaster } from "../../stories/support/cluster.ts";
import { scalars } from "../../stories/support/framework.ts";
import { Story } from "../../stories/support/story.ts";
import { removeCgroups } from "./machine.ts";

const RESOURCES = "--resources=cpus:16;mem:8192;disk:1024";

export interface BenchClusterOptions {
  /** Of `app:1`, as `docker save` writes it. */
  archives: string;
  isolation: string;
  cgroupsRoot: string;
}

type Agents = Readonly<Record<"posix" | "linux", Server & { id: string }>>;

export class BenchCluster {
  readonly #scheduler: Scheduler;
  readonly #running: Promise<void>;
  readonly #agents: Agents;
  readonly #cleanups: readonly (() => Promise<void>)[];
  readonly #cgroupsRoot: string;
  /** Offers that wait for a task, by agent. */
  readonly #offers = new Map<string, OfferID[]>();
  /** Tasks that wait for an offer, by agent. */
  readonly #waiting = new Map<string, TaskInfo[]>();
  readonly #launchedAt = new Map<string, number>();
  readonly #ends = new Map<string, PromiseWithResolvers<number>>();

  private constructor(of: {
    master: Server;
    agents: Agents;
    cleanups: (() => Promise<void>)[];
    cgroupsRoot: string;
  }) {
    this.#agents = of.agents;
    this.#cleanups = of.cleanups;
    this.#cgroupsRoot = of.cgroupsRoot;
    this.#scheduler = new Scheduler({
      master: of.master.address,
      framework: { user: "root", name: "bench", checkpoint: true },
    });
    this.#scheduler.on("OFFERS", ({ offers = [] }) => {
      for (const { id, agent_id } of offers) {
        this.#offers.set(agent_id.value, [...(this.#offers.get(agent_id.value) ?? []), id]);
        void this.#launch(agent_id.value);
      }
    });
    this.#scheduler.on("RESCIND", ({ offer_id }) => {
      for (const [agent, offers] of this.#offers) {
        this.#offers.set(
          agent,
          offers.filter(({ value }) => value !== offer_id.value),
        );
      }
    });
    this.#scheduler.on("UPDATE", ({ status }) => this.#ended(status));
    this.#running = this.#scheduler.run();
  }

  static async start({ archives, isolation, cgroupsRoot }: BenchClusterOptions): Promise<BenchCluster> {
    const cleanups: (() => Promise<void>)[] = [];
    const story = new Story({ after: (done) => void cleanups.push(done) });
    const master = await startMaster(story);
    const images = ["--image_providers=docker", `--docker_registry=${archives}`];
    const linux = ["--launcher=linux", `--isolation=${isolation}`, `--cgroups_root=${cgroupsRoot}`];
    const store = `--docker_store_dir=${story.folder}/store`;
    const agents = {
      posix: await startAgent(story, master, { name: "posix", flags: [RESOURCES, "--launcher=posix"] }),
      linux: await startAgent(story, master, {
        name: "linux",
        flags: [RESOURCES, ...linux, ...images, store],
      }),
    };
    return new BenchCluster({ master, agents, cleanups, cgroupsRoot });
  }

  /** Runs `true` and resolves with the milliseconds from its launch to the word that it has ended. */
  async runTrue(id: string, launcher: "posix" | "linux", container?: ContainerInfo): Promise<number> {
    const agentId = this.#agents[launcher].id;
    const end = Promise.withResolvers<number>();
    this.#waiting.set(agentId, [
      ...(this.#waiting.get(agentId) ?? []),
      {
        name: id,
        task_id: { value: id },
        agent_id: { value: agentId },
        resources: scalars({ cpus: 0.1, mem: 32 }),
        command: { value: "true" },
        ...(container && { container }),
      },
    ]);
    this.#ends.set(id, end);
    await this.#launch(agentId);
    return end.promise;
  }

  /** Gives all the tasks that wait all the offers that there are. */
  async #launch(agentId: string): Promise<void> {
    const offers = this.#offers.get(agentId) ?? [];
    const tasks = this.#waiting.get(agentId) ?? [];
    if (offers.length === 0 || tasks.length === 0) return;
    this.#offers.delete(agentId);
    this.#waiting.delete(agentId);
    for (const { name } of tasks) this.#launchedAt.set(name, performance.now());
    // What is left of the offer is for the next ones.
    await this.#scheduler.launch(offers, tasks, { refuse_seconds: 0 });
  }

  #ended({ task_id, state, message }: TaskStatus): void {
    const { value: id } = task_id;
    const startedAt = this.#launchedAt.get(id);
    if (!isEnded(state) || startedAt === undefined) return;
    this.#launchedAt.delete(id);
    const end = this.#ends.get(id);
    if (state === "TASK_FINISHED") end?.resolve(performance.now() - startedAt);
    else end?.reject(new Error(`Cannot measure ${id}, which is ${state}: ${message}`));
    this.#ends.delete(id);
  }

  /** Of an agent's process. */
  residentMegabytes(launcher: "posix" | "linux"): number {
    const status = readFileSync(`/proc/${this.#agents[launcher].child.pid}/status`, "utf8");
    return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) / 1024;
  }

  async close(): Promise<void> {
    await this.#scheduler.teardown();
    await this.#running;
    for (const done of this.#cleanups) await done();
    removeCgroups(this.#cgroupsRoot);
  }
}
