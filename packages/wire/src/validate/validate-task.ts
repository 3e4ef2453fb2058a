// Tasks that a framework launches. Follows `task::validate` of src/master/validation.cpp; the order of the rules decides
// which error is told.
import type { ExecutorInfo, TaskInfo } from "../messages.gen.ts";
import { addResources } from "../resources/add-resources.ts";
import { containsResources } from "../resources/contains-resources.ts";
import { scalarOf } from "../resources/filter-resources.ts";
import { formatResourcesJson } from "../resources/format-resources-json.ts";
import { formatResources } from "../resources/format-resources.ts";
import { isShared } from "../resources/kinds.ts";
import { normalizeResources } from "../resources/normalize-resources.ts";
import type { LaunchContext } from "./launch-context.ts";
import { prefixed } from "./prefixed.ts";
import { validateCheckInfo, validateHealthCheck } from "./validate-check.ts";
import { validateCommandInfo } from "./validate-command-info.ts";
import { validateContainerInfo } from "./validate-container-info.ts";
import { validateExecutorCgroups, validateLaunchedExecutor } from "./validate-executor.ts";
import { validateId } from "./validate-id.ts";
import {
  hasOverlap,
  validateRevocable,
  validateSingleRole,
  validateUniquePersistenceId,
  validateUsedResources,
} from "./validate-used-resources.ts";

function validateTaskId({ task_id: { value: id } }: TaskInfo, context: LaunchContext): string | undefined {
  const error = validateId(id);
  if (error !== undefined) return error;
  if (context.hasTask(id)) return `Task has duplicate ID: ${id}`;
  return context.hasUnreachableTask(id) ? `Task reuses the ID of an unreachable task: ${id}` : undefined;
}

function validateAgent({ agent_id: agentId }: TaskInfo, context: LaunchContext): string | undefined {
  if (agentId.value === context.agentId) return undefined;
  return `Task uses invalid agent ${agentId.value} while agent ${context.agentId} is expected`;
}

function validateDurations({ kill_policy: kill, max_completion_time: time }: TaskInfo): string | undefined {
  if ((kill?.grace_period?.nanoseconds ?? 0) < 0)
    return "Task's 'kill_policy.grace_period' must be non-negative";
  return (time?.nanoseconds ?? 0) < 0 ? "Task's `max_completion_time` must be non-negative" : undefined;
}

function validateChecks({ check, health_check: healthCheck }: TaskInfo): string | undefined {
  return (
    prefixed("Task uses invalid check: ", check && validateCheckInfo(check)) ??
    prefixed("Task uses invalid health check: ", healthCheck && validateHealthCheck(healthCheck))
  );
}

/** Checks the resources of a task by themselves. */
export function validateTaskResources({ resources: asked = [] }: TaskInfo): string | undefined {
  if (asked.length === 0) return "Task uses no resources";
  const error = prefixed("Task uses invalid resources: ", validateUsedResources(asked));
  if (error !== undefined) return error;
  const resources = normalizeResources(asked);
  return (
    prefixed("Task uses duplicate persistence ID: ", validateUniquePersistenceId(resources)) ??
    prefixed("Invalid task resources: ", validateSingleRole(resources)) ??
    prefixed("Task mixes revocable and non-revocable resources: ", validateRevocable(resources))
  );
}

function validateCommandAndContainer({ command, container }: TaskInfo): string | undefined {
  return (
    prefixed("Task's `CommandInfo` is invalid: ", command && validateCommandInfo(command)) ??
    prefixed("Task's `ContainerInfo` is invalid: ", container && validateContainerInfo(container))
  );
}

