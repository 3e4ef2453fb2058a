// GET /tasks: tasks of all frameworks, running and ended, a page at a time.
import type { Task } from "@mezzo/wire";
import type { MasterState } from "../../state.ts";
import { taskJson } from "../models/task-json.ts";
import { selects, type Query } from "./select.ts";

/** As many as Mesos gives when nobody says how many. */
const DEFAULT_LIMIT = 100;

function numberOf(query: Query, parameter: string, fallback: number): number {
  const text = query.get(parameter);
  const number = text !== undefined && /^-?\d+$/.test(text) ? Number(text) : fallback;
  return number < 0 ? Number.MAX_SAFE_INTEGER : number;
}

function selectedTasks({ frameworks }: MasterState, query: Query): Task[] {
  const tasks: Task[] = [];
  for (const framework of [...frameworks.registered.values(), ...frameworks.completed.values()]) {
    if (!selects(query, "framework_id", framework.id)) continue;
    const lists = [framework.tasks.values(), framework.unreachableTasks.values(), framework.completedTasks];
    for (const list of lists) {
      for (const task of list) if (selects(query, "task_id", task.task_id.value)) tasks.push(task);
    }
  }
  return tasks;
}

/** Tasks without a status come first going up and last going down, as in Mesos. */
function byFirstStatus(a: Task, b: Task): number {
  const first = a.statuses?.[0]?.timestamp ?? Number.NEGATIVE_INFINITY;
  const second = b.statuses?.[0]?.timestamp ?? Number.NEGATIVE_INFINITY;
  return first === second ? 0 : first - second;
}

/**
 * `?limit=`, `?offset=`, `?order=asc|des`, `?framework_id=`, `?task_id=`. What is no number is taken as absent.
 * @see Mesos docs/endpoints/master/tasks.md
 */
export function tasksJson(state: MasterState, query: Query): string {
  const limit = numberOf(query, "limit", DEFAULT_LIMIT);
  const offset = numberOf(query, "offset", 0);
  const ascending = query.get("order") === "asc";
  const tasks = selectedTasks(state, query).sort((a, b) =>
    ascending ? byFirstStatus(a, b) : byFirstStatus(b, a),
  );
  return `{"tasks":[${tasks
    .slice(offset, offset + limit)
    .map(taskJson)
    .join(",")}]}`;
}
