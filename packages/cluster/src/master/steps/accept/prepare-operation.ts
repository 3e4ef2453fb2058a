// The first pass over an ACCEPT: what is not even well formed is refused before anything is carried out.
import {
  type ExecutorInfo,
  type OfferOperation,
  type TaskInfo,
  upgradeOperation,
  validateOperationFormat,
} from "@mezzo/wire";
import type { Agent } from "../../agent.ts";
import type { Framework } from "../../framework.ts";
import { providerOf, withAllocations } from "../../operations/operation-kinds.ts";
import { sendError } from "../../send/send-error.ts";
import { type Turn, log } from "../../turn.ts";
import { dropOperation } from "../drop-operation.ts";
import type { PreparedGroup } from "../launch/launch-group.ts";
import { prepareExecutor, prepareTask, withHealthCheckType } from "../launch/prepare-task.ts";
import { refuseTasks } from "../launch/refuse-tasks.ts";
import { tasksOf } from "./tasks-of.ts";

/** An operation with its resources upgraded and allocated. */
export type PreparedOperation =
  | { kind: "launch"; tasks: readonly TaskInfo[] }
  | ({ kind: "group" } & PreparedGroup)
  | { kind: "resources"; operation: OfferOperation };

interface Parties {
  framework: Framework;
  agent: Agent;
  role: string;
}

/** LAUNCH. Resources that are not valid at all refuse the whole operation. */
function prepareLaunch(
  turn: Turn,
  operation: OfferOperation,
  parties: Parties,
): PreparedOperation | undefined {
  const { framework, role } = parties;
  const tasks = tasksOf(operation);
  const prepared = tasks.map((task) =>
    prepareTask(turn.state, withHealthCheckType(task), { framework, role }),
  );
  const message =
    prepared.find(({ error }) => error !== undefined)?.error ??
    (operation.id === undefined ? undefined : "The `id` field cannot be set on LAUNCH operations");
  if (message !== undefined) {
    const refusal = { state: "TASK_ERROR", reason: "REASON_TASK_INVALID", message } as const;
    refuseTasks(turn, framework, { tasks, refusal });
    return undefined;
  }
  return { kind: "launch", tasks: prepared.map(({ task }) => task) };
}

/** LAUNCH_GROUP, likewise; tasks without an executor get the group's. */
function prepareGroup(
  turn: Turn,
  operation: OfferOperation,
  parties: Parties,
): PreparedOperation | undefined {
  const asked = operation.launch_group;
  if (asked === undefined) return undefined;
  const { framework, role } = parties;
  const tasks = tasksOf(operation);
  const { executor, error } = prepareExecutor(turn.state, asked.executor, role);
  const prepared = tasks.map((task) => prepareGroupTask(turn, task, { framework, role }));
  const message =
    error ??
    prepared.find((one) => one.error !== undefined)?.error ??
    (operation.id === undefined ? undefined : "The `id` field cannot be set on LAUNCH_GROUP operations");
  if (message !== undefined) {
    const refusal = { state: "TASK_ERROR", reason: "REASON_TASK_GROUP_INVALID", message } as const;
    refuseTasks(turn, framework, { tasks, refusal });
    return undefined;
  }
  const complete = prepared.map(({ task }) => (task.executor === undefined ? { ...task, executor } : task));
  return { kind: "group", executor, group: { ...asked.task_group, tasks: complete } };
}

/** Unlike in a LAUNCH, the executor of a task in a group must itself name its framework. */
function prepareGroupTask(
  turn: Turn,
  task: TaskInfo,
  { framework, role }: { framework: Framework; role: string },
): { task: TaskInfo; error?: string } {
  const { executor: named, ...rest } = task;
  const prepared = prepareTask(turn.state, rest, { framework, role });
  if (named === undefined || prepared.error !== undefined) return prepared;
  const { executor, error }: { executor: ExecutorInfo; error?: string } = prepareExecutor(
    turn.state,
    named,
    role,
  );
  return error === undefined ? { task: { ...prepared.task, executor } } : { task, error };
}

/** Feedback needs an agent that gives it. */
function whyNoFeedback({ id, ...operation }: OfferOperation, { agent }: Parties): string | undefined {
  if (id === undefined) return undefined;
  const { capabilities } = agent;
  if (!capabilities.has("RESOURCE_PROVIDER")) {
    return (
      `Operation requested feedback, but agent ${agent.id} ` +
      "does not have the required RESOURCE_PROVIDER capability"
    );
  }
  if (providerOf(upgradeOperation(operation)) !== undefined || capabilities.has("AGENT_OPERATION_FEEDBACK")) {
    return undefined;
  }
  return (
    `Operation on agent default resources requested feedback, but agent ${agent.id} ` +
    "does not have the required AGENT_OPERATION_FEEDBACK and RESOURCE_PROVIDER capabilities"
  );
}

const DRIVER_FEEDBACK =
  "The 'id' field was set in an offer operation, but operation feedback is not supported for the SchedulerDriver API";

/** Operations on reservations, volumes and disks. */
function prepareResources(
  turn: Turn,
  operation: OfferOperation,
  parties: Parties,
): PreparedOperation | undefined {
  const { framework, role } = parties;
  const drop = (message: string): undefined => {
    dropOperation(turn, framework, { operation, message });
    return undefined;
  };
  const invalid =
    validateOperationFormat(operation) ??
    ((operation.reserve?.source ?? []).length > 0
      ? "Reservation updates are not yet implemented for the scheduler API."
      : undefined);
  if (invalid !== undefined) return drop(`Operation attempted with invalid resources: ${invalid}`);
  if (operation.id !== undefined && framework.connection?.kind === "driver") {
    log(turn, "warn", { message: `Dropping a ${operation.type} operation: ${DRIVER_FEEDBACK}` });
    sendError(turn, framework, `${DRIVER_FEEDBACK}; please use the HTTP scheduler API for this feature`);
    return undefined;
  }
  const impossible = whyNoFeedback(operation, parties);
  if (impossible !== undefined) return drop(impossible);
  return { kind: "resources", operation: withAllocations(upgradeOperation(operation), role) };
}

/** The operation, ready to be tried; undefined when it was refused. @see Mesos src/master/master.cpp Master::accept */
export function prepareOperation(
  turn: Turn,
  operation: OfferOperation,
  parties: Parties,
): PreparedOperation | undefined {
  switch (operation.type) {
    case "LAUNCH":
      return prepareLaunch(turn, operation, parties);
    case "LAUNCH_GROUP":
      return prepareGroup(turn, operation, parties);
    case undefined:
    case "UNKNOWN":
      log(turn, "warn", {
        message: "Ignoring an operation of an unknown type",
        facts: { frameworkId: parties.framework.id },
      });
      return undefined;
    default:
      return prepareResources(turn, operation, parties);
  }
}
