// Short tasks without pause, and every terminal status that was told about them.
import { Scheduler, isEnded } from "@mezzo/sdk";
import { scalars } from "../../stories/support/framework.ts";
import { until } from "../../stories/support/until.ts";

export class TaskStream {
  /** How many status updates have come, repeated ones not counted. */
  statuses = 0;
  launched = 0;
  /** The terminal statuses of each task, state by uuid. */
  readonly ends: Map<string, Map<string, string>> = new Map();
  readonly #parallel: number;
  readonly #scheduler: Scheduler;
  readonly #seen = new Set<string>();
  readonly #running: Promise<void>;
  #paused = false;

  constructor(master: string, { parallel }: { parallel: number }) {
    this.#parallel = parallel;
    this.#scheduler = new Scheduler({
      master,
      framework: { user: "root", name: "stream", checkpoint: true, failover_timeout: 3600 },
    });
    this.#scheduler.on("OFFERS", ({ offers = [] }) => {
      for (const { id, agent_id } of offers) void this.#use(id, agent_id);
    });
    this.#scheduler.on("UPDATE", ({ status: { task_id, state, uuid = "" } }) => {
      if (uuid === "" || this.#seen.has(uuid)) return;
      this.#seen.add(uuid);
      this.statuses++;
      if (!isEnded(state)) return;
      const ends = this.ends.get(task_id.value) ?? new Map<string, string>();
      this.ends.set(task_id.value, ends.set(uuid, state));
    });
    this.#running = this.#scheduler.run();
  }

  async #use(offer: { value: string }, agent_id: { value: string }): Promise<void> {
    const room = this.#paused ? 0 : this.#parallel - (this.launched - this.ends.size);
    if (room <= 0) {
      await this.#scheduler.decline([offer], { refuse_seconds: 0.1 });
      return;
    }
    const tasks = Array.from({ length: room }, () => {
      const id = `task-${this.launched++}`;
      // Some end at once, some are there to be killed; a child of its own must go with it.
      const value = `sleep 30 & sleep 0.${this.launched % 10}`;
      return {
        name: id,
        task_id: { value: id },
        agent_id,
        resources: scalars({ cpus: 0.1, mem: 32 }),
        command: { value },
      };
    });
    await this.#scheduler.launch([offer], tasks);
  }

  /** No new tasks; resolves when all have ended. */
  async drain(): Promise<void> {
    this.#paused = true;
    await until("every task has ended", () => this.ends.size === this.launched, { patienceMs: 90_000 });
  }

  /** How many ended in which state. */
  summary(): string {
    const counts = new Map<string, number>();
    for (const ends of this.ends.values())
      for (const state of ends.values()) counts.set(state, (counts.get(state) ?? 0) + 1);
    return [...counts].map(([state, count]) => `${count} ${state}`).join(", ");
  }

  async close(): Promise<void> {
    this.#scheduler.stop();
    await this.#running;
  }
}
