// Which tasks a scheduler believes to be alive: what it asks about after it was away.
import type {
  OfferOperation,
  SchedulerCallReconcileTask,
  TaskInfo,
  TaskState,
  TaskStatus,
} from "@mezzo/wire";

/** The oldest are forgotten beyond this; reconciliation then asks for all tasks instead of naming each. */
const MAX_KNOWN_TASKS = 200_000;

/** States after which nothing more is heard of a task. @see Mesos src/common/protobuf_utils.cpp */
const ENDED: ReadonlySet<TaskState | undefined> = new Set<TaskState>([
  "TASK_FINISHED",
  "TASK_FAILED",
  "TASK_KILLED",
  "TASK_ERROR",
  "TASK_LOST",
  "TASK_DROPPED",
  "TASK_GONE",
  "TASK_GONE_BY_OPERATOR",
]);

/** True for a state after which a task never runs again. */
export function isEnded(state: TaskState | undefined): boolean {
  return ENDED.has(state);
}

const launchedBy = (operation: OfferOperation): readonly TaskInfo[] =>
  operation.launch?.task_infos ?? operation.launch_group?.task_group.tasks ?? [];

/** Tasks by id, as far as operations and status updates tell. */
export class KnownTasks {
  readonly #tasks = new Map<string, SchedulerCallReconcileTask>();

  /** Remembers the tasks that an ACCEPT launches. */
  launched(operations: readonly OfferOperation[]): void {
    for (const task of operations.flatMap(launchedBy)) {
      this.#remember({ task_id: task.task_id, agent_id: task.agent_id });
    }
  }

  /** Follows a status update. */
  updated(status: TaskStatus): void {
    if (isEnded(status.state)) this.#tasks.delete(status.task_id.value);
    else if (status.agent_id === undefined) this.#remember({ task_id: status.task_id });
    else this.#remember({ task_id: status.task_id, agent_id: status.agent_id });
  }

  /** What RECONCILE takes. */
  list(): SchedulerCallReconcileTask[] {
    return [...this.#tasks.values()];
  }

  #remember(task: SchedulerCallReconcileTask): void {
    this.#tasks.set(task.task_id.value, task);
    if (this.#tasks.size <= MAX_KNOWN_TASKS) return;
    for (const oldest of this.#tasks.keys()) {
      this.#tasks.delete(oldest);
      break;
    }
  }
}
