// What agents say when they register. Follows `master::message` of src/master/validation.cpp. Its rule that only agents
// that checkpoint may have checkpointed resources is left out: all agents checkpoint, the field is gone from v1.
import type {
  AgentInfo,
  ExecutorInfo,
  RegisterSlaveMessage,
  ReregisterSlaveMessage,
  Task,
} from "../messages.gen.ts";
import { firstError, prefixed } from "./prefixed.ts";
import { validateExecutorInfo } from "./validate-executor.ts";
import { validateFrameworkInfo } from "./validate-framework-info.ts";
import { validateId } from "./validate-id.ts";
import { validateResource, validateResources } from "./validate-resource.ts";

interface Seen {
  readonly agentId: string;
  readonly frameworks: Set<string>;
  /** Framework and executor id, joined by a NUL. */
  readonly executors: Set<string>;
}

function validateAgentInfo({ id, resources = [] }: AgentInfo): string | undefined {
  return (id && validateId(id.value)) ?? validateResources(resources);
}

/** Checks the message of a new agent. */
export function validateRegisterAgent(message: RegisterSlaveMessage): string | undefined {
  return validateAgentInfo(message.agent) ?? firstError(message.checkpointed_resources, validateResource);
}

function validateExecutor(executor: ExecutorInfo, { frameworks, executors }: Seen): string | undefined {
  const error = validateExecutorInfo(executor) ?? validateResources(executor.resources ?? []);
  if (error !== undefined) return error;
  const frameworkId = executor.framework_id?.value ?? "";
  const executorId = executor.executor_id.value;
  if (!frameworks.has(frameworkId)) return `Executor has an invalid FrameworkID '${frameworkId}'`;
  const key = `${frameworkId}\0${executorId}`;
  if (executors.has(key)) return `Framework '${frameworkId}' has a duplicate ExecutorID '${executorId}'`;
  executors.add(key);
  return undefined;
}

/** Executors of commands are the agent's own and go unmentioned, so only running tasks must name one that is known. */
function validateTask(task: Task, { agentId, frameworks, executors }: Seen): string | undefined {
  const error = prefixed("Task has an invalid TaskID: ", validateId(task.task_id.value));
  if (error !== undefined) return error;
  if (task.agent_id.value !== agentId) return `Task has an invalid SlaveID '${task.agent_id.value}'`;
  const frameworkId = task.framework_id.value;
  if (!frameworks.has(frameworkId)) return `Task has an invalid FrameworkID '${frameworkId}'`;
  const executorId = task.executor_id?.value;
  if (
    executorId !== undefined &&
    task.state === "TASK_RUNNING" &&
    !executors.has(`${frameworkId}\0${executorId}`)
  ) {
    return `Task has an invalid ExecutorID '${executorId}'`;
  }
  return prefixed("Task uses invalid resources: ", validateResources(task.resources ?? []));
}

/** Checks the message of an agent that comes back: what it lists hangs together and repeats nothing. */
export function validateReregisterAgent(message: ReregisterSlaveMessage): string | undefined {
  const seen: Seen = { agentId: message.agent.id?.value ?? "", frameworks: new Set(), executors: new Set() };
  return (
    validateAgentInfo(message.agent) ??
    firstError(message.checkpointed_resources, validateResource) ??
    firstError(message.frameworks, (framework) => {
      const error = validateFrameworkInfo(framework);
      if (error !== undefined) return error;
      const id = framework.id?.value ?? "";
      if (seen.frameworks.has(id)) return `Framework has a duplicate FrameworkID: '${id}'`;
      seen.frameworks.add(id);
      return undefined;
    }) ??
    firstError(message.executor_infos, (executor) => validateExecutor(executor, seen)) ??
    firstError(message.tasks, (task) => validateTask(task, seen))
  );
}
