// What `mezzo execute` shall run, from its flags.
import {
  failure,
  fromJson,
  parseResources,
  success,
  type Result,
  type TaskGroupInfo,
  type TaskInfo,
} from "@mezzo/wire";
import type { LoadedFlags } from "../../core/flags/load-flags.ts";
import type { executeFlags } from "../flags/execute-flags.ts";
import { buildContainer } from "./build-container.ts";

/** One task, or several as a group. Their `agent_id` is filled in when an offer is there. */
export interface Work {
  tasks: TaskInfo[];
  isGroup: boolean;
}

type Flags = LoadedFlags<typeof executeFlags>;

/** Flags that describe a task, which --task does as a whole. */
const TASK_FLAGS = ["name", "command", "env", "appc_image", "docker_image", "volumes"] as const;

/** Nobody knows the agent yet, and the schema insists on one. */
const withAgent = (task: unknown): unknown => ({ agent_id: { value: "" }, ...(task as object) });

function fromTask({ given, values }: Flags): Result<Work> {
  if (TASK_FLAGS.some((name) => given.has(name))) {
    return failure(
      "'--name, --command, --env, --appc_image, --docker_image, --volumes' can only be set when both '--task' and " +
        "'--task_group' are not set",
    );
  }
  if (values.task !== undefined) {
    if (given.has("networks")) return failure("'--networks' can only be set when '--task' is not set");
    const task = fromJson("TaskInfo", withAgent(values.task));
    return task.ok
      ? success({ tasks: [task.value], isGroup: false })
      : failure(`Cannot use --task: ${task.error}`);
  }
  const given_ = values.task_group as { tasks?: unknown[] };
  const group: Result<TaskGroupInfo> = fromJson("TaskGroupInfo", {
    tasks: (given_.tasks ?? []).map(withAgent),
  });
  if (!group.ok) return failure(`Cannot use --task_group: ${group.error}`);
  const tasks = group.value.tasks ?? [];
  return tasks.length > 0
    ? success({ tasks, isGroup: true })
    : failure("Cannot use --task_group: it has no tasks");
}

function fromCommand({ values }: Flags): Result<Work> {
  const { name, command, shell } = values;
  if (name === undefined) return failure("Missing required option --name");
  if (shell && command === undefined) return failure("Missing required option --command");
  const resources = parseResources(values.resources);
  if (!resources.ok) return failure(`Failed to parse resources '${values.resources}': ${resources.error}`);
  const container = buildContainer(values);
  if (!container.ok) return container;
  const variables = Object.entries((values.env ?? {}) as Record<string, unknown>);
  return fromJsonTask({
    name,
    task_id: { value: name },
    agent_id: { value: "" },
    resources: resources.value,
    command: {
      shell,
      ...(command !== undefined && { value: command, ...(!shell && { arguments: [command] }) }),
      ...(variables.length > 0 && {
        environment: { variables: variables.map(([key, value]) => ({ name: key, value: String(value) })) },
      }),
    },
    ...(container.value !== undefined && { container: container.value }),
  });
}

function fromJsonTask(json: unknown): Result<Work> {
  const task = fromJson("TaskInfo", json);
  return task.ok ? success({ tasks: [task.value], isGroup: false }) : task;
}

/** The tasks, or what is wrong with the flags in mesos-execute's words. @see Mesos src/cli/execute.cpp */
export function buildWork(flags: Flags): Result<Work> {
  const { values } = flags;
  if (values.task !== undefined && values.task_group !== undefined) {
    return failure(
      "Either task or task group should be set but not both. Provide either '--task' OR '--task_group'",
    );
  }
  if (values.appc_image !== undefined && values.docker_image !== undefined) {
    return failure("Flags '--docker-image' and '--appc-image' are both set");
  }
  return values.task === undefined && values.task_group === undefined ? fromCommand(flags) : fromTask(flags);
}
