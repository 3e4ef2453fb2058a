// What an executor must repeat when it subscribes again: updates, and tasks, that the agent has not acknowledged.
import type { ExecutorCallSubscribe, ExecutorCallUpdate, TaskInfo } from "@mezzo/wire";

/** A task counts as acknowledged with the first of its updates. */
export class Unacknowledged {
  readonly #updates = new Map<string, ExecutorCallUpdate>();
  readonly #tasks = new Map<string, TaskInfo>();

  launched(tasks: readonly TaskInfo[]): void {
    for (const task of tasks) this.#tasks.set(task.task_id.value, task);
  }

  /** Remembers an update; its status has a uuid. */
  sent(update: ExecutorCallUpdate): void {
    this.#updates.set(update.status.uuid ?? "", update);
  }

  acknowledged({ taskId, uuid }: { taskId: string; uuid: string }): void {
    this.#updates.delete(uuid);
    this.#tasks.delete(taskId);
  }

  /** True when the agent has everything. */
  get isEmpty(): boolean {
    return this.#updates.size === 0;
  }

  subscribe(): ExecutorCallSubscribe {
    return {
      unacknowledged_tasks: [...this.#tasks.values()],
      unacknowledged_updates: [...this.#updates.values()],
    };
  }
}
