// The master gives the agent a task (`Slave::runTask` of Mesos).
import type { RunTaskMessage } from "@mezzo/wire";
import { upgradeMessage } from "@mezzo/wire";
import { executorInfoOf } from "../command/command-executor-info.ts";
import { driverPid } from "../driver-pid.ts";
import { launchTasks } from "../launch/launch-tasks.ts";
import { withAllocation, withExecutorAllocation } from "../launch/with-allocation.ts";
import { refuse, type Turn } from "../turn.ts";

/** Launches the task with its own executor or with the built-in command executor. */
export function runTask(turn: Turn, from: string, received: RunTaskMessage): void {
  const { state } = turn;
  if (state.master !== from) return refuse(turn, "Ignoring a task: not from the expected master", { from });
  const message = upgradeMessage(received);
  const frameworkId = message.framework.id ?? message.framework_id;
  if (frameworkId === undefined) return refuse(turn, "Ignoring a task of a framework without id");
  const framework = { ...message.framework, id: frameworkId };
  const task = withAllocation(message.task, framework);
  const { info, generated } = executorInfoOf(state.options, framework, task);
  const pid = driverPid(message.pid);
  launchTasks(turn, {
    framework,
    ...(pid !== undefined && { pid }),
    executor: withExecutorAllocation(info, framework),
    generated,
    tasks: [task],
    resourceVersions: message.resource_version_uuids ?? [],
    ...(message.launch_executor !== undefined && { launchExecutor: message.launch_executor }),
  });
}
