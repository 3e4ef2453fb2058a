// A framework that runs short tasks without pause and remembers everything that it hears of them.
import assert from "node:assert/strict";
import { Scheduler, isEnded } from "@mezzo/sdk";
import type { Offer, TaskStatus } from "@mezzo/wire";

/** Tasks that run at the same time. */
const PARALLEL = 4;

/** Within this time an acknowledgement has come to the agent, unless something broke meanwhile. */
const ACKNOWLEDGEMENT_MS = 2000;

/** What is told when something that need not be is asked for a failure's message. */
const REMEMBERED_LINES = 40;

const scalar = (name: string, value: number) => ({ name, type: "SCALAR" as const, scalar: { value } });

export class Stream {
  readonly launched = new Set<string>();
  readonly ended = new Map<string, string>();
  readonly scheduler: Scheduler;
  /** The latest of what befell it, for a failure's message. */
  readonly log: string[] = [];
  /** What should never have happened. */
  readonly faults: string[] = [];
  /** Statuses that came again because their acknowledgement was lost. */
  repeated = 0;
  readonly #acknowledged = new Map<string, number>();
  /** The terminal states that agents told, which come in order; what a master answers to a question may come before. */
  readonly #told = new Map<string, string>();
  /** When something was broken: from, to. */
  readonly #disturbances: { fromMs: number; toMs: number }[] = [];
  readonly #file: string;
  #paused = false;

  /** Each task writes its name into the file once when it starts. */
  constructor(master: string, file: string) {
    this.#file = file;
    this.scheduler = new Scheduler({
      master,
      framework: {
        user: "root",
        name: "stream",
        checkpoint: true,
        failover_timeout: 3600,
        capabilities: [{ type: "PARTITION_AWARE" }],
      },
      backoff: { initialMs: 100, maxMs: 500 },
    });
    this.scheduler.on("retrying", ({ reason }) => this.note(`trying again: ${reason}`));
    this.scheduler.on("SUBSCRIBED", () => this.note("subscribed"));
    this.scheduler.on("OFFERS", ({ offers = [] }) => {
      for (const offer of offers) void this.#use(offer);
    });
    this.scheduler.on("UPDATE", ({ status }) => this.#take(status));
  }

  note(text: string): void {
    this.log.push(`${new Date().toISOString()} ${text}`);
    this.log.splice(0, this.log.length - REMEMBERED_LINES);
  }

  get open(): string[] {
    return [...this.launched].filter((id) => !this.ended.has(id));
  }

  /** Something is broken until what this returns is called. */
  disturb(): () => void {
    const disturbance = { fromMs: performance.now(), toMs: Infinity };
    this.#disturbances.push(disturbance);
    return () => {
      disturbance.toMs = performance.now();
    };
  }

  /** No new tasks. */
  pause(): void {
    this.#paused = true;
  }

  #take({ uuid, state, task_id: { value: id } }: TaskStatus): void {
    if (uuid !== undefined && uuid !== "") {
      const acknowledgedMs = this.#acknowledged.get(uuid);
      if (acknowledgedMs !== undefined) this.#takeAgain(`${id} ${state}`, acknowledgedMs);
      else this.#acknowledged.set(uuid, performance.now());
      const told = this.#told.get(id);
      if (told !== undefined && told !== state) this.faults.push(`${id} is ${state} after ${told}`);
      if (isEnded(state)) this.#told.set(id, state);
    }
    if (isEnded(state)) this.ended.set(id, state);
  }

  /** An acknowledgement may die with the master that took it, or on its way; otherwise it holds for ever. */
  #takeAgain(what: string, acknowledgedMs: number): void {
    this.repeated += 1;
    const mayBeLost = this.#disturbances.some(
      ({ fromMs, toMs }) =>
        acknowledgedMs + ACKNOWLEDGEMENT_MS > fromMs && acknowledgedMs < toMs + ACKNOWLEDGEMENT_MS,
    );
    if (!mayBeLost) this.faults.push(`${what} came again after its acknowledgement`);
  }

  async #use({ id: offer, agent_id }: Offer): Promise<void> {
    if (this.#paused || this.open.length >= PARALLEL) {
      await this.scheduler.decline([offer], { refuse_seconds: 0.2 });
      return;
    }
    const id = `task-${this.launched.size}`;
    this.launched.add(id);
    const resources = [scalar("cpus", 0.1), scalar("mem", 16)];
    const command = { value: `echo ${id} >> ${this.#file}; sleep 0.${this.launched.size % 10}` };
    const result = await this.scheduler.launch(
      [offer],
      [{ name: id, task_id: { value: id }, agent_id, resources, command }],
    );
    // A call that was refused, or whose master was gone, may not have launched anything: reconciliation tells.
    if (!result.ok) void this.scheduler.reconcile([{ task_id: { value: id }, agent_id }]);
  }

  /** Every task ended as it ran: finished, or told as one that never arrived. `started` has the names of those that ran. */
  check(started: readonly string[]): void {
    assert.deepEqual(this.faults, []);
    assert.equal(new Set(started).size, started.length, "no task ran twice");
    for (const [id, state] of this.ended) {
      const ran = started.includes(id);
      if (ran) assert.equal(state, "TASK_FINISHED", `${id} ran`);
      else assert.match(state, /^TASK_(DROPPED|GONE|LOST|UNKNOWN)$/, `${id} never arrived`);
    }
  }
}
