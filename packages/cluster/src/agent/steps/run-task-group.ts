// The master gives the agent a group of tasks that start and end together (`Slave::runTaskGroup` of Mesos).
import type { RunTaskGroupMessage } from "@mezzo/wire";
import { upgradeMessage } from "@mezzo/wire";
import { launchTasks } from "../launch/launch-tasks.ts";
import { withAllocation, withExecutorAllocation } from "../launch/with-allocation.ts";
import { refuse, type Turn } from "../turn.ts";

/** Launches the group with its executor. */
export function runTaskGroup(turn: Turn, from: string, received: RunTaskGroupMessage): void {
  const { state } = turn;
  if (state.master !== from) return refuse(turn, "Ignoring a group: not from the expected master", { from });
  const message = upgradeMessage(received);
  const { id } = message.framework;
  if (id === undefined) return refuse(turn, "Ignoring a group of a framework without id");
  const framework = { ...message.framework, id };
  const tasks = (message.task_group.tasks ?? []).map((task) => withAllocation(task, framework));
  if (tasks.length === 0) return refuse(turn, "Ignoring a group without tasks");
  launchTasks(turn, {
    framework,
    executor: withExecutorAllocation(message.executor, framework),
    generated: false,
    tasks,
    group: { ...message.task_group, tasks },
    resourceVersions: message.resource_version_uuids ?? [],
    ...(message.launch_executor !== undefined && { launchExecutor: message.launch_executor }),
  });
}
