// Groups of tasks that a framework launches under one executor. Follows `task::group::validate` of
// src/master/validation.cpp.
import type { ContainerInfo, ExecutorInfo, TaskGroupInfo, TaskInfo } from "../messages.gen.ts";
import { addResources, sumResources } from "../resources/add-resources.ts";
import { containsResources } from "../resources/contains-resources.ts";
import { scalarOf } from "../resources/filter-resources.ts";
import { formatResourcesJson } from "../resources/format-resources-json.ts";
import { formatResources } from "../resources/format-resources.ts";
import { normalizeResources } from "../resources/normalize-resources.ts";
import { formatMegabytes, formatNumber } from "../values/scalars.ts";
import type { LaunchContext } from "./launch-context.ts";
import { firstError, prefixed } from "./prefixed.ts";
import { validateCommandInfo } from "./validate-command-info.ts";
import { equalExecutorInfo, validateExecutorCgroups, validateLaunchedExecutor } from "./validate-executor.ts";
import { validateTaskAlone } from "./validate-task.ts";
import { hasOverlap, validateRevocable, validateUniquePersistenceId } from "./validate-used-resources.ts";

/** Least processor share of an executor (`MIN_CPUS` of src/master/constants.hpp). */
const MIN_CPUS = 0.01;

/** Least memory of an executor in megabytes (`MIN_MEM`). */
const MIN_MEMORY_MB = 32;

/** Digits of a number that Mesos puts into text without further ado. */
const DIGITS = 6;

function sharesCgroups(container: ContainerInfo | undefined): boolean {
  return container?.linux_info?.share_cgroups ?? true;
}

function validateMember(task: TaskInfo, context: LaunchContext): string | undefined {
  const error = validateTaskAlone(task, context);
  if (error !== undefined) return error;
  const { container, executor, health_check: check, limits = {} } = task;
  if (executor === undefined) return "'TaskInfo.executor' must be set";
  if ((container?.network_infos ?? []).length > 0 && (check?.type === "HTTP" || check?.type === "TCP")) {
    return "HTTP and TCP health checks are not supported for nested containers not joining parent's network";
  }
  if (container?.type === "DOCKER") return "Docker ContainerInfo is not supported on the task";
  if (Object.keys(limits).length > 0 && sharesCgroups(container)) {
    return (
      "Resource limits may only be set for tasks within a task group when the 'share_cgroups' field is set to" +
      " 'false'."
    );
  }
  return undefined;
}

function validateMinimum({ executor_id: { value: id }, resources = [] }: ExecutorInfo): string | undefined {
  const cpus = scalarOf(resources, "cpus");
  if (cpus === undefined || cpus < MIN_CPUS) {
    const text = cpus === undefined ? "None" : formatNumber(cpus, DIGITS);
    return `Executor '${id}' uses less CPUs (${text}) than the minimum required (${MIN_CPUS})`;
  }
  const memory = scalarOf(resources, "mem");
  if (memory === undefined || Math.trunc(memory) < MIN_MEMORY_MB) {
    const text = memory === undefined ? "None" : formatMegabytes(memory);
    return `Executor '${id}' uses less memory (${text}) than the minimum required (${MIN_MEMORY_MB}MB)`;
  }
  return scalarOf(resources, "disk") === undefined ? `Executor '${id}' uses no disk` : undefined;
}

function validateKind(executor: ExecutorInfo, tasks: readonly TaskInfo[]): string | undefined {
  if (executor.type === undefined) return "'ExecutorInfo.type' must be set";
  if (executor.type === "UNKNOWN") return "Unknown executor type";
  if (executor.container?.type === "DOCKER") return "Docker ContainerInfo is not supported on the executor";
  return firstError(tasks, ({ executor: own, task_id: taskId }) => {
    if (own === undefined || equalExecutorInfo(own, executor)) return undefined;
    return (
      `The \`ExecutorInfo\` of task '${taskId.value}' is different from executor` +
      ` '${executor.executor_id.value}'`
    );
  });
}

function validateTogether(executor: ExecutorInfo, tasks: readonly TaskInfo[]): string | undefined {
  const own = normalizeResources(executor.resources ?? []);
  const each = tasks.map(({ resources = [] }) => normalizeResources(resources));
  const total = sumResources([own, ...each]);
  const error =
    prefixed("Task group and executor use duplicate persistence ID: ", validateUniquePersistenceId(total)) ??
    prefixed("Task group and executor mix revocable and non-revocable resources: ", validateRevocable(total));
  if (error !== undefined || !hasOverlap([...each, own])) return error;
  return (
    `There are overlapping resources in the task group's task resources [ ${each.map(formatResources).join(", ")} ]` +
    ` and/or executor resources ${formatResourcesJson(executor.resources ?? [])}`
  );
}

function validateTotal(
  executor: ExecutorInfo,
  tasks: readonly TaskInfo[],
  context: LaunchContext,
): string | undefined {
  const total = sumResources(tasks.map(({ resources = [] }) => normalizeResources(resources)));
  const isNew = context.findExecutor(executor.executor_id.value) === undefined;
  const needed = isNew ? addResources(total, normalizeResources(executor.resources ?? [])) : total;
  if (containsResources(context.offered, needed)) return undefined;
  return (
    `Total resources ${formatResources(needed)} required by task group and its executor are more than available` +
    ` ${formatResources(context.offered)}`
  );
}

function validateCgroups(
  executor: ExecutorInfo,
  tasks: readonly TaskInfo[],
  context: LaunchContext,
): string | undefined {
  const error = validateExecutorCgroups(executor.container);
  if (error !== undefined || tasks.length === 0) return error;
  const id = executor.executor_id.value;
  const existing = context.findExecutor(id) === undefined ? [] : context.containersUnder(id);
  const shared = sharesCgroups(tasks[0]!.container);
  const containers = [...tasks.map(({ container }) => container), ...existing];
  if (containers.every((container) => sharesCgroups(container) === shared)) return undefined;
  return (
    "If set, the value of 'share_cgroups' must be the same for all tasks in each task group and under a single" +
    " executor"
  );
}

/** Checks a LAUNCH_GROUP operation. Resources are upgraded and allocated, framework and executor filled in. */
export function validateTaskGroup(
  group: TaskGroupInfo,
  executor: ExecutorInfo,
  context: LaunchContext,
): string | undefined {
  const { tasks = [] } = group;
  const { command, executor_id: executorId } = executor;
  return (
    firstError(tasks, (task) =>
      prefixed(`Task '${task.task_id.value}' is invalid: `, validateMember(task, context)),
    ) ??
    validateLaunchedExecutor(executor, context) ??
    validateKind(executor, tasks) ??
    validateMinimum(executor) ??
    validateTogether(executor, tasks) ??
    validateTotal(executor, tasks, context) ??
    prefixed(
      `Executor '${executorId.value}'contains an invalid command: `,
      command && validateCommandInfo(command),
    ) ??
    validateCgroups(executor, tasks, context)
  );
}
