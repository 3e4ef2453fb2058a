// Does what a returning agent says about itself fit together?
import {
  type ReregisterSlaveMessage,
  validateExecutorInfo,
  validateFrameworkInfo,
  validateId,
  validateResources,
} from "@mezzo/wire";
import { validateAgentInfo } from "./register-agent.ts";

/** Frameworks that the agent names. */
function checkFrameworks(body: ReregisterSlaveMessage): Set<string> | string {
  const ids = new Set<string>();
  for (const framework of body.frameworks ?? []) {
    const error = validateFrameworkInfo(framework);
    if (error !== undefined) return error;
    const id = framework.id?.value ?? "";
    if (ids.has(id)) return `Framework has a duplicate FrameworkID: '${id}'`;
    ids.add(id);
  }
  return ids;
}

/** Executors, as `framework id/executor id`. */
function checkExecutors(body: ReregisterSlaveMessage, frameworks: ReadonlySet<string>): Set<string> | string {
  const ids = new Set<string>();
  for (const executor of body.executor_infos ?? []) {
    const error = validateExecutorInfo(executor) ?? validateResources(executor.resources ?? []);
    if (error !== undefined) return error;
    const frameworkId = executor.framework_id?.value ?? "";
    if (!frameworks.has(frameworkId)) return `Executor has an invalid FrameworkID '${frameworkId}'`;
    const executorId = executor.executor_id.value;
    const key = `${frameworkId}/${executorId}`;
    if (ids.has(key)) return `Framework '${frameworkId}' has a duplicate ExecutorID '${executorId}'`;
    ids.add(key);
  }
  return ids;
}

/** The first error. @see Mesos src/master/validation.cpp master::message::reregisterSlave */
export function validateReregistration(body: ReregisterSlaveMessage): string | undefined {
  const agentError = validateAgentInfo(body.agent, body.checkpointed_resources);
  if (agentError !== undefined) return agentError;
  const frameworks = checkFrameworks(body);
  if (typeof frameworks === "string") return frameworks;
  const executors = checkExecutors(body, frameworks);
  if (typeof executors === "string") return executors;
  for (const task of body.tasks ?? []) {
    const idError = validateId(task.task_id.value);
    if (idError !== undefined) return `Task has an invalid TaskID: ${idError}`;
    if (task.agent_id.value !== body.agent.id?.value)
      return `Task has an invalid SlaveID '${task.agent_id.value}'`;
    const frameworkId = task.framework_id.value;
    if (!frameworks.has(frameworkId)) return `Task has an invalid FrameworkID '${frameworkId}'`;
    const executorId = task.executor_id?.value;
    if (
      executorId !== undefined &&
      task.state === "TASK_RUNNING" &&
      !executors.has(`${frameworkId}/${executorId}`)
    ) {
      return `Task has an invalid ExecutorID '${executorId}'`;
    }
    const error = validateResources(task.resources ?? []);
    if (error !== undefined) return `Task uses invalid resources: ${error}`;
  }
  return undefined;
}
