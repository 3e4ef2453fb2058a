// Why a framework may not do what it asks for, in Mesos' words; undefined when it may.
import { type FrameworkInfo, type OfferOperation, type TaskInfo, frameworkRoles } from "@mezzo/wire";
import type { Framework } from "../framework.ts";
import type { MasterState } from "../state.ts";
import { mayAll, may } from "./may.ts";
import { actionText, actionsOf } from "./operation-actions.ts";

/** SUBSCRIBE and UPDATE_FRAMEWORK: a framework must be allowed in every role. @see Mesos master.cpp checkSubscribeAuthorization */
export function refuseFramework(state: MasterState, info: FrameworkInfo): string | undefined {
  if (state.authorizer === undefined) return undefined;
  const roles = [...frameworkRoles(info)].toSorted();
  const isAllowed =
    roles.length === 0
      ? state.options.acls?.permissive !== false
      : mayAll(state, info.principal, "REGISTER_FRAMEWORK", roles);
  if (isAllowed) return undefined;
  return `Not authorized to register framework ${info.id?.value ?? ""} with roles { ${roles.join(", ")} }`;
}

/** The user that a task runs as. */
export function userOf(task: TaskInfo, { user }: FrameworkInfo): string {
  return task.command?.user ?? task.executor?.command?.user ?? user;
}

function launchText(task: TaskInfo, { id, info }: Framework): string {
  return `launch task ${task.task_id.value} of framework ${id} under user '${userOf(task, info)}'`;
}

function mayRun(state: MasterState, framework: Framework, task: TaskInfo): boolean {
  return may(state, framework.info.principal, "RUN_TASK", userOf(task, framework.info));
}

/** A task of a LAUNCH. */
export function refuseTask(state: MasterState, framework: Framework, task: TaskInfo): string | undefined {
  if (mayRun(state, framework, task)) return undefined;
  return `Principal '${framework.info.principal ?? ""}' no authorized to ${launchText(task, framework)}`;
}

/** The tasks of a LAUNCH_GROUP: the last one that is not allowed is named. The missing space is Mesos'. */
export function refuseGroup(
  state: MasterState,
  framework: Framework,
  tasks: readonly TaskInfo[],
): string | undefined {
  const refused = tasks.findLast((task) => !mayRun(state, framework, task));
  if (refused === undefined) return undefined;
  return `Task '${refused.task_id.value}' is not authorized to${launchText(refused, framework)}`;
}

/** An operation on resources. */
export function refuseOperation(
  state: MasterState,
  framework: Framework,
  operation: OfferOperation,
): string | undefined {
  if (state.authorizer === undefined) return undefined;
  const { principal } = framework.info;
  const refused = actionsOf(operation).find(({ action, object }) => !may(state, principal, action, object));
  if (refused === undefined) return undefined;
  return `Principal '${principal ?? ""}' no authorized to ${actionText(refused)}`;
}
