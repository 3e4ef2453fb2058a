// ACCEPT: use offers. What the operations leave goes back with the call's filter.
import {
  type OfferOperation,
  type Resource,
  type SchedulerCallAccept,
  type TaskInfo,
  addResources,
} from "@mezzo/wire";
import type { Agent } from "../agent.ts";
import { discardOffer, removeOffer } from "../changes/remove-offer.ts";
import { recoverResources } from "../changes/recover-resources.ts";
import type { Framework } from "../framework.ts";
import type { OfferRecord } from "../offer.ts";
import type { Turn } from "../turn.ts";
import { checkOffers } from "./check-offers.ts";
import { dropOperation } from "./drop-operation.ts";
import { launchGroup } from "./launch/launch-group.ts";
import { launchTasks } from "./launch/launch-tasks.ts";
import { prepareExecutor, prepareTask } from "./launch/prepare-task.ts";
import { type LaunchRefusal, droppedState, refuseTasks } from "./launch/refuse-tasks.ts";

/** What an operation works on. */
interface AcceptContext {
  framework: Framework;
  agent: Agent;
  role: string;
  available: readonly Resource[];
}

/** The tasks that an operation would start. */
function tasksOf(operation: OfferOperation): readonly TaskInfo[] {
  if (operation.type === "LAUNCH") return operation.launch?.task_infos ?? [];
  if (operation.type === "LAUNCH_GROUP") return operation.launch_group?.task_group.tasks ?? [];
  return [];
}

/** Refuses every launch of the call alike, and drops every other operation. */
function refuseAll(
  turn: Turn,
  framework: Framework,
  { operations, refusal }: { operations: readonly OfferOperation[]; refusal: LaunchRefusal },
): void {
  for (const operation of operations) {
    if (operation.type === "LAUNCH" || operation.type === "LAUNCH_GROUP") {
      refuseTasks(turn, framework, { tasks: tasksOf(operation), refusal });
    } else {
      dropOperation(turn, framework, {
        operation,
        message: refusal.message.replace("Task launched", "Operation attempted"),
      });
    }
  }
}

/** LAUNCH with its tasks prepared. Resources that are not valid at all refuse the whole operation. */
function runLaunch(turn: Turn, operation: OfferOperation, context: AcceptContext): readonly Resource[] {
  const { framework, role } = context;
  const tasks = tasksOf(operation);
  const prepared = tasks.map((task) => prepareTask(turn.state, task, { framework, role }));
  const message =
    prepared.find(({ error }) => error !== undefined)?.error ??
    (operation.id === undefined ? undefined : "The `id` field cannot be set on LAUNCH operations");
  if (message !== undefined) {
    const refusal = { state: "TASK_ERROR", reason: "REASON_TASK_INVALID", message } as const;
    refuseTasks(turn, framework, { tasks, refusal });
    return context.available;
  }
  return launchTasks(
    turn,
    prepared.map(({ task }) => task),
    context,
  );
}

/** LAUNCH_GROUP, likewise; tasks without an executor get the group's. */
function runLaunchGroup(turn: Turn, operation: OfferOperation, context: AcceptContext): readonly Resource[] {
  const asked = operation.launch_group;
  if (asked === undefined) return context.available;
  const { framework, role } = context;
  const { state } = turn;
  const tasks = tasksOf(operation);
  const { executor, error } = prepareExecutor(state, asked.executor, role);
  const prepared = tasks.map((task) => prepareGroupTask(turn, task, { framework, role }));
  const message =
    prepared.find((one) => one.error !== undefined)?.error ??
    error ??
    (operation.id === undefined ? undefined : "The `id` field cannot be set on LAUNCH_GROUP operations");
  if (message !== undefined) {
    const refusal = { state: "TASK_ERROR", reason: "REASON_TASK_GROUP_INVALID", message } as const;
    refuseTasks(turn, framework, { tasks, refusal });
    return context.available;
  }
  const group = {
    ...asked.task_group,
    tasks: prepared.map(({ task }) => (task.executor === undefined ? { ...task, executor } : task)),
  };
  return launchGroup(turn, { executor, group }, context);
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
  const { executor, error } = prepareExecutor(turn.state, named, role);
  return error === undefined ? { task: { ...prepared.task, executor } } : { task, error };
}

/** Runs one operation; what is left of the offers. Reservation and volume operations are not built yet. */
function runOperation(turn: Turn, operation: OfferOperation, context: AcceptContext): readonly Resource[] {
  switch (operation.type) {
    case "LAUNCH":
      return runLaunch(turn, operation, context);
    case "LAUNCH_GROUP":
      return runLaunchGroup(turn, operation, context);
    default:
      dropOperation(turn, context.framework, {
        operation,
        message: `${operation.type ?? "UNKNOWN"} is not supported by this master`,
      });
      return context.available;
  }
}

/** Counts launches, and launches without tasks as declines. */
function countLaunches(turn: Turn, operations: readonly OfferOperation[]): void {
  for (const operation of operations) {
    if (operation.type !== "LAUNCH") continue;
    const launches = tasksOf(operation).length > 0;
    turn.state.counters[launches ? "messages_launch_tasks" : "messages_decline_offers"]++;
  }
}

/** Uses the offers and gives the rest back. */
function useOffers(
  turn: Turn,
  { offers, framework }: { offers: readonly OfferRecord[]; framework: Framework },
  call: SchedulerCallAccept,
): void {
  const [first] = offers;
  const agent = turn.state.agents.registered.get(first?.agentId ?? "");
  if (first === undefined || agent === undefined) return;
  if (!agent.connected) {
    const refusal: LaunchRefusal = {
      state: droppedState(framework),
      reason: "REASON_AGENT_DISCONNECTED",
      message: "Agent disconnected",
    };
    refuseAll(turn, framework, { operations: call.operations ?? [], refusal });
    for (const offer of offers) discardOffer(turn, offer);
    return;
  }
  let available: readonly Resource[] = [];
  for (const offer of offers) {
    const resources = offer.offer.resources ?? [];
    available = available.length === 0 ? resources : addResources(available, resources);
    framework.counters.offersAccepted++;
    removeOffer(turn, offer);
  }
  for (const operation of call.operations ?? []) {
    available = runOperation(turn, operation, { framework, agent, role: first.role, available });
  }
  recoverResources(turn, {
    frameworkId: framework.id,
    agentId: agent.id,
    resources: available,
    filters: call.filters ?? {},
  });
}

/** Handles the call. @see Mesos src/master/master.cpp Master::accept and _accept */
export function acceptOffers(turn: Turn, framework: Framework, call: SchedulerCallAccept): void {
  const operations = call.operations ?? [];
  countLaunches(turn, operations);
  const { offers, error } = checkOffers(turn.state, framework, call.offer_ids ?? []);
  if (error === undefined) return useOffers(turn, { offers, framework }, call);
  for (const offer of offers) discardOffer(turn, offer);
  const refusal: LaunchRefusal = {
    state: droppedState(framework),
    reason: "REASON_INVALID_OFFERS",
    message: `Task launched with invalid offers: ${error}`,
  };
  return refuseAll(turn, framework, { operations, refusal });
}
