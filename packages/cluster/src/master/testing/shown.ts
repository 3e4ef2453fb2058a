// What operators see of tasks: the older endpoints, read as a client reads them.
import { SEES_EVERYTHING } from "../../authorization/viewer.ts";
import { taskMetrics } from "../api/metrics/task-metrics.ts";
import { stateSummaryJson } from "../api/read/state-summary.ts";
import { stateJson } from "../api/read/state.ts";
import { tasksJson } from "../api/read/tasks.ts";
import type { Stage } from "./stage.ts";

interface ShownTask {
  id: string;
  state: string;
}

interface ShownFramework {
  id: string;
  tasks: ShownTask[];
  unreachable_tasks: ShownTask[];
  completed_tasks: ShownTask[];
}

interface ShownState {
  unreachable_slaves: number;
  activated_slaves: number;
  deactivated_slaves: number;
  orphan_tasks: unknown[];
  frameworks: (ShownFramework & Record<string, unknown>)[];
  completed_frameworks: ShownFramework[];
}

function parsed(text: Iterable<string>): unknown {
  return JSON.parse([...text].join(""));
}

/** `/state`. */
export function shownState({ state }: Stage): ShownState {
  return parsed(stateJson(state, SEES_EVERYTHING)) as ShownState;
}

const lineOf = ({ id, state }: ShownTask): string => `${id} ${state}`;

/** The tasks of the first framework, of those that have ended when there is no other, as `id state`. */
export function shownTasks(stage: Stage): Record<"running" | "unreachable" | "completed", string[]> {
  const { frameworks, completed_frameworks } = shownState(stage);
  const first = frameworks[0] ?? completed_frameworks[0];
  return {
    running: (first?.tasks ?? []).map(lineOf),
    unreachable: (first?.unreachable_tasks ?? []).map(lineOf),
    completed: (first?.completed_tasks ?? []).map(lineOf),
  };
}

/** `/tasks`, as `id state`. */
export function listedTasks({ state }: Stage): string[] {
  const { tasks } = parsed(tasksJson(state, new Map())) as { tasks: ShownTask[] };
  return tasks.map(lineOf);
}

/** How many tasks of the first framework `/state-summary` has in each state, those without left out. */
export function summary({ state }: Stage): Record<string, number> {
  const { frameworks } = parsed(stateSummaryJson(state, SEES_EVERYTHING)) as {
    frameworks: Record<string, unknown>[];
  };
  const counts = Object.entries(frameworks[0] ?? {}).filter(
    (entry): entry is [string, number] => entry[0].startsWith("TASK_") && entry[1] !== 0,
  );
  return Object.fromEntries(counts);
}

/** Metrics about tasks that are in a state now. */
export function taskGauge({ state }: Stage, name: string): number | undefined {
  return new Map(taskMetrics(state)).get(`master/${name}`);
}
