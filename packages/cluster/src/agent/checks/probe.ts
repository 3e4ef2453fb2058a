// Checks of running tasks: what is tried, what came of it, what is remembered (`src/checks/checker_process.cpp`).
import type { CheckInfo, CheckStatusInfo, CommandInfo, HealthCheck } from "@mezzo/wire";

/** A task may have one check, whose result the framework sees, and one health check, whose failures end the task. */
export type ProbeKind = "check" | "health";

/** What is tried. HTTP and TCP go to the machine's own address. */
export type ProbeTarget =
  | { type: "COMMAND"; command: CommandInfo }
  | { type: "HTTP"; scheme: "http" | "https"; host: string; port: number; path: string }
  | { type: "TCP"; host: string; port: number };

/** What came of a try; `error` when it could not be carried out or took too long. */
export type ProbeResult =
  | { exitCode: number }
  | { statusCode: number }
  | { succeeded: boolean }
  | { error: string };

/** Progress of one kind of check of one task. */
export interface ProbeState {
  /** When the task started, ms: the grace period of a health check counts from then. */
  startedAt: number;
  /** A health check has not succeeded yet. */
  initializing: boolean;
  consecutiveFailures: number;
  /** The last result of a check that was reported. */
  reported?: CheckStatusInfo;
}

const LOOPBACK = { IPv4: "127.0.0.1", IPv6: "::1" } as const;

/** Where a check of the task points; undefined when its type and its parts do not agree. */
export function checkTarget(check: CheckInfo): ProbeTarget | undefined {
  if (check.type === "COMMAND") return check.command && { type: "COMMAND", command: check.command.command };
  if (check.type === "HTTP" && check.http) {
    const { port, path = "" } = check.http;
    return { type: "HTTP", scheme: "http", host: LOOPBACK.IPv4, port, path };
  }
  return check.type === "TCP" && check.tcp
    ? { type: "TCP", host: LOOPBACK.IPv4, port: check.tcp.port }
    : undefined;
}

/** The same of a health check; older frameworks leave its type out. */
export function healthTarget(check: HealthCheck): ProbeTarget | undefined {
  if (check.command) return { type: "COMMAND", command: check.command };
  if (check.http) {
    const { port, path = "", scheme, protocol = "IPv4" } = check.http;
    return {
      type: "HTTP",
      scheme: scheme === "https" ? "https" : "http",
      host: LOOPBACK[protocol],
      port,
      path,
    };
  }
  if (!check.tcp) return undefined;
  return { type: "TCP", host: LOOPBACK[check.tcp.protocol ?? "IPv4"], port: check.tcp.port };
}
