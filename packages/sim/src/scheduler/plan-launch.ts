// What a scheduler makes of an offer: operations and the tasks they start.
import type { AgentID, ExecutorInfo, Offer, OfferOperation, Resource, TaskInfo } from "@mezzo/wire";
import { EXECUTOR_COMMAND, formatCommand } from "../containers/command-plan.ts";
import { formatTaskPlan } from "../containers/executor-program.ts";
import type { SeededRandom } from "../time/seeded-random.ts";
import { planReservations } from "./plan-reservations.ts";
import type { SchedulerOptions } from "./scheduler-options.ts";
import { OfferedResources } from "./take-resources.ts";
import type { TaskKind } from "./task-record.ts";

/** One task with how it is run. */
export interface PlannedTask {
  kind: TaskKind;
  info: TaskInfo;
  executorId?: string;
}

export interface LaunchPlan {
  operations: OfferOperation[];
  tasks: PlannedTask[];
}

/** A service runs until it is killed: longer than any simulation, milliseconds. */
const FOREVER_MS = 10 ** 9;

/** Most tasks in one ACCEPT. */
const MAX_TASKS = 5;

/** What an executor takes for itself; those of groups need some disk. */
const EXECUTOR_AMOUNTS = { cpus: 0.1, mem: 32, disk: 10 } as const;

/** Executors by agent id and executor id, exactly as they were launched: a second task must bring the same. */
export type KnownExecutors = Map<string, ExecutorInfo>;

export interface PlanContext {
  options: SchedulerOptions;
  random: SeededRandom;
  frameworkId: string;
  executors: KnownExecutors;
  nextTaskId: () => string;
}

/** At most `wanted` tasks that fit into the offer. */
export function planLaunch(offer: Offer, wanted: number, context: PlanContext): LaunchPlan {
  const { random, options } = context;
  const offered = new OfferedResources(offer.resources ?? []);
  const plan: LaunchPlan = { operations: [], tasks: [] };
  const limit = Math.min(wanted, random.integer(1, MAX_TASKS));
  const single: PlannedTask[] = [];
  for (let count = 0; count < limit; count++) {
    const dice = random.next();
    if (dice < options.groups) {
      const group = planGroup(offer, offered, context);
      if (group === undefined) break;
      plan.operations.push(group.operation);
      plan.tasks.push(...group.tasks);
      continue;
    }
    const kind =
      dice < options.groups + options.executors
        ? "executor"
        : dice < options.groups + options.executors + options.services
          ? "service"
          : "command";
    const task =
      kind === "executor"
        ? planExecutorTask(offer, offered, context)
        : planCommand(kind, offer, { offered, context });
    if (task === undefined) break;
    single.push(task);
  }
  if (single.length > 0) {
    plan.operations.push({ type: "LAUNCH", launch: { task_infos: single.map(({ info }) => info) } });
    plan.tasks.push(...single);
  }
  const knowsReservations = options.info.capabilities?.some(({ type }) => type === "RESERVATION_REFINEMENT");
  if (knowsReservations === true && random.chance(options.reservations)) {
    plan.operations.push(...planReservations(offered.left, random));
  }
  return plan;
}

function amounts(random: SeededRandom): [number, number] {
  return [random.integer(50, 1500) / 1000, random.pick([32, 64, 100, 256])];
}

function baseTask(
  agent: AgentID,
  offered: OfferedResources,
  { random, nextTaskId }: PlanContext,
): TaskInfo | undefined {
  const resources: Resource[] | undefined = offered.take(...amounts(random));
  if (resources === undefined) return undefined;
  const port = random.chance(0.2) ? offered.takePort() : undefined;
  if (port !== undefined) resources.push(port);
  const id = nextTaskId();
  return { name: id, task_id: { value: id }, agent_id: agent, resources };
}

function commandFor(kind: "command" | "service", { random, options }: PlanContext): { value: string } {
  const value = formatCommand({
    durationMs: kind === "service" ? FOREVER_MS : Math.ceil(random.exponential(options.meanTaskMs)),
    exitCode: random.chance(0.9) ? 0 : 3,
    stubborn: random.chance(0.1),
    broken: random.chance(options.brokenCommands),
  });
  return { value };
}

