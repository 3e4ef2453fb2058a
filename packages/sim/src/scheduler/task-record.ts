// What a scheduler knows of one task that it launched.
import type { TaskState, TaskStatusReason, TaskStatusSource } from "@mezzo/wire";

/** How the task is run, and so how it may end. */
export type TaskKind = "command" | "service" | "executor" | "group";

/** A status as the scheduler heard it. */
export interface HeardStatus {
  readonly state: TaskState;
  readonly source?: TaskStatusSource;
  readonly reason?: TaskStatusReason;
  /** Present when the agent sent it: it has to be acknowledged. */
  readonly uuid?: string;
}

export interface TaskRecord {
  readonly id: string;
  readonly frameworkId: string;
  readonly agentId: string;
  readonly kind: TaskKind;
  readonly executorId?: string;
  /** Milliseconds of the simulation. */
  readonly launchedAtMs: number;
  /** The last status; absent until one came. */
  latest?: HeardStatus;
  /** What really became of it: the agent said so. A later guess of the master does not change it. */
  final?: HeardStatus;
  /** uuids of the agent's updates, in the order in which they came first. */
  readonly seen: string[];
  /** Those for which an acknowledgement was sent. */
  readonly acknowledged: Set<string>;
  /** The scheduler asked for its end. */
  killed: boolean;
  /** The master did not take the call that launched it. */
  refused: boolean;
  /** Its framework was removed: nobody will hear of it again. */
  abandoned: boolean;
}

const RANKS: Partial<Record<TaskState, number>> = {
  TASK_STAGING: 0,
  TASK_STARTING: 1,
  TASK_RUNNING: 2,
  TASK_KILLING: 3,
};

/** Where a state stands in the life of a task; ends are last. */
export function rankOf(state: TaskState): number {
  return RANKS[state] ?? 4;
}

/** Ends that were observed: a task has at most one. */
const OBSERVED: ReadonlySet<TaskState> = new Set([
  "TASK_FINISHED",
  "TASK_FAILED",
  "TASK_KILLED",
  "TASK_ERROR",
]);

/** True for an end that somebody saw; TASK_LOST and its kin only say that nobody knows better. */
export function isObservedEnd(state: TaskState): boolean {
  return OBSERVED.has(state);
}

/** True when the scheduler need not ask any more; an unreachable task may come back. */
export function isSettled(record: TaskRecord): boolean {
  if (record.final !== undefined || record.refused || record.abandoned) return true;
  const { latest } = record;
  return latest !== undefined && rankOf(latest.state) === 4 && latest.state !== "TASK_UNREACHABLE";
}
