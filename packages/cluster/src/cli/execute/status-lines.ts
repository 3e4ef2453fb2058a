// How `mezzo execute` prints a status update: line by line as mesos-execute does, since scripts read it.
import { formatResources, type CheckStatusInfo, type TaskStatus } from "@mezzo/wire";

function checkText({ type, command, http, tcp }: CheckStatusInfo): string {
  if (type === "COMMAND" && command !== undefined) {
    return command.exit_code === undefined ? "COMMAND" : `COMMAND exit code ${command.exit_code}`;
  }
  if (type === "HTTP" && http !== undefined) {
    return http.status_code === undefined ? "HTTP" : `HTTP status code ${http.status_code}`;
  }
  if (type === "TCP" && tcp !== undefined) {
    return tcp.succeeded === undefined ? "TCP" : `TCP connection ${tcp.succeeded ? "success" : "failure"}`;
  }
  return type === "UNKNOWN" ? "UNKNOWN" : "";
}

/** The lines of one update. @see Mesos src/cli/execute.cpp */
export function statusLines(status: TaskStatus): string[] {
  const lines = [`Received status update ${status.state} for task '${status.task_id.value}'`];
  if (status.message !== undefined) lines.push(`  message: '${status.message}'`);
  if (status.source !== undefined) lines.push(`  source: ${status.source}`);
  if (status.reason !== undefined) lines.push(`  reason: ${status.reason}`);
  if (status.healthy !== undefined) lines.push(`  healthy?: ${status.healthy ? 1 : 0}`);
  if (status.check_status !== undefined) lines.push(`  check status: ${checkText(status.check_status)}`);
  const limited = status.limitation?.resources ?? [];
  if (limited.length > 0) lines.push(`  resource limit violation: ${formatResources(limited)}`);
  return lines;
}
