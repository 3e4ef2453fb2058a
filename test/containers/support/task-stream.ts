// Short tasks of all kinds without pause, and every terminal status that was told about them.
import { Scheduler, isEnded } from "@mezzo/sdk";
import type { OfferOperation, TaskState } from "@mezzo/wire";
import { until } from "../../stories/support/until.ts";
import { TASK_KINDS } from "./task-kinds.ts";

export class TaskStream {
  /** How many status updates have come, repeated ones not counted. */
  statuses = 0;
  launched = 0;
  /** The terminal statuses of each task, state by uuid: an empty one where the master says it of a launch that came too late. */
  readonly ends: Map<string, Map<string, string>> = new Map();
  /** What was told about each task, for whoever asks what went wrong. */
  readonly told: Map<string, string[]> = new Map();
  /** How the first tasks, some of each kind, end when nobody kills anything. */
  readonly firstRound: Map<string, TaskState> = new Map();
  readonly #parallel: number;
  readonly #scheduler: Scheduler;
  readonly #seen = new Set<string>();
  readonly #running: Promise<void>;
  #paused = false;
  readonly #ids = new Set<string>();
  #nextKind = 0;

  constructor(master: string, { parallel }: { parallel: number }) {
    this.#parallel = parallel;
    this.#scheduler = new Scheduler({
      master,
      framework: { user: "root", name: "stream", checkpoint: true, failover_timeout: 3600 },
    });
    this.#scheduler.on("OFFERS", ({ offers = [] }) => {
      for (const { id, agent_id } of offers) void this.#use(id, agent_id);
    });
    this.#scheduler.on("UPDATE", ({ status: { task_id, state, uuid = "", ...more } }) => {
      const { source = "", reason = "", message = "" } = more;
      const line = `${new Date().toISOString()} ${state} ${uuid} ${source} ${reason} ${message}`;
      this.told.set(task_id.value, [...(this.told.get(task_id.value) ?? []), line]);
      if (this.#seen.has(uuid)) return;
      if (uuid !== "") this.#seen.add(uuid);
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
    const framework_id = this.#scheduler.frameworkId;
    if (framework_id === undefined) return;
    const operations: OfferOperation[] = [];
    const goal = this.launched + room;
    while (this.launched < goal) {
      const make = TASK_KINDS[this.#nextKind++ % TASK_KINDS.length] as (typeof TASK_KINDS)[number];
      const { operation, ends } = make({ number: this.launched, agent_id, framework_id });
      this.launched += ends.size;
      for (const id of ends.keys()) this.#ids.add(id);
      if (this.#nextKind <= TASK_KINDS.length) for (const [id, end] of ends) this.firstRound.set(id, end);
      operations.push(operation);
    }
    await this.#scheduler.accept([offer], operations);
  }

  /** Resolves when the first tasks of each kind have ended. */
  async firstRoundEnds(): Promise<void> {
    await until("tasks of all kinds are launched", () => this.#nextKind >= TASK_KINDS.length);
    await until("they have ended", () => [...this.firstRound.keys()].every((id) => this.ends.has(id)));
  }

  /** The tasks that have not ended. */
  get open(): string[] {
    return [...this.#ids].filter((id) => !this.ends.has(id));
  }

  /** No new tasks; resolves when all have ended. */
  async drain(): Promise<void> {
    this.#paused = true;
    await until("every task has ended", () => this.open.length === 0, { patienceMs: 90_000 });
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
