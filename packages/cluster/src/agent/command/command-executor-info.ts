// The executor that a command task gets (`Slave::getExecutorInfo` of Mesos).
import type { CommandInfo, ExecutorInfo, FrameworkInfo, Resource, TaskInfo } from "@mezzo/wire";
import { allocateResources, parseResources } from "@mezzo/wire";
import type { AgentOptions } from "../options.ts";

/** What the executor takes beside its task: `DEFAULT_EXECUTOR_CPUS` and `DEFAULT_EXECUTOR_MEM` of Mesos. */
const OVERHEAD = "cpus:0.1;mem:32";

/** A command's text in the executor's name is cut when longer. */
const NAME_LIMIT = 15;

/** So much of it is kept then. */
const NAME_KEPT = 12;

/** Mesos allows a second for the kill to be noticed and another for its reaping interval. */
const GRACE_ALLOWANCE_NS = 2e9;

/** The executor the task names, or the command executor made for it. */
export function executorInfoOf(
  options: AgentOptions,
  framework: FrameworkInfo,
  task: TaskInfo,
): { info: ExecutorInfo; generated: boolean } {
  if (task.executor !== undefined) return { info: task.executor, generated: false };
  const { command = {}, container, labels, discovery } = task;
  const grace = task.kill_policy?.grace_period;
  return {
    generated: true,
    info: {
      executor_id: { value: task.task_id.value },
      ...(framework.id && { framework_id: framework.id }),
      ...(container && { container }),
      name: `Command Executor (Task: ${task.task_id.value}) (Command: ${describeCommand(command)})`,
      source: task.task_id.value,
      command: executorCommand(options, command),
      ...(labels && { labels }),
      ...(discovery && { discovery }),
      ...(grace && { shutdown_grace_period: { nanoseconds: grace.nanoseconds + GRACE_ALLOWANCE_NS } }),
      resources: overheadFor(task),
    },
  };
}

function executorCommand(options: AgentOptions, command: CommandInfo): CommandInfo {
  return {
    ...(command.uris && { uris: command.uris }),
    ...(command.environment && { environment: command.environment }),
    ...(command.user !== undefined && { user: command.user }),
    shell: false,
    value: `${options.launcherDir}/mesos-executor`,
    arguments: ["mesos-executor", `--launcher_dir=${options.launcherDir}`],
  };
}

function describeCommand(command: CommandInfo): string {
  if (command.shell ?? true) {
    return command.value === undefined ? "NO COMMAND" : `sh -c '${shortened(command.value)}'`;
  }
  if (command.value === undefined) return "NO EXECUTABLE";
  return `[${shortened(`${command.value}, ${(command.arguments ?? []).join(", ")}`)}]`;
}

function shortened(text: string): string {
  return text.length > NAME_LIMIT ? `${text.slice(0, NAME_KEPT)}...` : text;
}

function overheadFor(task: TaskInfo): Resource[] {
  const parsed = parseResources(OVERHEAD, { defaultRole: "*" });
  if (!parsed.ok) throw new Error(parsed.error);
  const role = task.resources?.[0]?.allocation_info?.role;
  return role === undefined ? parsed.value : allocateResources(parsed.value, role);
}
