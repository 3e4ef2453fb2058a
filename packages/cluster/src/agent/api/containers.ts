// The containers of executors and what they use: `/containers`, `/monitor/statistics`, GET_CONTAINERS.
import type { ContainerStatus, ResourceStatistics } from "@mezzo/wire";
import type { Containerizer } from "../containerizer/containerizer.ts";
import { type Caller, may } from "../authorization/caller.ts";
import { userOf } from "../authorization/container-access.ts";
import type { AgentState, ExecutorState } from "../state.ts";
import { executorUsage } from "./executor-usage.ts";

/** One container of an executor; statistics are missing when it ended meanwhile or cannot be measured. */
export interface ContainerUsage {
  executor: ExecutorState;
  status: ContainerStatus;
  statistics?: ResourceStatistics;
}

/** Ids that a container has to match; absent: any. */
export interface ContainerSelection {
  containerId?: string | undefined;
  frameworkId?: string | undefined;
  executorId?: string | undefined;
}

/** What measures them. */
export interface MeasureContext {
  readonly state: AgentState;
  readonly containerizer: Containerizer;
  /** The part that is measured for every launcher alike. */
  readonly diskOf?: (executor: ExecutorState) => Partial<ResourceStatistics>;
  /** Who asks: containers that they may not see are left out. */
  readonly caller?: Caller | undefined;
}

/** Measures every container of an executor that is not over and matches (`Http::__containers` of Mesos). */
export async function measureContainers(
  { state, containerizer, diskOf, caller }: MeasureContext,
  selection: ContainerSelection = {},
): Promise<ContainerUsage[]> {
  const matches = (wanted: string | undefined, id: string): boolean => wanted === undefined || wanted === id;
  const executors = [...state.frameworks.values()]
    .filter(({ id }) => matches(selection.frameworkId, id))
    .flatMap(({ executors }) => [...executors.values()])
    .filter(
      (executor) =>
        executor.phase !== "TERMINATED" &&
        matches(selection.executorId, executor.id) &&
        matches(selection.containerId, executor.containerId) &&
        may(state, caller, "VIEW_CONTAINER", userOf(state, executor)),
    );
  return Promise.all(
    executors.map(async (executor) => {
      // A containerizer that does not answer (its daemon is away, say) hides nothing but the figures.
      const statistics = await executorUsage(containerizer, executor, state.options);
      const networks = containerizer.networksOf?.(executor.containerId) ?? [];
      return {
        executor,
        status: {
          container_id: { value: executor.containerId },
          ...(executor.pid !== undefined && { executor_pid: executor.pid }),
          ...(networks.length > 0 && { network_infos: networks }),
        },
        ...(statistics && { statistics: { ...statistics, ...diskOf?.(executor) } }),
      };
    }),
  );
}

/** A container as `/containers` shows it. */
export function containerModel(usage: ContainerUsage): object {
  const { status, statistics, executor } = usage;
  return {
    container_id: executor.containerId,
    ...ownerModel(executor),
    ...(statistics && { statistics }),
    status,
  };
}

/** A container as `/monitor/statistics` shows it: only those that could be measured. */
export function statisticsModel({ executor, statistics }: ContainerUsage): object[] {
  return statistics ? [{ ...ownerModel(executor), statistics }] : [];
}

function ownerModel({ id, frameworkId, info }: ExecutorState): object {
  return {
    executor_id: id,
    executor_name: info.name ?? "",
    framework_id: frameworkId,
    source: info.source ?? "",
  };
}
