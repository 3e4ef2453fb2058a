// The framework behind `mezzo execute`: launches its work with the first offer that is enough, and waits for the end.
import { isEnded, type Scheduler } from "@mezzo/sdk";
import {
  addResources,
  formatResources,
  parseResources,
  takeResources,
  type Offer,
  type OfferOperation,
  type Resource,
  type TaskInfo,
  type TaskState,
  type TaskStatus,
} from "@mezzo/wire";
import type { Clock, Timer } from "../../core/clock.ts";
import type { Work } from "./build-work.ts";
import { statusLines } from "./status-lines.ts";

/** What the default executor of a task group gets. @see Mesos src/cli/execute.cpp */
const EXECUTOR_RESOURCES = "cpus:0.1;mem:32;disk:32";

export interface ExecuteOptions {
  work: Work;
  role: string;
  killAfterMs: number | undefined;
  networks: readonly string[];
}

export interface ExecuteDependencies {
  scheduler: Scheduler;
  clock: Clock;
  print: (line: string) => void;
  /** Remarks that are not among the lines scripts read. */
  remark: (line: string) => void;
}

/** Runs the work. The result is true when every task succeeded, or was killed because that was asked for. */
export async function executeWork(
  options: ExecuteOptions,
  dependencies: ExecuteDependencies,
): Promise<boolean> {
  const { scheduler, print } = dependencies;
  const ends = new Map<string, TaskState>();
  const killTimers: Timer[] = [];
  let launched = false;
  let remarked = false;

  scheduler.on("SUBSCRIBED", ({ framework_id }) => {
    if (ends.size === 0 && !launched) print(`Subscribed with ID ${framework_id.value}`);
  });

  scheduler.on("OFFERS", async ({ offers = [] }) => {
    for (const offer of offers) {
      const operation = launched ? undefined : operationFor(offer, options);
      if (operation === undefined) {
        if (!launched && !remarked) dependencies.remark(waitingFor(options.work, offer));
        remarked = true;
        await scheduler.decline([offer.id]);
        continue;
      }
      launched = true;
      const accepted = await scheduler.accept([offer.id], [operation]);
      if (!accepted.ok) throw new Error(`Cannot launch: ${accepted.error}`);
      print(submittedLine(options.work, offer));
      await scheduler.suppress();
    }
  });

  scheduler.on("UPDATE", async ({ status }) => {
    for (const line of statusLines(status)) print(line);
    if (status.uuid !== undefined) await scheduler.acknowledge(status);
    const timer = scheduleKill(status, options, dependencies);
    if (timer !== undefined) killTimers.push(timer);
    if (!isEnded(status.state)) return;
    ends.set(status.task_id.value, status.state);
    if (ends.size === options.work.tasks.length) await scheduler.teardown();
  });

  try {
    await scheduler.run();
  } finally {
    for (const timer of killTimers) timer.cancel();
  }
  const good: readonly TaskState[] =
    options.killAfterMs === undefined ? ["TASK_FINISHED"] : ["TASK_FINISHED", "TASK_KILLED"];
  return ends.size > 0 && [...ends.values()].every((state) => good.includes(state));
}

function scheduleKill(
  status: TaskStatus,
  { killAfterMs }: ExecuteOptions,
  { scheduler, clock, print }: ExecuteDependencies,
): Timer | undefined {
  if (killAfterMs === undefined || status.state !== "TASK_RUNNING") return undefined;
  const agentId = status.agent_id;
  return clock.after(killAfterMs, () => {
    print(`Asked to kill task '${status.task_id.value}' on agent '${agentId?.value ?? ""}'`);
    void scheduler.kill(status.task_id, agentId === undefined ? {} : { agentId });
  });
}

/** Every task with resources of the offer, or undefined when it has too little. */
function placeTasks(offer: Offer, { work, role }: ExecuteOptions): TaskInfo[] | undefined {
  const offered = offer.resources ?? [];
  const all = work.tasks.reduce<Resource[]>((sum, task) => addResources(sum, task.resources ?? []), []);
  const wanted = work.isGroup ? addResources(all, executorResources()) : all;
  if (takeResources(offered, { wanted, role }) === undefined) return undefined;
  return work.tasks.map((task) => {
    const resources = takeResources(offered, { wanted: task.resources ?? [], role });
    return { ...task, agent_id: offer.agent_id, ...(resources !== undefined && { resources }) };
  });
}

function executorResources(): Resource[] {
  const resources = parseResources(EXECUTOR_RESOURCES);
  if (!resources.ok) throw new TypeError(resources.error);
  return resources.value;
}

function operationFor(offer: Offer, options: ExecuteOptions): OfferOperation | undefined {
  const tasks = placeTasks(offer, options);
  if (tasks === undefined) return undefined;
  if (!options.work.isGroup) return { type: "LAUNCH", launch: { task_infos: tasks } };
  const networks = options.networks.map((name) => ({ name }));
  return {
    type: "LAUNCH_GROUP",
    launch_group: {
      executor: {
        type: "DEFAULT",
        executor_id: { value: "default-executor" },
        framework_id: offer.framework_id,
        resources: executorResources(),
        ...(networks.length > 0 && { container: { type: "MESOS", network_infos: networks } }),
      },
      task_group: { tasks },
    },
  };
}

function submittedLine({ tasks, isGroup }: Work, offer: Offer): string {
  const agent = `to agent '${offer.agent_id.value}'`;
  const ids = tasks.map((task) => task.task_id.value).join(", ");
  return isGroup
    ? `Submitted task group with tasks [ ${ids} ] ${agent}`
    : `Submitted task '${tasks[0]?.name ?? ""}' ${agent}`;
}

function waitingFor({ tasks }: Work, offer: Offer): string {
  const wanted = tasks.map((task) => formatResources(task.resources ?? [])).join(" and ");
  return `Waiting for an offer with ${wanted}: ${offer.hostname} offers ${formatResources(offer.resources ?? [])}`;
}
