// Tasks as the older JSON endpoints show them.
import { toJson, type ContainerStatus, type Task, type TaskInfo, type TaskStatus } from "@mezzo/wire";
import { resourcesModel, type ResourcesModel } from "./resources-model.ts";

/** A task that an executor has or had (`src/common/http.cpp` of Mesos). */
export function taskModel(task: Task): object {
  const limits = Object.entries(task.limits ?? {}).map(([name, { value }]) => [name, value] as const);
  return {
    id: task.task_id.value,
    name: task.name,
    framework_id: task.framework_id.value,
    executor_id: task.executor_id?.value ?? "",
    slave_id: task.agent_id.value,
    state: task.state,
    resources: resourcesModel(task.resources ?? []),
    ...(limits.length > 0 && { limits: Object.fromEntries(limits) }),
    role: task.resources?.[0]?.allocation_info?.role ?? "",
    statuses: (task.statuses ?? []).map(statusModel),
    ...(task.user !== undefined && { user: task.user }),
    ...(task.labels && { labels: task.labels.labels ?? [] }),
    ...(task.discovery && { discovery: toJson("DiscoveryInfo", task.discovery) }),
    ...(task.container && { container: toJson("ContainerInfo", task.container) }),
    ...(task.health_check && { health_check: toJson("HealthCheck", task.health_check) }),
  };
}

/** A task that waits for its executor (`src/slave/http.cpp` of Mesos). */
export function queuedTaskModel(task: TaskInfo): object {
  return {
    id: task.task_id.value,
    name: task.name,
    slave_id: task.agent_id.value,
    resources: resourcesModel(task.resources ?? []) satisfies ResourcesModel,
    role: task.resources?.[0]?.allocation_info?.role ?? "",
    ...(task.command && { command: commandModel(task.command) }),
    ...(task.executor && { executor_id: task.executor.executor_id.value }),
    ...(task.discovery && { discovery: toJson("DiscoveryInfo", task.discovery) }),
  };
}

function statusModel({ state, timestamp, labels, container_status: container, healthy }: TaskStatus): object {
  return {
    state,
    timestamp: timestamp ?? 0,
    ...(labels && { labels: labels.labels ?? [] }),
    ...(container && { container_status: containerStatusModel(container) }),
    ...(healthy !== undefined && { healthy }),
  };
}

function containerStatusModel({ container_id, network_infos, cgroup_info }: ContainerStatus): object {
  return {
    ...(container_id && { container_id }),
    ...(network_infos?.length && {
      network_infos: network_infos.map(({ groups, labels, ip_addresses, name, port_mappings }) => ({
        ...(groups?.length && { groups }),
        ...(labels && { labels: labels.labels ?? [] }),
        ...(ip_addresses?.length && {
          ip_addresses: ip_addresses.map((each) => toJson("NetworkInfoIPAddress", each)),
        }),
        ...(name !== undefined && { name }),
        ...(port_mappings?.length && { port_mappings }),
      })),
    }),
    ...(cgroup_info && { cgroup_info }),
  };
}

function commandModel({
  shell,
  value,
  arguments: argv,
  environment,
  uris,
}: NonNullable<TaskInfo["command"]>): object {
  return {
    ...(shell !== undefined && { shell }),
    ...(value !== undefined && { value }),
    argv: argv ?? [],
    ...(environment && { environment: toJson("Environment", environment) }),
    uris: (uris ?? []).map((uri) => ({ value: uri.value, executable: uri.executable ?? false })),
  };
}
