// Checks and health checks of tasks, and the results of checks. Follows src/common/validation.cpp.
import type { CheckInfo, CheckStatusInfo, CommandInfo, HealthCheck } from "../messages.gen.ts";
import { prefixed } from "./prefixed.ts";
import { validateCommandInfo } from "./validate-command-info.ts";

const SECONDS_OF_CHECK = ["delay_seconds", "interval_seconds", "timeout_seconds"] as const;
const SECONDS_OF_HEALTH_CHECK = [
  "delay_seconds",
  "grace_period_seconds",
  "interval_seconds",
  "timeout_seconds",
] as const;

function validateSeconds<F extends string>(
  check: { readonly [field in F]?: number },
  fields: readonly F[],
): string | undefined {
  const negative = fields.find((field) => (check[field] ?? 0) < 0);
  return negative === undefined ? undefined : `Expecting '${negative}' to be non-negative`;
}

function validateCommand(
  command: CommandInfo,
  noun: "Command check" | "Command health check",
): string | undefined {
  if (command.value === undefined) {
    return `${noun} must contain ${command.shell === false ? "'executable path'" : "'shell command'"}`;
  }
  const owner = noun === "Command check" ? "Check" : "Health check";
  return prefixed(`${owner}'s \`CommandInfo\` is invalid: `, validateCommandInfo(command));
}

function validateHealthKind({ type, command, http, tcp }: HealthCheck): string | undefined {
  switch (type) {
    case undefined:
      return "HealthCheck must specify 'type'";
    case "COMMAND":
      if (command === undefined) return "Expecting 'command' to be set for COMMAND health check";
      return validateCommand(command, "Command health check");
    case "HTTP":
      if (http === undefined) return "Expecting 'http' to be set for HTTP health check";
      if (http.scheme !== undefined && http.scheme !== "http" && http.scheme !== "https") {
        return `Unsupported HTTP health check scheme: '${http.scheme}'`;
      }
      if (http.path === undefined || http.path.startsWith("/")) return undefined;
      return `The path '${http.path}' of HTTP health check must start with '/'`;
    case "TCP":
      return tcp === undefined ? "Expecting 'tcp' to be set for TCP health check" : undefined;
    default:
      return "'UNKNOWN' is not a valid health check type";
  }
}

/** Checks a health check. */
export function validateHealthCheck(check: HealthCheck): string | undefined {
  return validateHealthKind(check) ?? validateSeconds(check, SECONDS_OF_HEALTH_CHECK);
}

function validateKind({ type, command, http, tcp }: CheckInfo): string | undefined {
  switch (type) {
    case undefined:
      return "CheckInfo must specify 'type'";
    case "COMMAND":
      if (command === undefined) return "Expecting 'command' to be set for COMMAND check";
      return validateCommand(command.command, "Command check");
    case "HTTP":
      if (http === undefined) return "Expecting 'http' to be set for HTTP check";
      if (http.path === undefined || http.path.startsWith("/")) return undefined;
      return `The path '${http.path}' of HTTP check must start with '/'`;
    case "TCP":
      return tcp === undefined ? "Expecting 'tcp' to be set for TCP check" : undefined;
    default:
      return "'UNKNOWN' is not a valid check type";
  }
}

/** Checks a check. */
export function validateCheckInfo(check: CheckInfo): string | undefined {
  return validateKind(check) ?? validateSeconds(check, SECONDS_OF_CHECK);
}

/** Checks the result of a check. */
export function validateCheckStatusInfo(status: CheckStatusInfo): string | undefined {
  if (status.type === undefined) return "CheckStatusInfo must specify 'type'";
  if (status.type === "UNKNOWN") return "'UNKNOWN' is not a valid check's status type";
  const result = { COMMAND: status.command, HTTP: status.http, TCP: status.tcp }[status.type];
  if (result !== undefined) return undefined;
  return `Expecting '${status.type.toLowerCase()}' to be set for ${status.type} check's status`;
}
