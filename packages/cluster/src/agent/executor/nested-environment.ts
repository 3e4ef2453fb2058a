// The environment of a task in a group (`_launchGroup` in `src/launcher/default_executor.cpp`).
import type { TaskInfo } from "@mezzo/wire";
import type { AgentState } from "../state.ts";
import { DEFAULT_PATH, variablesOf } from "./executor-environment.ts";

/** Little is set: nested containers get nothing of their executor's environment. */
export function nestedEnvironment(
  state: AgentState,
  { sandbox, task }: { sandbox: string; task: TaskInfo },
): Record<string, string> {
  const address = state.pid.slice(state.pid.indexOf("@") + 1);
  return {
    PATH: DEFAULT_PATH,
    MESOS_SANDBOX: sandbox,
    ...variablesOf(task.command?.environment),
    MESOS_CONTAINER_IP: address.slice(0, address.lastIndexOf(":")),
    MESOS_ALLOCATION_ROLE: task.resources?.[0]?.allocation_info?.role ?? "*",
  };
}
