// Fills in what a launch may leave out: allocation, framework of the executor, type of the health check.
import {
  type ExecutorInfo,
  type Resource,
  type TaskInfo,
  allocateResources,
  upgradeResources,
  validateResources,
} from "@mezzo/wire";
import type { Framework } from "../../framework.ts";
import type { MasterState } from "../../state.ts";

/** What the master makes of a list of resources that a framework wrote: one of the two. */
export interface PreparedResources {
  resources: Resource[];
  /** Set when the list is not valid at all. */
  error?: string;
}

/** Lists that repeat are prepared once; the cache is dropped when it holds this many, to bound memory. */
const MAX_PREPARED = 10_000;

/** Checks, upgrades and allocates resources to the role. Equal lists share one result, which saves memory and time. */
export function prepareResources(
  state: MasterState,
  resources: readonly Resource[],
  role: string,
): PreparedResources {
  const cache = state.preparedResources;
  const key = `${role}\n${JSON.stringify(resources)}`;
  const known = cache.get(key);
  if (known !== undefined) return known;
  const error = validateResources(resources);
  const prepared =
    error === undefined
      ? { resources: allocateMissing(upgradeResources(resources), role) }
      : { resources: [], error };
  if (cache.size >= MAX_PREPARED) cache.clear();
  cache.set(key, prepared);
  return prepared;
}

/** What already names a role keeps it, and is refused later if that is the wrong one. */
function allocateMissing(resources: Resource[], role: string): Resource[] {
  if (resources.every((resource) => resource.allocation_info === undefined)) {
    return allocateResources(resources, role);
  }
  return resources.flatMap((resource) =>
    resource.allocation_info === undefined ? allocateResources([resource], role) : [resource],
  );
}

/** An executor with its resources allocated. */
export function prepareExecutor(
  state: MasterState,
  executor: ExecutorInfo,
  role: string,
): { executor: ExecutorInfo; error?: string } {
  if (executor.resources === undefined || executor.resources.length === 0) return { executor };
  const { resources, error } = prepareResources(state, executor.resources, role);
  return error === undefined ? { executor: { ...executor, resources } } : { executor, error };
}

/** The type of a health check that only says how, as older frameworks do, which launch no groups. */
export function withHealthCheckType(task: TaskInfo): TaskInfo {
  const check = task.health_check;
  if (check === undefined || check.type !== undefined) return task;
  if (check.command !== undefined && check.http === undefined) {
    return { ...task, health_check: { ...check, type: "COMMAND" } };
  }
  if (check.http !== undefined && check.command === undefined) {
    return { ...task, health_check: { ...check, type: "HTTP" } };
  }
  return task;
}

/** A task with its resources allocated; the error is that of the first invalid list. */
export function prepareTask(
  state: MasterState,
  task: TaskInfo,
  { framework, role }: { framework: Framework; role: string },
): { task: TaskInfo; error?: string } {
  const prepared = prepareResources(state, task.resources ?? [], role);
  if (prepared.error !== undefined) return { task, error: prepared.error };
  const result = { ...task, resources: prepared.resources };
  if (task.executor === undefined) return { task: result };
  const named =
    task.executor.framework_id === undefined
      ? { ...task.executor, framework_id: framework.frameworkId }
      : task.executor;
  const { executor, error } = prepareExecutor(state, named, role);
  if (error !== undefined) return { task, error };
  return { task: { ...result, executor } };
}
