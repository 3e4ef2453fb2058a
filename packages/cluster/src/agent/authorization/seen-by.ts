// The agent as a caller sees it.
import { type OfferOperation, type Task, type TaskInfo, conversionsOf } from "@mezzo/wire";
import { SEES_EVERYTHING, type Viewer } from "../../authorization/viewer.ts";
import type { AgentState, ExecutorState, FrameworkState } from "../state.ts";

function seenExecutor(executor: ExecutorState, { info }: FrameworkState, viewer: Viewer): ExecutorState {
  const isSeen = (task: Task | TaskInfo): boolean => viewer.task(task, info);
  const tasksOf = <T extends Task | TaskInfo>(tasks: Map<string, T>): Map<string, T> =>
    new Map([...tasks].filter(([, task]) => isSeen(task)));
  return {
    ...executor,
    queuedTasks: tasksOf(executor.queuedTasks),
    launchedTasks: tasksOf(executor.launchedTasks),
    terminatedTasks: tasksOf(executor.terminatedTasks),
    completedTasks: executor.completedTasks.filter(isSeen),
  };
}

function seenFramework(framework: FrameworkState, viewer: Viewer): FrameworkState {
  const isSeen = ({ info }: ExecutorState): boolean => viewer.executor(info, framework.info);
  const seen = (executor: ExecutorState): ExecutorState => seenExecutor(executor, framework, viewer);
  return {
    ...framework,
    executors: new Map(
      [...framework.executors]
        .filter(([, executor]) => isSeen(executor))
        .map(([id, executor]) => [id, seen(executor)]),
    ),
    completedExecutors: framework.completedExecutors.filter(isSeen).map(seen),
  };
}

/** An operation may be seen by who may see all that it consumes. */
function seesOperation(viewer: Viewer, operation: OfferOperation): boolean {
  const conversions = conversionsOf(operation);
  return (
    conversions.ok &&
    conversions.value.every(({ consumed }) => consumed.every((each) => viewer.resource(each)))
  );
}

/** The state with what may be seen: a copy, unless that is everything. @see Mesos src/slave/http.cpp FrameworkWriter */
export function seenBy(state: AgentState, viewer: Viewer): AgentState {
  if (viewer === SEES_EVERYTHING) return state;
  const frameworks = [...state.frameworks].filter(([, { info }]) => viewer.framework(info));
  return {
    ...state,
    frameworks: new Map(frameworks.map(([id, framework]) => [id, seenFramework(framework, viewer)])),
    completedFrameworks: state.completedFrameworks
      .filter(({ info }) => viewer.framework(info))
      .map((framework) => seenFramework(framework, viewer)),
    operations: new Map([...state.operations].filter(([, { info }]) => seesOperation(viewer, info))),
  };
}
