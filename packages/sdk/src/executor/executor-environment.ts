// What an agent tells an executor in environment variables. @see Mesos docs/executor-http-api.md
import { failure, parseDuration, success, type Result } from "@mezzo/wire";

export interface ExecutorEnvironment {
  /** `http://host:port` of the agent. */
  agentOrigin: string;
  frameworkId: string;
  executorId: string;
  /** The sandbox. */
  directory: string | undefined;
  /** Whether to outlive the agent. */
  checkpoint: boolean;
  /** With `checkpoint`: how long the agent may be away. */
  recoveryTimeoutMs: number;
  /** The longest pause between attempts to subscribe. */
  maxBackoffMs: number;
  shutdownGracePeriodMs: number;
  /** Sent as a bearer token where the agent gave one. */
  token: string | undefined;
}

type Variables = Readonly<Record<string, string | undefined>>;

/** Mesos' defaults. @see Mesos src/slave/constants.hpp */
const DEFAULT_RECOVERY_TIMEOUT_MS = 15 * 60_000;
const DEFAULT_MAX_BACKOFF_MS = 1000;
const DEFAULT_SHUTDOWN_GRACE_PERIOD_MS = 5000;

function durationMs(variables: Variables, name: string, defaultMs: number): Result<number> {
  const text = variables[name];
  if (text === undefined) return success(defaultMs);
  const parsed = parseDuration(text);
  return parsed.ok ? parsed : failure(`Cannot use ${name}=${text}: ${parsed.error}`);
}

/** Reads the variables, or says which one is missing or wrong. */
export function readExecutorEnvironment(variables: Variables): Result<ExecutorEnvironment> {
  for (const name of ["MESOS_AGENT_ENDPOINT", "MESOS_FRAMEWORK_ID", "MESOS_EXECUTOR_ID"]) {
    if (variables[name] === undefined) {
      return failure(
        `Cannot start an executor: ${name} is not set; an agent sets it for the executors it starts`,
      );
    }
  }
  const recovery = durationMs(variables, "MESOS_RECOVERY_TIMEOUT", DEFAULT_RECOVERY_TIMEOUT_MS);
  if (!recovery.ok) return recovery;
  const backoff = durationMs(variables, "MESOS_SUBSCRIPTION_BACKOFF_MAX", DEFAULT_MAX_BACKOFF_MS);
  if (!backoff.ok) return backoff;
  const grace = durationMs(
    variables,
    "MESOS_EXECUTOR_SHUTDOWN_GRACE_PERIOD",
    DEFAULT_SHUTDOWN_GRACE_PERIOD_MS,
  );
  if (!grace.ok) return grace;
  return success({
    agentOrigin: `http://${variables["MESOS_AGENT_ENDPOINT"] ?? ""}`,
    frameworkId: variables["MESOS_FRAMEWORK_ID"] ?? "",
    executorId: variables["MESOS_EXECUTOR_ID"] ?? "",
    directory: variables["MESOS_SANDBOX"] ?? variables["MESOS_DIRECTORY"],
    checkpoint: variables["MESOS_CHECKPOINT"] === "1",
    recoveryTimeoutMs: recovery.value,
    maxBackoffMs: backoff.value,
    shutdownGracePeriodMs: grace.value,
    token: variables["MESOS_EXECUTOR_AUTHENTICATION_TOKEN"],
  });
}
