// What values of flags Mesos refuses although they have the right type, in its words.
import { formatDuration } from "../../core/duration.ts";
import { parseNumber } from "../../core/parse-number.ts";

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
/** The agent bounds its retries by this, so that a master may not wait for less. */
const MIN_AGENT_REREGISTER_TIMEOUT_MS = 10 * MINUTE_MS;
const MAX_EXECUTOR_REREGISTRATION_TIMEOUT_MS = 15 * SECOND_MS;
const REGISTER_RETRY_INTERVAL_MAX_MS = MINUTE_MS;

/** @see Mesos src/master/flags.cpp */
export function checkPingTimeout(valueMs: number): string | undefined {
  const fits = valueMs >= SECOND_MS && valueMs <= 15 * MINUTE_MS;
  return fits ? undefined : "Expected `--agent_ping_timeout` to be between 1secs and 15mins";
}

/** @see Mesos src/master/master.cpp */
export function checkReregisterTimeout(valueMs: number): string | undefined {
  if (valueMs >= MIN_AGENT_REREGISTER_TIMEOUT_MS) return undefined;
  const value = formatDuration(valueMs);
  return `Invalid value '${value}' for --agent_reregister_timeout: Must be at least 10mins`;
}

/** @see Mesos src/master/master.cpp */
export function checkRemovalLimit(value: string): string | undefined {
  const wrong = (why: string): string =>
    `Invalid value '${value}' for --recovery_agent_removal_percent_limit: ${why}`;
  if (!value.endsWith("%")) return wrong("missing '%'");
  const percent = parseNumber(value.slice(0, -1));
  if (!percent.ok) return wrong(percent.error);
  return percent.value >= 0 && percent.value <= 100 ? undefined : wrong("Must be within [0%-100%]");
}

/** @see Mesos src/slave/flags.cpp */
export function checkExecutorReregistrationTimeout(valueMs: number): string | undefined {
  if (valueMs <= MAX_EXECUTOR_REREGISTRATION_TIMEOUT_MS) return undefined;
  return "Expected `--executor_reregistration_timeout` to be not more than 15secs";
}

/** @see Mesos src/slave/slave.cpp */
export function checkBackoffFactor(valueMs: number): string | undefined {
  if (valueMs <= REGISTER_RETRY_INTERVAL_MAX_MS) return undefined;
  const value = formatDuration(valueMs);
  return `Invalid value '${value}' for --registration_backoff_factor: Must be less than 1mins`;
}

/** @see Mesos src/slave/slave.cpp */
export function checkDiskHeadroom(value: number): string | undefined {
  if (value >= 0 && value <= 1) return undefined;
  return `Invalid value '${value}' for --gc_disk_headroom. Must be between 0.0 and 1.0`;
}

/** @see Mesos src/slave/flags.cpp */
export function checkStringValues(value: Record<string, unknown>): string | undefined {
  const allText = Object.values(value).every((each) => typeof each === "string");
  return allText ? undefined : "`executor_environment_variables` must only contain string values";
}

/** A check of a list that mixes a few names. */
export function someOf(flag: string, allowed: readonly string[]): (value: string) => string | undefined {
  const check = oneOf(flag, allowed);
  return (value) =>
    value
      .split(",")
      .map(check)
      .find((wrong) => wrong !== undefined);
}

/** A check that the value is one of a few, in the words Mesos' agent has for it. @see Mesos src/slave/slave.cpp */
export function oneOf(flag: string, allowed: readonly string[]): (value: string) => string | undefined {
  return (value) => {
    if (allowed.includes(value)) return undefined;
    return `Unknown option for '${flag}' flag ${value}. Please run the agent with '--help' to see the valid options.`;
  };
}
