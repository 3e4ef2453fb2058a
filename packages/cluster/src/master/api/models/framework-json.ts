// Frameworks as the older JSON endpoints show them; in pieces of text, because one may have a hundred thousand tasks.
import { toJson, type Task } from "@mezzo/wire";
import type { Framework } from "../../framework.ts";
import type { MasterState } from "../../state.ts";
import { executorModel } from "./executor-model.ts";
import { resourcesModel } from "./resources-model.ts";
import { taskJson } from "./task-json.ts";

/** The part of a framework that `/state-summary` shows, too. @see Mesos src/master/readonly_handler.cpp */
export function frameworkSummaryModel(framework: Framework): Record<string, unknown> {
  const { info, connection } = framework;
  return {
    id: framework.id,
    name: info.name,
    ...(connection?.kind === "driver" ? { pid: connection.pid } : {}),
    used_resources: resourcesModel(framework.totalUsedResources),
    offered_resources: resourcesModel(framework.totalOfferedResources),
    capabilities: (info.capabilities ?? []).map(({ type }) => type),
    hostname: info.hostname ?? "",
    webui_url: info.webui_url ?? "",
    active: framework.active && framework.state === "connected",
    connected: framework.state === "connected",
    recovered: framework.state === "recovered",
  };
}

function frameworkHeadModel(framework: Framework): Record<string, unknown> {
  const { info } = framework;
  return {
    ...frameworkSummaryModel(framework),
    user: info.user,
    failover_timeout: info.failover_timeout ?? 0,
    checkpoint: info.checkpoint ?? false,
    registered_time: framework.registeredTime / 1000,
    unregistered_time: framework.unregisteredTime / 1000,
    ...(info.principal === undefined ? {} : { principal: info.principal }),
    resources: resourcesModel(framework.totalUsedResources, framework.totalOfferedResources),
    ...(framework.reregisteredTime > 0 && framework.reregisteredTime !== framework.registeredTime
      ? { reregistered_time: framework.reregisteredTime / 1000 }
      : {}),
    ...(framework.capabilities.has("MULTI_ROLE") ? { roles: info.roles ?? [] } : { role: info.role ?? "*" }),
  };
}

function offerModels(framework: Framework, { offers }: MasterState): object[] {
  return [...framework.offers].flatMap((id) => {
    const offer = offers.get(id)?.offer;
    if (!offer) return [];
    return {
      id,
      framework_id: framework.id,
      allocation_info: offer.allocation_info ?? {},
      slave_id: offer.agent_id.value,
      resources: resourcesModel(offer.resources ?? []),
    };
  });
}

function executorModels(framework: Framework): object[] {
  return [...framework.executors].flatMap(([agentId, executors]) =>
    [...executors.values()].map((executor) => executorModel(executor, agentId)),
  );
}

/** Text that is yielded at once: each piece passes through several generators. */
const PIECE_CHARACTERS = 16 * 1024;

function* taskListJson(key: string, tasks: readonly Task[]): Generator<string> {
  let text = `,"${key}":[`;
  for (const [index, task] of tasks.entries()) {
    text += (index > 0 ? "," : "") + taskJson(task);
    if (text.length < PIECE_CHARACTERS) continue;
    yield text;
    text = "";
  }
  yield `${text}]`;
}

/**
 * One framework with its tasks, piece by piece. The lists of tasks are those of the moment of the call: a reader that
 * takes its time sees each task once.
 */
export function frameworkJson(framework: Framework, state: MasterState): Iterable<string> {
  const tasks = [...framework.tasks.values()];
  const unreachable = [...framework.unreachableTasks.values()];
  const completed = [...framework.completedTasks];
  return (function* pieces() {
    yield JSON.stringify(frameworkHeadModel(framework)).slice(0, -1);
    yield* taskListJson("tasks", tasks);
    yield* taskListJson("unreachable_tasks", unreachable);
    yield* taskListJson("completed_tasks", completed);
    const tail = {
      offers: offerModels(framework, state),
      executors: executorModels(framework),
      ...(framework.info.labels ? { labels: framework.info.labels.labels ?? [] } : {}),
      offer_constraints: toJson("SchedulerOfferConstraints", framework.offerConstraints),
    };
    yield `,${JSON.stringify(tail).slice(1)}`;
  })();
}
