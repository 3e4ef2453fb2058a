// Results of checks as task statuses carry them.
import type { CheckInfo, CheckStatusInfo } from "@mezzo/wire";
import type { ProbeResult } from "./probe.ts";

/** The status of a check without a result: before the first one, or when it could not be carried out. */
export function emptyCheckStatus({ type }: Pick<CheckInfo, "type">): CheckStatusInfo {
  switch (type) {
    case "COMMAND":
      return { type, command: {} };
    case "HTTP":
      return { type, http: {} };
    case "TCP":
      return { type, tcp: {} };
    default:
      return {};
  }
}

/** The status for a result. */
export function checkStatusOf(check: Pick<CheckInfo, "type">, result: ProbeResult): CheckStatusInfo {
  if ("exitCode" in result) return { type: "COMMAND", command: { exit_code: result.exitCode } };
  if ("statusCode" in result) return { type: "HTTP", http: { status_code: result.statusCode } };
  if ("succeeded" in result) return { type: "TCP", tcp: { succeeded: result.succeeded } };
  return emptyCheckStatus(check);
}

/** HTTP answers below 200 and from 400 on are failures (`src/checks/health_checker.cpp`). */
const HTTP_HEALTHY = { from: 200, below: 400 };

/** Whether a health check passed. */
export function isHealthy(result: ProbeResult): boolean {
  if ("exitCode" in result) return result.exitCode === 0;
  if ("succeeded" in result) return result.succeeded;
  if (!("statusCode" in result)) return false;
  return result.statusCode >= HTTP_HEALTHY.from && result.statusCode < HTTP_HEALTHY.below;
}
