// GET_CONTAINERS: what runs, and what it uses (`Http::__containers` in src/slave/http.cpp of Mesos).
import type { AgentCall, AgentResponse, AgentResponseGetContainersContainer, ContainerID } from "@mezzo/wire";
import type { Containerizer } from "../../containerizer/containerizer.ts";
import type { LaunchedContainers } from "../../launched/launched-containers.ts";
import { may } from "../../authorization/caller.ts";
import { rootOf } from "../../launched/container-name.ts";
import { executorOf } from "../../launched/known-container.ts";
import type { AgentState } from "../../state.ts";
import { measureContainers, type MeasureContext } from "../containers.ts";

/** Containers of executors, and, when asked for, those nested in others and those that stand alone. */
export async function getContainers(
  context: MeasureContext & { launched: LaunchedContainers; now: number },
  { get_containers: of = {} }: AgentCall,
): Promise<AgentResponse> {
  const { state, containerizer } = context;
  const usages = await measureContainers(context);
  const ofExecutors = usages.map(({ executor, status, statistics }) => ({
    framework_id: { value: executor.frameworkId },
    executor_id: { value: executor.id },
    executor_name: executor.info.name ?? "",
    container_id: { value: executor.containerId },
    container_status: status,
    ...(statistics && { resource_statistics: statistics }),
  }));
  const seen = new Set(usages.map(({ executor }) => executor.containerId));
  const seesStandalone = may(state, context.caller, "VIEW_STANDALONE_CONTAINER");
  const isSeen = (id: ContainerID): boolean => {
    const root = rootOf(id).value;
    return executorOf(state, root) === undefined ? seesStandalone : seen.has(root);
  };
  const others = [...launchedOf(context), ...membersOf(state, containerizer)].filter(
    ({ id }) =>
      isSeen(id) && (id.parent === undefined ? of.show_standalone === true : of.show_nested === true),
  );
  const containers = [
    ...ofExecutors,
    ...(await Promise.all(others.map((other) => containerOf(other, context)))),
  ];
  return { type: "GET_CONTAINERS", ...(containers.length > 0 && { get_containers: { containers } }) };
}

/** One that is no executor's own. */
interface OtherContainer {
  id: ContainerID;
  /** Under which the containerizer knows it. */
  containerId: string;
  pid: number | undefined;
}

function launchedOf({
  launched,
  containerizer,
}: {
  launched: LaunchedContainers;
  containerizer: Containerizer;
}): OtherContainer[] {
  return launched.list().map(({ record, name, pid }) => ({
    id: record.id,
    containerId: name,
    // One of before the agent's restart is known to the containerizer alone.
    pid: pid ?? containerizer.leaderOf?.(name),
  }));
}

/** Tasks that the built-in default executor runs. */
function membersOf({ frameworks }: AgentState, containerizer: Containerizer): OtherContainer[] {
  const executors = [...frameworks.values()].flatMap(({ executors }) => [...executors.values()]);
  return executors.flatMap(({ group, containerId: parent }) =>
    [...(group?.runs.keys() ?? [])].map((containerId) => ({
      id: { value: containerId, parent: { value: parent } },
      containerId,
      pid: containerizer.leaderOf?.(containerId),
    })),
  );
}

/** The id is the container's own alone; the whole is in its status. */
async function containerOf(
  { id, containerId, pid }: OtherContainer,
  { containerizer, now }: { containerizer: Containerizer; now: number },
): Promise<AgentResponseGetContainersContainer> {
  const statistics = await containerizer.usage(containerId).catch(() => undefined);
  const networks = containerizer.networksOf?.(containerId) ?? [];
  return {
    container_id: { value: id.value },
    container_status: {
      container_id: id,
      ...(pid !== undefined && { executor_pid: pid }),
      ...(networks.length > 0 && { network_infos: networks }),
    },
    resource_statistics: statistics ?? { timestamp: now / 1000 },
  };
}