function planCommand(
  kind: "command" | "service",
  offer: Offer,
  { offered, context }: { offered: OfferedResources; context: PlanContext },
): PlannedTask | undefined {
  const { random, options } = context;
  const task = baseTask(offer.agent_id, offered, context);
  if (task === undefined) return undefined;
  const graceMs = random.integer(0, 4000);
  return {
    kind,
    info: {
      ...task,
      command: commandFor(kind, context),
      ...healthCheck(context),
      ...(random.chance(0.3) && { kill_policy: { grace_period: { nanoseconds: graceMs * 1e6 } } }),
      ...(kind === "command" &&
        random.chance(0.1) && {
          max_completion_time: { nanoseconds: random.integer(100, options.meanTaskMs) * 1e6 },
        }),
    },
  };
}

/** A fresh executor, or undefined when the offer has no room for it. */
function newExecutor(
  offer: Offer,
  offered: OfferedResources,
  { context, id }: { context: PlanContext; id: string },
): ExecutorInfo | undefined {
  const resources = offered.takeWithDisk(EXECUTOR_AMOUNTS.cpus, EXECUTOR_AMOUNTS.mem, EXECUTOR_AMOUNTS.disk);
  if (resources === undefined) return undefined;
  const info: ExecutorInfo = {
    type: "CUSTOM",
    executor_id: { value: id },
    framework_id: { value: context.frameworkId },
    name: id,
    command: { value: EXECUTOR_COMMAND },
    resources,
  };
  context.executors.set(`${offer.agent_id.value}/${id}`, info);
  return info;
}

function taskPlan({ random, options }: PlanContext): string {
  return formatTaskPlan(
    Math.ceil(random.exponential(options.meanTaskMs)),
    random.chance(0.9) ? "TASK_FINISHED" : "TASK_FAILED",
  );
}

/** A task on an executor that runs there already, or on a new one. */
function planExecutorTask(
  offer: Offer,
  offered: OfferedResources,
  context: PlanContext,
): PlannedTask | undefined {
  const { random, executors } = context;
  const running = (offer.executor_ids ?? []).map(({ value }) => value);
  const known = running.filter((id) => executors.has(`${offer.agent_id.value}/${id}`));
  const reused = known.length > 0 && random.chance(0.7) ? random.pick(known) : undefined;
  const executor =
    reused === undefined
      ? newExecutor(offer, offered, { context, id: `x${random.integer(0, 3)}-${context.nextTaskId()}` })
      : executors.get(`${offer.agent_id.value}/${reused}`);
  if (executor === undefined) return undefined;
  const task = baseTask(offer.agent_id, offered, context);
  if (task === undefined) return undefined;
  return {
    kind: "executor",
    executorId: executor.executor_id.value,
    info: { ...task, executor, data: taskPlan(context) },
  };
}

/** Commands that are looked at while they run; some are killed for it. */
function healthCheck({ random, options }: PlanContext): Pick<TaskInfo, "health_check"> {
  if (!random.chance(options.healthChecks)) return {};
  return {
    health_check: {
      type: "COMMAND",
      command: { value: "look" },
      delay_seconds: random.pick([0, 1]),
      interval_seconds: random.pick([0.5, 2]),
      grace_period_seconds: random.pick([0, 3]),
      consecutive_failures: 3,
    },
  };
}

/** Two tasks that start together: as commands under the built-in default executor, or on an executor of their own. */
function planGroup(
  offer: Offer,
  offered: OfferedResources,
  context: PlanContext,
): { operation: OfferOperation; tasks: PlannedTask[] } | undefined {
  const { random } = context;
  const made = newExecutor(offer, offered, { context, id: `g-${context.nextTaskId()}` });
  if (made === undefined) return undefined;
  const builtIn = random.chance(0.5);
  const { command: _, ...bare } = made;
  const executor: ExecutorInfo = builtIn ? { ...bare, type: "DEFAULT" } : made;
  const infos = [1, 2].flatMap(() => baseTask(offer.agent_id, offered, context) ?? []);
  if (infos.length === 0) return undefined;
  const tasks = infos.map((info): PlannedTask => {
    const executorId = executor.executor_id.value;
    const work = builtIn
      ? { command: commandFor("command", context), ...healthCheck(context) }
      : { data: taskPlan(context) };
    return { kind: "group", executorId, info: { ...info, ...work } };
  });
  return {
    operation: {
      type: "LAUNCH_GROUP",
      launch_group: { executor, task_group: { tasks: tasks.map(({ info }) => info) } },
    },
    tasks,
  };
}
