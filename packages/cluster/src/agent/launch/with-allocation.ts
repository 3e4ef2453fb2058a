// Older masters do not say for which role resources are allocated: the framework's only role is meant.
import type { ExecutorInfo, FrameworkInfo, Resource, TaskInfo } from "@mezzo/wire";

/** The task with the allocation of all its resources, its executor's among them. */
export function withAllocation(task: TaskInfo, framework: FrameworkInfo): TaskInfo {
  return {
    ...task,
    ...(task.resources && { resources: allocated(task.resources, framework) }),
    ...(task.executor && { executor: withExecutorAllocation(task.executor, framework) }),
  };
}

/** The executor with the allocation of its resources. */
export function withExecutorAllocation(executor: ExecutorInfo, framework: FrameworkInfo): ExecutorInfo {
  if (executor.resources === undefined) return executor;
  return { ...executor, resources: allocated(executor.resources, framework) };
}

function allocated(resources: Resource[], framework: FrameworkInfo): Resource[] {
  if (resources.every(({ allocation_info }) => allocation_info !== undefined)) return resources;
  const role = framework.roles?.[0] ?? framework.role ?? "*";
  return resources.map((resource) =>
    resource.allocation_info === undefined ? { ...resource, allocation_info: { role } } : resource,
  );
}
