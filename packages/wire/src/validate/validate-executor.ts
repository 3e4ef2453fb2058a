// Executors. Follows `executor::validate` of src/master/validation.cpp and `operator==(ExecutorInfo)` of type_utils.cpp.
import type { ContainerInfo, ExecutorInfo } from "../messages.gen.ts";
import { equalResources } from "../resources/equal-resources.ts";
import { normalizeResources } from "../resources/normalize-resources.ts";
import { equalMessages } from "./equal-messages.ts";
import type { LaunchContext } from "./launch-context.ts";
import { prefixed } from "./prefixed.ts";
import { validateCommandInfo } from "./validate-command-info.ts";
import { validateContainerInfo } from "./validate-container-info.ts";
import { validateId } from "./validate-id.ts";
import {
  validateRevocable,
  validateSingleRole,
  validateUniquePersistenceId,
  validateUsedResources,
} from "./validate-used-resources.ts";

const RULE = "------------------------------------------------------------\n";

function validateType({ type, command, container }: ExecutorInfo): string | undefined {
  if (type === "CUSTOM") {
    return command === undefined ? "'ExecutorInfo.command' must be set for 'CUSTOM' executor" : undefined;
  }
  // Types that are newer than this master are for the agent to judge.
  if (type !== "DEFAULT") return undefined;
  if (command !== undefined) return "'ExecutorInfo.command' must not be set for 'DEFAULT' executor";
  if (container === undefined) return undefined;
  if (container.type !== "MESOS") {
    return "'ExecutorInfo.container.type' must be 'MESOS' for 'DEFAULT' executor";
  }
  if (container.mesos?.image === undefined) return undefined;
  return "'ExecutorInfo.container.mesos.image' must not be set for 'DEFAULT' executor";
}

/** Checks an executor by itself, but for its resources. */
export function validateExecutorInfo(executor: ExecutorInfo): string | undefined {
  const { command, container, shutdown_grace_period: grace } = executor;
  const error = validateType(executor) ?? validateId(executor.executor_id.value);
  if (error !== undefined) return error;
  if (grace !== undefined && grace.nanoseconds < 0) {
    return "ExecutorInfo's 'shutdown_grace_period' must be non-negative";
  }
  return (
    prefixed("Executor's `CommandInfo` is invalid: ", command && validateCommandInfo(command)) ??
    prefixed("Executor's `ContainerInfo` is invalid: ", container && validateContainerInfo(container))
  );
}

/** Checks the resources of an executor. */
export function validateExecutorResources({ resources: asked = [] }: ExecutorInfo): string | undefined {
  const error = prefixed("Executor uses invalid resources: ", validateUsedResources(asked));
  if (error !== undefined) return error;
  const resources = normalizeResources(asked);
  return (
    prefixed("Executor uses duplicate persistence ID: ", validateUniquePersistenceId(resources)) ??
    prefixed("Invalid executor resources: ", validateSingleRole(resources)) ??
    prefixed("Executor mixes revocable and non-revocable resources: ", validateRevocable(resources))
  );
}

/** Whether both describe the same executor; labels and grace period do not count, nor does the order of resources. */
export function equalExecutorInfo(left: ExecutorInfo, right: ExecutorInfo): boolean {
  if (left === right) return true;
  return (
    left.type === right.type &&
    left.executor_id.value === right.executor_id.value &&
    (left.framework_id?.value ?? "") === (right.framework_id?.value ?? "") &&
    (left.name ?? "") === (right.name ?? "") &&
    (left.source ?? "") === (right.source ?? "") &&
    (left.data ?? "") === (right.data ?? "") &&
    equalMessages(left.command, right.command) &&
    equalMessages(left.container, right.container) &&
    equalMessages(left.discovery, right.discovery) &&
    equalResources(normalizeResources(left.resources ?? []), normalizeResources(right.resources ?? []))
  );
}

/** Mesos prints both in protobuf's text format; here they are printed as JSON. */
function validateCompatible(executor: ExecutorInfo, existing: ExecutorInfo | undefined): string | undefined {
  if (existing === undefined || equalExecutorInfo(executor, existing)) return undefined;
  return (
    `ExecutorInfo is not compatible with existing ExecutorInfo with same ExecutorID.\n${RULE}` +
    `Existing ExecutorInfo:\n${JSON.stringify(existing)}\n${RULE}` +
    `ExecutorInfo:\n${JSON.stringify(executor)}\n${RULE}`
  );
}

/** Checks an executor that is about to be launched or to get another task. The master has filled in its framework id. */
export function validateLaunchedExecutor(executor: ExecutorInfo, context: LaunchContext): string | undefined {
  const error = validateExecutorInfo(executor);
  if (error !== undefined) return error;
  const actual = executor.framework_id?.value;
  if (actual === undefined) return "'ExecutorInfo.framework_id' must be set";
  if (actual !== context.frameworkId) {
    return `ExecutorInfo has an invalid FrameworkID (Actual: ${actual} vs Expected: ${context.frameworkId})`;
  }
  return (
    validateExecutorResources(executor) ??
    validateCompatible(executor, context.findExecutor(executor.executor_id.value))
  );
}

/** Checks that an executor does not ask to share control groups: only nested containers may. */
export function validateExecutorCgroups(container: ContainerInfo | undefined): string | undefined {
  if (container?.linux_info?.share_cgroups !== true) return undefined;
  return "The 'share_cgroups' field cannot be set to 'true' on executor containers";
}
