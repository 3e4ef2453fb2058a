// The environment of an executor or of a command task (`executorEnvironment` in `src/slave/slave.cpp`).
import type { TaskInfo } from "@mezzo/wire";
import { agentIdOf } from "../identity.ts";
import type { AgentState, ExecutorState } from "../state.ts";
import { formatDuration } from "../../core/duration.ts";
import { createToken } from "../../net/authentication/json-web-token.ts";

const NANOSECONDS_PER_MS = 1e6;

/**
 * All variables the agent sets, the command's own among them; `task` is given for a command task.
 */
export function executorEnvironment(
  state: AgentState,
  executor: ExecutorState,
  task?: TaskInfo,
): Record<string, string> {
  const { options } = state;
  const address = state.pid.slice(state.pid.indexOf("@") + 1);
  const grace = executor.info.shutdown_grace_period;
  return {
    PATH: DEFAULT_PATH,
    LIBPROCESS_IP: address.slice(0, address.lastIndexOf(":")),
    ...options.executorEnvironmentVariables,
    LIBPROCESS_PORT: "0",
    MESOS_FRAMEWORK_ID: executor.frameworkId,
    MESOS_EXECUTOR_ID: executor.id,
    MESOS_DIRECTORY: executor.directory,
    MESOS_SANDBOX: executor.directory,
    MESOS_SLAVE_ID: agentIdOf(state).value,
    MESOS_SLAVE_PID: state.pid,
    MESOS_AGENT_ENDPOINT: address,
    MESOS_CHECKPOINT: executor.checkpoint ? "1" : "0",
    MESOS_HTTP_COMMAND_EXECUTOR: options.httpCommandExecutor ? "1" : "0",
    MESOS_EXECUTOR_SHUTDOWN_GRACE_PERIOD: formatDuration(
      grace === undefined ? options.executorShutdownGracePeriod : grace.nanoseconds / NANOSECONDS_PER_MS,
    ),
    ...(executor.checkpoint && {
      MESOS_RECOVERY_TIMEOUT: formatDuration(options.recoveryTimeout),
      MESOS_SUBSCRIPTION_BACKOFF_MAX: formatDuration(options.executorReregistrationTimeout),
    }),
    ...(options.jwtSecretKey !== undefined &&
      task === undefined && { [TOKEN]: tokenOf(executor, options.jwtSecretKey) }),
    ...variablesOf(task?.command?.environment ?? executor.info.command?.environment),
    ...(task && { MESOS_ALLOCATION_ROLE: task.resources?.[0]?.allocation_info?.role ?? "*" }),
  };
}

const TOKEN = "MESOS_EXECUTOR_AUTHENTICATION_TOKEN";

/** What a custom executor proves itself with; commands and groups are the agent's own, which need no proof. */
function tokenOf({ frameworkId, id, containerId }: ExecutorState, key: string): string {
  return createToken({ cid: containerId, eid: id, fid: frameworkId }, key);
}

/** What Mesos gives to processes without a PATH of their own. */
export const DEFAULT_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/** The variables of a command. Secrets are here when they bring their value; there is nobody to ask for others. */
export function variablesOf(
  environment: NonNullable<TaskInfo["command"]>["environment"],
): Record<string, string> {
  return Object.fromEntries(
    (environment?.variables ?? []).flatMap(({ name, type, value = "", secret }) => {
      if (type !== "SECRET") return [[name, value]];
      const data = secret?.type === "VALUE" ? secret.value?.data : undefined;
      return data === undefined ? [] : [[name, Buffer.from(data, "base64").toString()]];
    }),
  );
}
