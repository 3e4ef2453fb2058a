// A framework that runs a list of commands to their end: the smallest useful scheduler, on the SDK.
import { userInfo } from "node:os";
import { Scheduler } from "@mezzo/sdk";
import type { Offer, Resource, TaskInfo, TaskStatus } from "@mezzo/wire";

export interface BatchTask {
  id: string;
  /** The program and its parameters; no shell in between. */
  argv: readonly string[];
  /** Fetched into the sandbox before the start. */
  uris: readonly string[];
}

export interface BatchFrameworkOptions {
  /** `host:port`. */
  master: string;
  name: string;
  role: string;
  /** What each task gets. */
  cpus: number;
  memMb: number;
}

export interface BatchProgress {
  total: number;
  done: number;
  running: number;
  failed: number;
}

/** A task whose agent went away is tried again this often. */
const MAX_ATTEMPTS = 3;

/** What nobody wants is refused for long: a later batch revives the role. */
const REFUSE_SECONDS = 3600;

/** Ends that are not the task's own fault. */
const TRY_AGAIN: ReadonlySet<string> = new Set([
  "TASK_LOST",
  "TASK_DROPPED",
  "TASK_GONE",
  "TASK_UNREACHABLE",
]);

function scalarOf(offer: Offer, name: string): number {
  return (offer.resources ?? [])
    .filter((resource) => resource.name === name)
    .reduce((sum, resource) => sum + (resource.scalar?.value ?? 0), 0);
}

export class BatchFramework {
  readonly #options: BatchFrameworkOptions;
  readonly #scheduler: Scheduler;
  readonly #waiting: BatchTask[] = [];
  readonly #running = new Map<string, BatchTask>();
  readonly #attempts = new Map<string, number>();
  readonly #failures: string[] = [];
  #expected = 0;
  #begun = 0;
  #done = 0;
  #finish: (() => void) | undefined;

  constructor(options: BatchFrameworkOptions) {
    this.#options = options;
    this.#scheduler = new Scheduler({
      master: options.master,
      framework: {
        user: userInfo().username,
        name: options.name,
        roles: [options.role],
        capabilities: [{ type: "MULTI_ROLE" }, { type: "PARTITION_AWARE" }],
      },
    });
    this.#scheduler.on("OFFERS", ({ offers }) => this.#onOffers(offers ?? []));
    this.#scheduler.on("UPDATE", ({ status }) => this.#onUpdate(status));
  }

  get progress(): BatchProgress {
    const failed = this.#failures.length;
    return {
      total: Math.max(this.#expected, this.#begun),
      done: this.#done,
      running: this.#running.size,
      failed,
    };
  }

  /** One sentence for each task that failed for good. */
  get failures(): readonly string[] {
    return this.#failures;
  }

  /** Subscribes; resolves when the framework has ended, rejects when the master refuses it. */
  run(): Promise<void> {
    return this.#scheduler.run();
  }

  /** Says how many tasks there will be, so that progress is shown against all of them from the beginning. */
  expect(tasks: number): void {
    this.#expected = tasks;
  }

  /** Runs tasks in any order; resolves when every one has ended, well or not. */
  async runBatch(tasks: readonly BatchTask[]): Promise<void> {
    this.#begun += tasks.length;
    this.#waiting.push(...tasks);
    if (tasks.length === 0) return;
    const finished = new Promise<void>((resolve) => (this.#finish = resolve));
    await this.#scheduler.revive();
    await finished;
    await this.#scheduler.suppress();
  }

  /** Ends the framework with everything that still runs. */
  async end(): Promise<void> {
    await this.#scheduler.teardown();
  }

  /** Closes the connection and leaves everything as it is: for when the cluster itself goes. */
  stop(): void {
    this.#scheduler.stop();
  }

  #onOffers(offers: readonly Offer[]): void {
    for (const offer of offers) {
      const tasks = this.#take(offer);
      const refusal = { refuse_seconds: this.#waiting.length > 0 ? 0 : REFUSE_SECONDS };
      if (tasks.length > 0) void this.#scheduler.launch([offer.id], tasks, refusal);
      else void this.#scheduler.decline([offer.id], refusal);
    }
  }

  #take(offer: Offer): TaskInfo[] {
    const { cpus, memMb } = this.#options;
    const room = Math.floor(Math.min(scalarOf(offer, "cpus") / cpus, scalarOf(offer, "mem") / memMb) + 1e-9);
    return this.#waiting.splice(0, Math.max(0, room)).map((task) => {
      this.#running.set(task.id, task);
      return this.#taskInfo(task, offer);
    });
  }

  #taskInfo({ id, argv, uris }: BatchTask, { agent_id, allocation_info }: Offer): TaskInfo {
    const scalar = (name: string, value: number): Resource => ({
      name,
      type: "SCALAR",
      scalar: { value },
      ...(allocation_info ? { allocation_info } : {}),
    });
    return {
      name: id,
      task_id: { value: id },
      agent_id,
      resources: [scalar("cpus", this.#options.cpus), scalar("mem", this.#options.memMb)],
      command: {
        shell: false,
        value: argv[0] ?? "",
        arguments: [...argv],
        uris: uris.map((value) => ({ value, extract: false })),
      },
    };
  }

  #onUpdate({ task_id, state, message }: TaskStatus): void {
    const task = this.#running.get(task_id.value);
    if (!task || state === undefined) return;
    if (["TASK_STAGING", "TASK_STARTING", "TASK_RUNNING", "TASK_KILLING"].includes(state)) return;
    this.#running.delete(task.id);
    const attempts = (this.#attempts.get(task.id) ?? 0) + 1;
    this.#attempts.set(task.id, attempts);
    if (TRY_AGAIN.has(state) && attempts < MAX_ATTEMPTS) {
      this.#waiting.push(task);
      void this.#scheduler.revive();
      return;
    }
    if (state === "TASK_FINISHED") this.#done += 1;
    else this.#failures.push(`${task.id} ended as ${state}${message ? `: ${message}` : ""}`);
    if (this.#waiting.length === 0 && this.#running.size === 0) this.#finish?.();
  }
}
