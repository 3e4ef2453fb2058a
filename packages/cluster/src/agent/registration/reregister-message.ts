// Everything a master must know of an agent it may have forgotten: frameworks, executors, tasks, and what is over.
import type { ArchiveFramework, ReregisterSlaveMessage, Task } from "@mezzo/wire";
import { downgradeMessage } from "@mezzo/wire";
import type { AgentState, ExecutorState, FrameworkState } from "../state.ts";
import { taskFromInfo } from "../task/task-from-info.ts";
import { AGENT_CAPABILITIES, PROTOCOL_VERSION } from "./capabilities.ts";

/** The message for a master that the agent registers with again. */
export function reregisterMessage(state: AgentState): ReregisterSlaveMessage {
  // What a framework had that was shut down is given out already, and nobody hears how its tasks end: a master that does not
  // know so, because another one said it, would wait for them for ever.
  const frameworks = [...state.frameworks.values()].filter(({ phase }) => phase !== "TERMINATING");
  const executors = frameworks.flatMap((framework) => [...framework.executors.values()]);
  return downgradeMessage({
    // Every agent of Mesos has checkpointed since long, and still says so.
    agent: { ...state.info, checkpoint: true },
    checkpointed_resources: state.checkpointedResources,
    frameworks: frameworks.map(({ info }) => info),
    // Executors made up for command tasks are this agent's business alone; terminated ones use nothing.
    executor_infos: executors
      .filter(({ generated, phase }) => !generated && phase !== "TERMINATED")
      .map((executor) => ({ ...executor.info, framework_id: { value: executor.frameworkId } })),
    tasks: executors.flatMap(tasksOf),
    completed_frameworks: state.completedFrameworks.map(archiveFramework),
    version: PROTOCOL_VERSION,
    agent_capabilities: AGENT_CAPABILITIES.map((type) => ({ type })),
    resource_version_uuid: { value: state.resourceVersion },
  });
}

function tasksOf(executor: ExecutorState): Task[] {
  const queued = [...executor.queuedTasks.values()].map((task) =>
    taskFromInfo(task, { frameworkId: executor.frameworkId, state: "TASK_STAGING" }),
  );
  return [...executor.launchedTasks.values(), ...executor.terminatedTasks.values(), ...queued];
}

/** Of a framework that is over the master gets the tasks, so that its history survives a failover. */
function archiveFramework(framework: FrameworkState): ArchiveFramework {
  return {
    framework_info: framework.info,
    ...(framework.pid !== undefined && { pid: framework.pid }),
    tasks: framework.completedExecutors.flatMap(({ terminatedTasks, completedTasks }) => [
      ...terminatedTasks.values(),
      ...completedTasks,
    ]),
  };
}
