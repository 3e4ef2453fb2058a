// Everything that loads one master: agents, schedulers, readers.
import { connect } from "node:net";
import { setTimeout } from "node:timers/promises";
import { timedGet } from "../machine/timed-get.ts";
import { quantile } from "../quantile.ts";
import type { LoadCommands, LoadPlace, TaskLoad, TaskRun } from "./commands.ts";
import { SimulatedAgents } from "./simulated-agents.ts";
import { SimulatedScheduler } from "./simulated-scheduler.ts";

/** After this long a load counts as stuck. */
const PATIENCE_MS = 60_000;

/** How often a restarted master is tried. */
const RETRY_MS = 10;

/** Registrations that a master did not answer, because it was still reading its registry, are sent again. */
const REGISTER_AGAIN_MS = 2000;

export class LoadCluster {
  readonly #place: LoadPlace;
  readonly #agents: SimulatedAgents;
  #runs = 0;

  constructor(place: LoadPlace) {
    this.#place = place;
    this.#agents = new SimulatedAgents(place);
  }

  start(): Promise<void> {
    return this.#agents.listen();
  }

  async register(agents: number): Promise<LoadCommands["register"]["answer"]> {
    this.#agents.add(agents);
    const startedAt = performance.now();
    await this.#registerAll();
    return { ms: performance.now() - startedAt };
  }

  async runTasks(load: TaskLoad): Promise<TaskRun> {
    this.#runs += 1;
    const reofferMs: number[] = [];
    this.#agents.keepRunning = load.keepRunning === true;
    const schedulers = this.#createSchedulers(load, (agentId) => {
      const agent = this.#agents.get(agentId);
      if (agent === undefined || agent.endedAtMs === 0) return;
      reofferMs.push(performance.now() - agent.endedAtMs);
      agent.endedAtMs = 0;
    });
    const startedAt = performance.now();
    const finished = Promise.all(schedulers.map((scheduler) => scheduler.finished));
    finished.catch(() => {});
    await Promise.all(schedulers.map((scheduler) => scheduler.subscribe()));
    await Promise.race([finished, this.#patience(schedulers)]);
    const launchMs = schedulers.flatMap((scheduler) => scheduler.launchMs);
    return {
      seconds: (performance.now() - startedAt) / 1000,
      firstOfferMs: Math.min(...schedulers.map(({ firstOfferAtMs }) => firstOfferAtMs)) - startedAt,
      launchMs: { p50: quantile(launchMs, 0.5), p99: quantile(launchMs, 0.99) },
      reofferMs: { p50: quantile(reofferMs, 0.5), p99: quantile(reofferMs, 0.99) },
    };
  }

  async poll({ path, clients, ms }: LoadCommands["poll"]["ask"]): Promise<LoadCommands["poll"]["answer"]> {
    const endsAt = performance.now() + ms;
    const latenciesMs: number[] = [];
    const client = async (): Promise<void> => {
      while (performance.now() < endsAt) {
        const answer = await timedGet(this.#place.masterPort, path);
        if (answer.status !== 200) throw new Error(`${path} was answered with ${answer.status}`);
        latenciesMs.push(answer.ms);
      }
    };
    await Promise.all(Array.from({ length: clients }, client));
    return { latenciesMs };
  }

  async reregister(): Promise<LoadCommands["reregister"]["answer"]> {
    await this.#agents.masterGone();
    const goneAt = performance.now();
    while (!(await this.#isUp())) await setTimeout(RETRY_MS);
    const upAt = performance.now();
    await this.#registerAll();
    return { ms: performance.now() - upAt, downMs: upAt - goneAt, tasks: this.#agents.taskCount };
  }

  #createSchedulers(load: TaskLoad, onOffered: (agentId: string) => void): SimulatedScheduler[] {
    const { frameworks, tasks, tasksPerOffer, keepRunning = false } = load;
    return Array.from({ length: frameworks }, (_, index) => {
      const name = `bench-${this.#runs}-${index}`;
      const share = Math.floor(tasks / frameworks) + (index < tasks % frameworks ? 1 : 0);
      const port = this.#place.masterPort;
      return new SimulatedScheduler({ port, name, tasks: share, tasksPerOffer, keepRunning, onOffered });
    });
  }

  async #registerAll(): Promise<void> {
    this.#agents.register();
    const again = setInterval(() => this.#agents.register(), REGISTER_AGAIN_MS);
    await this.#agents.allRegistered();
    clearInterval(again);
  }

  async #patience(schedulers: readonly SimulatedScheduler[]): Promise<never> {
    await setTimeout(PATIENCE_MS, undefined, { ref: false });
    throw new Error(`The load is stuck. ${schedulers.map(({ progress }) => progress).join("; ")}`);
  }

  #isUp(): Promise<boolean> {
    return new Promise((resolve) => {
      const socket = connect({ host: "127.0.0.1", port: this.#place.masterPort });
      const end = (up: boolean): void => {
        socket.destroy();
        resolve(up);
      };
      socket.once("connect", () => end(true));
      socket.once("error", () => end(false));
    });
  }
}
