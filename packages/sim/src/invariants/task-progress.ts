// A task's state never goes backwards in the master's books, and an end is never left.
import type { Task, TaskState } from "@mezzo/wire";
import type { MasterState } from "../../../cluster/src/master/state.ts";
import { isTerminalState } from "../../../cluster/src/master/task-states.ts";
import { violationsOf } from "../trace/violation.ts";

const violate = violationsOf("task-progress");

/** Remembers the ends of one master's tasks. */
export class TaskProgress {
  readonly #ends = new WeakMap<Task, TaskState>();

  /** Checks the tasks of an agent; all when none is named. */
  check(state: MasterState, { agentId, taskId }: { agentId: string; taskId?: string }): void {
    const agent = state.agents.registered.get(agentId);
    for (const tasks of agent?.tasks.values() ?? []) {
      const some = taskId === undefined ? [...tasks.values()] : [tasks.get(taskId)];
      for (const task of some) if (task !== undefined) this.#checkTask(task);
    }
  }

  #checkTask(task: Task): void {
    const end = this.#ends.get(task);
    if (end !== undefined && end !== task.state) {
      violate(`Task ${task.task_id.value} ended as ${end} and became ${task.state}`, [task.task_id.value]);
    }
    if (isTerminalState(task.state)) this.#ends.set(task, task.state);
  }
}