/** Memory is compared in whole megabytes, as Mesos does. */
function validateLimits(
  { limits = {}, resources = [] }: TaskInfo,
  context: LaunchContext,
): string | undefined {
  const names = Object.keys(limits);
  if (names.length === 0) return undefined;
  if (!context.canLimitTasks) return "Agent is not capable of handling task resource limits";
  if (names.some((name) => name !== "cpus" && name !== "mem")) {
    return "Only cpus and mem may be included in a task's resource limits";
  }
  const { cpus: cpuLimit, mem: memoryLimit } = { cpus: limits["cpus"]?.value, mem: limits["mem"]?.value };
  if (cpuLimit !== undefined) {
    const cpus = scalarOf(resources, "cpus");
    if (cpus === undefined) return "When a CPU limit is specified, a CPU request must also be specified";
    if (cpuLimit < cpus) return "The cpu limit must be greater than or equal to the cpu request";
  }
  if (memoryLimit !== undefined) {
    const memory = scalarOf(resources, "mem");
    if (memory === undefined)
      return "When a memory limit is specified, a memory request must also be specified";
    if (Math.trunc(memoryLimit) < Math.trunc(memory)) {
      return "The memory limit must be greater than or equal to the memory request";
    }
  }
  return undefined;
}

/** Checks all of a task but its executor and what is offered. */
export function validateTaskAlone(task: TaskInfo, context: LaunchContext): string | undefined {
  return (
    validateTaskId(task, context) ??
    validateAgent(task, context) ??
    validateDurations(task) ??
    validateChecks(task) ??
    validateTaskResources(task) ??
    validateCommandAndContainer(task) ??
    validateLimits(task, context)
  );
}

/** What an executor of a LAUNCH must be, beyond being valid: custom, with a command, without shared resources. */
function validateOwnExecutor(executor: ExecutorInfo, context: LaunchContext): string | undefined {
  const error = validateLaunchedExecutor(executor, context);
  if (error !== undefined) return error;
  if (executor.type !== undefined && executor.type !== "CUSTOM")
    return "'ExecutorInfo.type' must be 'CUSTOM'";
  if (executor.command === undefined) return "'ExecutorInfo.command' must be set";
  const resources = normalizeResources(executor.resources ?? []);
  if (resources.some(isShared)) {
    return `Executor resources ${formatResources(resources)} should not contain any shared resources`;
  }
  return validateExecutorCgroups(executor.container);
}

function validateTogether({ resources: asked = [], executor }: TaskInfo): string | undefined {
  const total = addResources(normalizeResources(asked), normalizeResources(executor?.resources ?? []));
  const error = prefixed("Task and its executor use invalid resources: ", validateUsedResources(total));
  if (error !== undefined) return error;
  if (executor !== undefined && hasOverlap([asked, executor.resources ?? []])) {
    return (
      `There are overlapping resources in the task resources ${formatResourcesJson(asked)} and executor resources` +
      ` ${formatResourcesJson(executor.resources ?? [])}`
    );
  }
  return (
    prefixed("Task and its executor use duplicate persistence ID: ", validateUniquePersistenceId(total)) ??
    prefixed("Task and its executor mix revocable and non-revocable resources: ", validateRevocable(total))
  );
}

function validateExecutorAndTotal(task: TaskInfo, context: LaunchContext): string | undefined {
  const { executor, command } = task;
  if ((executor === undefined) === (command === undefined)) {
    return "Task should have at least one (but not both) of CommandInfo or ExecutorInfo present";
  }
  const error = (executor && validateOwnExecutor(executor, context)) ?? validateTogether(task);
  if (error !== undefined) return error;
  const total = normalizeResources(task.resources ?? []);
  const isNew = executor !== undefined && context.findExecutor(executor.executor_id.value) === undefined;
  const needed = isNew ? addResources(total, normalizeResources(executor.resources ?? [])) : total;
  if (containsResources(context.offered, needed)) return undefined;
  return (
    `Total resources ${formatResources(needed)} required by task and its executor is more than available` +
    ` ${formatResources(context.offered)}`
  );
}

/** Checks a task of a LAUNCH operation. Its resources are upgraded and allocated, its executor's framework filled in. */
export function validateTask(task: TaskInfo, context: LaunchContext): string | undefined {
  const error = validateTaskAlone(task, context) ?? validateExecutorAndTotal(task, context);
  if (error !== undefined || task.container?.linux_info?.share_cgroups !== false) return error;
  return "Only tasks in a task group may have 'share_cgroups' set to 'false'";
}
