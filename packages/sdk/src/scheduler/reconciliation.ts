// Asks what became of tasks until every one of them was heard of. @see Mesos docs/reconciliation.md, "Algorithm"
import type { SchedulerCallReconcileTask } from "@mezzo/wire";
import type { Clock, Timer } from "../clock.ts";

/** A master that was just started knows nothing of a task until its agent is back, which takes seconds. */
const FIRST_RETRY_MS = 1000;
const MAX_RETRY_MS = 30_000;

export interface ReconciliationDependencies {
  clock: Clock;
  /** Sends RECONCILE. */
  ask: (tasks: readonly SchedulerCallReconcileTask[]) => void;
}

export class Reconciliation {
  readonly #dependencies: ReconciliationDependencies;
  readonly #open = new Map<string, SchedulerCallReconcileTask>();
  #timer: Timer | undefined;

  constructor(dependencies: ReconciliationDependencies) {
    this.#dependencies = dependencies;
  }

  /** Asks about tasks, or about all that the master knows when none are named; again and again about those named. */
  begin(tasks: readonly SchedulerCallReconcileTask[]): void {
    this.stop();
    for (const task of tasks) this.#open.set(task.task_id.value, task);
    if (tasks.length === 0) this.#dependencies.ask([]);
    else this.#ask(FIRST_RETRY_MS);
  }

  /** A status of the task has come. */
  heard(taskId: string): void {
    this.#open.delete(taskId);
    if (this.#open.size === 0) this.stop();
  }

  /** Asks no more. */
  stop(): void {
    this.#timer?.cancel();
    this.#timer = undefined;
    this.#open.clear();
  }

  #ask(retryMs: number): void {
    this.#dependencies.ask([...this.#open.values()]);
    this.#timer = this.#dependencies.clock.after(retryMs, () =>
      this.#ask(Math.min(retryMs * 2, MAX_RETRY_MS)),
    );
  }
}
