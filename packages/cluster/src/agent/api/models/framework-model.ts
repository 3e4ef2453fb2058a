// Frameworks and executors of an agent as `/state` shows them (`src/slave/http.cpp` of Mesos).
import type { ExecutorState, FrameworkState } from "../../state.ts";
import { executorResources } from "../allocated-resources.ts";
import { resourcesModel } from "./resources-model.ts";
import { queuedTaskModel, taskModel } from "./task-model.ts";

/** One framework with its executors and their tasks. */
export function frameworkModel({ id, info, executors, completedExecutors }: FrameworkState): object {
  const multiRole = info.capabilities?.some(({ type }) => type === "MULTI_ROLE");
  return {
    id,
    name: info.name,
    user: info.user,
    failover_timeout: info.failover_timeout ?? 0,
    checkpoint: info.checkpoint ?? false,
    hostname: info.hostname ?? "",
    ...(info.principal !== undefined && { principal: info.principal }),
    ...(multiRole ? { roles: info.roles ?? [] } : { role: info.role ?? "*" }),
    executors: [...executors.values()].map(executorModel),
    completed_executors: completedExecutors.map(executorModel),
  };
}

function executorModel(executor: ExecutorState): object {
  const { id, info, containerId, directory } = executor;
  return {
    id,
    name: info.name ?? "",
    source: info.source ?? "",
    container: containerId,
    directory,
    resources: resourcesModel(executorResources(executor)),
    ...(info.resources?.length && { role: info.resources[0]?.allocation_info?.role ?? "" }),
    ...(info.labels && { labels: info.labels.labels ?? [] }),
    ...(info.type && { type: info.type }),
    tasks: [...executor.launchedTasks.values()].map(taskModel),
    queued_tasks: [...executor.queuedTasks.values()].map(queuedTaskModel),
    completed_tasks: [...executor.completedTasks, ...executor.terminatedTasks.values()].map(taskModel),
  };
}
