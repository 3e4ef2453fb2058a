// What the agent keeps of a task: a Task made of the framework's TaskInfo.
import type { Task, TaskInfo, TaskState } from "@mezzo/wire";

/** `protobuf::createTask` of Mesos. A command task has no executor id. */
export function taskFromInfo(info: TaskInfo, of: { frameworkId: string; state: TaskState }): Task {
  const user = info.command?.user ?? info.executor?.command?.user;
  return {
    name: info.name,
    task_id: info.task_id,
    framework_id: { value: of.frameworkId },
    agent_id: info.agent_id,
    state: of.state,
    ...(info.resources && { resources: info.resources }),
    ...(info.executor && { executor_id: info.executor.executor_id }),
    ...(info.labels && { labels: info.labels }),
    ...(info.discovery && { discovery: info.discovery }),
    ...(info.container && { container: info.container }),
    ...(info.health_check && { health_check: info.health_check }),
    ...(info.kill_policy && { kill_policy: info.kill_policy }),
    ...(info.limits && { limits: info.limits }),
    ...(user !== undefined && { user }),
  };
}
