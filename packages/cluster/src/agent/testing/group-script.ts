// Tasks of the built-in default executor `d` in tests of the agent's state machine: what comes in about them, made short.
import type { ExecutorInfo, FrameworkInfo, TaskInfo } from "@mezzo/wire";
import type { Termination } from "../containerizer/containerizer.ts";
import { AgentScript, FRAMEWORK, FRAMEWORK_INFO } from "./agent-script.ts";

const EXECUTOR = { frameworkId: FRAMEWORK, executorId: "d" } as const;

interface GroupRun {
  /** Whether the master believes that the executor is not there yet. */
  launchExecutor?: boolean;
  info?: Partial<FrameworkInfo>;
  executor?: Partial<ExecutorInfo>;
}

export function runGroup(
  agent: AgentScript,
  tasks: TaskInfo[],
  { launchExecutor = true, info = {}, executor = {} }: GroupRun = {},
): string[] {
  return agent.message("RunTaskGroupMessage", {
    framework: { ...FRAMEWORK_INFO, ...info },
    executor: {
      type: "DEFAULT",
      executor_id: { value: "d" },
      framework_id: { value: FRAMEWORK },
      ...executor,
    },
    task_group: { tasks },
    launch_executor: launchExecutor,
  });
}

/** Where a task of the executor runs, or is about to. */
export function memberContainer(agent: AgentScript, taskId: string): string {
  const runs = [...(agent.executor("d").group?.runs.values() ?? [])];
  return runs.find((run) => run.taskId === taskId)?.containerId ?? "none";
}

/** The sandbox that the tasks share is there. */
export function sandboxPrepared(agent: AgentScript): string[] {
  const { containerId } = agent.executor("d");
  return agent.input({ type: "containerLaunched", ...EXECUTOR, containerId });
}

export function memberLaunched(agent: AgentScript, taskId: string): string[] {
  const containerId = memberContainer(agent, taskId);
  return agent.input({ type: "containerLaunched", ...EXECUTOR, containerId, pid: 5 });
}

export function memberExited(
  agent: AgentScript,
  taskId: string,
  how: Omit<Termination, "containerId">,
): string[] {
  const termination = { containerId: memberContainer(agent, taskId), ...how };
  return agent.input({ type: "containerExited", ...EXECUTOR, termination });
}

/** One group of these tasks runs. */
export function runningGroup(...tasks: TaskInfo[]): AgentScript {
  const agent = new AgentScript().register();
  runGroup(agent, tasks);
  sandboxPrepared(agent);
  for (const { task_id } of tasks) memberLaunched(agent, task_id.value);
  return agent;
}
