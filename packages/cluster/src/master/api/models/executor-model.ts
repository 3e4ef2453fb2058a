// Executors and commands as the older JSON endpoints show them.
import { type CommandInfo, type ExecutorInfo, toJson } from "@mezzo/wire";
import { resourcesModel } from "./resources-model.ts";

function commandModel(command: CommandInfo): object {
  return {
    ...(command.shell === undefined ? {} : { shell: command.shell }),
    ...(command.value === undefined ? {} : { value: command.value }),
    argv: command.arguments ?? [],
    ...(command.environment ? { environment: toJson("Environment", command.environment) } : {}),
    uris: (command.uris ?? []).map(({ value, executable }) => ({ value, executable: executable ?? false })),
  };
}

/** One executor on one agent. @see Mesos src/common/http.cpp */
export function executorModel(executor: ExecutorInfo, agentId: string): object {
  const resources = executor.resources ?? [];
  return {
    executor_id: executor.executor_id.value,
    name: executor.name ?? "",
    framework_id: executor.framework_id?.value ?? "",
    command: commandModel(executor.command ?? {}),
    resources: resourcesModel(resources),
    ...(resources.length > 0 ? { role: resources[0]?.allocation_info?.role ?? "" } : {}),
    ...(executor.labels ? { labels: executor.labels.labels ?? [] } : {}),
    ...(executor.type ? { type: executor.type } : {}),
    slave_id: agentId,
  };
}
