// A task as the older JSON endpoints show it, as text: `/state` of a large cluster is mostly this.
import { encodeJson, toJson, type ContainerStatus, type Task, type TaskStatus } from "@mezzo/wire";
import { resourcesJson } from "./resources-json.ts";

const quote = JSON.stringify;

function networkInfoModel({ groups, labels, ip_addresses, name, port_mappings }: NetworkInfo): object {
  return {
    ...(groups?.length ? { groups } : {}),
    ...(labels ? { labels: labels.labels ?? [] } : {}),
    ...(ip_addresses?.length
      ? { ip_addresses: ip_addresses.map((each) => toJson("NetworkInfoIPAddress", each)) }
      : {}),
    ...(name === undefined ? {} : { name }),
    ...(port_mappings?.length ? { port_mappings } : {}),
  };
}

type NetworkInfo = NonNullable<ContainerStatus["network_infos"]>[number];

function containerStatusJson({ container_id, network_infos, cgroup_info }: ContainerStatus): string {
  return quote({
    ...(container_id ? { container_id } : {}),
    ...(network_infos?.length ? { network_infos: network_infos.map(networkInfoModel) } : {}),
    ...(cgroup_info ? { cgroup_info } : {}),
  });
}

function statusJson(status: TaskStatus): string {
  let text = `{"state":"${status.state}","timestamp":${status.timestamp ?? 0}`;
  if (status.labels) text += `,"labels":${quote(status.labels.labels ?? [])}`;
  if (status.container_status) text += `,"container_status":${containerStatusJson(status.container_status)}`;
  if (status.healthy !== undefined) text += `,"healthy":${status.healthy}`;
  return `${text}}`;
}

function statusesJson(statuses: readonly TaskStatus[] = []): string {
  let text = "";
  for (const status of statuses) text += (text === "" ? "" : ",") + statusJson(status);
  return `[${text}]`;
}

function limitsModel(limits: NonNullable<Task["limits"]>): Record<string, number> {
  return Object.fromEntries(Object.entries(limits).map(([name, { value }]) => [name, value]));
}

function optionalFields(task: Task): string {
  let text = "";
  if (task.user !== undefined) text += `,"user":${quote(task.user)}`;
  if (task.labels) text += `,"labels":${quote(task.labels.labels ?? [])}`;
  if (task.discovery) text += `,"discovery":${encodeJson("DiscoveryInfo", task.discovery)}`;
  if (task.container) text += `,"container":${encodeJson("ContainerInfo", task.container)}`;
  if (task.health_check) text += `,"health_check":${encodeJson("HealthCheck", task.health_check)}`;
  return text;
}

/** One task. @see Mesos src/common/http.cpp */
export function taskJson(task: Task): string {
  const limits = task.limits && Object.keys(task.limits).length > 0 ? task.limits : undefined;
  return (
    `{"id":${quote(task.task_id.value)},"name":${quote(task.name)},` +
    `"framework_id":"${task.framework_id.value}","executor_id":${quote(task.executor_id?.value ?? "")},` +
    `"slave_id":${quote(task.agent_id.value)},"state":"${task.state}",` +
    `"resources":${resourcesJson(task.resources ?? [])},` +
    (limits ? `"limits":${quote(limitsModel(limits))},` : "") +
    `"role":${quote(task.resources?.[0]?.allocation_info?.role ?? "")},` +
    `"statuses":${statusesJson(task.statuses)}${optionalFields(task)}}`
  );
}
