// What the calls that only look at the agent's state are answered with (`src/slave/http.cpp` of Mesos). Pure.
import type {
  AgentResponse,
  AgentResponseGetExecutors,
  AgentResponseGetFrameworks,
  AgentResponseGetTasks,
  Task,
} from "@mezzo/wire";
import type { AgentState, ExecutorState, FrameworkState } from "../../state.ts";
import { taskFromInfo } from "../../task/task-from-info.ts";

const NANOSECONDS_PER_MS = 1e6;

export function getFrameworks(state: AgentState): AgentResponseGetFrameworks {
  const info = ({ info }: FrameworkState) => ({ framework_info: info });
  return {
    frameworks: [...state.frameworks.values()].map(info),
    completed_frameworks: state.completedFrameworks.map(info),
  };
}

export function getExecutors(state: AgentState): AgentResponseGetExecutors {
  const info = ({ info }: ExecutorState) => ({ executor_info: info });
  return {
    executors: allFrameworks(state).flatMap(({ executors }) => [...executors.values()].map(info)),
    completed_executors: allFrameworks(state).flatMap(({ completedExecutors }) =>
      completedExecutors.map(info),
    ),
  };
}

export function getTasks(state: AgentState): AgentResponseGetTasks {
  const executors = allFrameworks(state).flatMap(({ executors, completedExecutors }) => [
    ...executors.values(),
    ...completedExecutors,
  ]);
  const all = (of: (executor: ExecutorState) => Iterable<Task>): Task[] =>
    executors.flatMap((executor) => [...of(executor)]);
  return {
    // A task is queued or launched in the same step in which it arrives.
    pending_tasks: [],
    queued_tasks: all(({ queuedTasks, frameworkId }) =>
      [...queuedTasks.values()].map((info) => taskFromInfo(info, { frameworkId, state: "TASK_STAGING" })),
    ),
    launched_tasks: all(({ launchedTasks }) => launchedTasks.values()),
    terminated_tasks: all(({ terminatedTasks }) => terminatedTasks.values()),
    completed_tasks: all(({ completedTasks }) => completedTasks),
  };
}

export function getAgent({ info, drainConfig, drainStartedAt }: AgentState): AgentResponse["get_agent"] {
  const { attributes, ...rest } = info;
  return {
    agent_info: { ...rest, ...(attributes?.length && { attributes }) },
    ...(drainConfig && { drain_config: drainConfig }),
    ...(drainStartedAt !== undefined && {
      estimated_drain_start_time: {
        nanoseconds: Math.floor(drainStartedAt / 1000) * 1000 * NANOSECONDS_PER_MS,
      },
    }),
  };
}

export function getOperations({ operations }: AgentState): AgentResponse["get_operations"] {
  return operations.size === 0 ? {} : { operations: [...operations.values()] };
}

function allFrameworks(state: AgentState): FrameworkState[] {
  return [...state.frameworks.values(), ...state.completedFrameworks];
}
