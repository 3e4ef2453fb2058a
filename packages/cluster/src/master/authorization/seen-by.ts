// The cluster as a caller sees it.
import type { Task } from "@mezzo/wire";
import { SEES_EVERYTHING, type Viewer } from "../../authorization/viewer.ts";
import type { Framework } from "../framework.ts";
import type { MasterState } from "../state.ts";

/** Whether the framework may be seen. One that is not known may be anybody's. */
export function seesFramework(viewer: Viewer, framework: Framework | undefined): boolean {
  if (viewer === SEES_EVERYTHING) return true;
  return framework !== undefined && viewer.framework(framework.info);
}

/** Whether a task of the framework may be seen, which takes seeing both. */
export function seesTask(viewer: Viewer, framework: Framework | undefined, task: Task): boolean {
  if (viewer === SEES_EVERYTHING) return true;
  return framework !== undefined && viewer.framework(framework.info) && viewer.task(task, framework.info);
}

function seenFramework(framework: Framework, viewer: Viewer): Framework {
  const { info } = framework;
  const isSeen = (task: Task): boolean => viewer.task(task, info);
  const tasksOf = (tasks: Framework["tasks"]): Framework["tasks"] =>
    new Map([...tasks].filter(([, task]) => isSeen(task)));
  return {
    ...framework,
    tasks: tasksOf(framework.tasks),
    unreachableTasks: tasksOf(framework.unreachableTasks),
    completedTasks: framework.completedTasks.filter(isSeen),
    executors: new Map(
      [...framework.executors].map(([agentId, executors]) => [
        agentId,
        new Map([...executors].filter(([, executor]) => viewer.executor(executor, info))),
      ]),
    ),
  };
}

function seenFrameworks(frameworks: Map<string, Framework>, viewer: Viewer): Map<string, Framework> {
  return new Map(
    [...frameworks]
      .filter(([, { info }]) => viewer.framework(info))
      .map(([id, framework]) => [id, seenFramework(framework, viewer)]),
  );
}

/** The state with the frameworks, tasks and executors that may be seen: a copy, unless that is everything. */
export function seenBy(state: MasterState, viewer: Viewer): MasterState {
  if (viewer === SEES_EVERYTHING) return state;
  const { frameworks } = state;
  return {
    ...state,
    frameworks: {
      ...frameworks,
      registered: seenFrameworks(frameworks.registered, viewer),
      completed: seenFrameworks(frameworks.completed, viewer),
    },
  };
}
