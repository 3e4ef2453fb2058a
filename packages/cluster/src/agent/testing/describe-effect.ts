// One effect as one line, for golden scripts: what matters, in a fixed wording, without ids that vary.
import type { AgentEffect, SendEffect } from "../effects.ts";
import type { CheckpointRecord } from "../checkpoint/record.ts";

/** The line of an effect; undefined for log lines. */
export function describeEffect(effect: AgentEffect): string | undefined {
  switch (effect.type) {
    case "log":
    case "keepDirectories":
      return undefined;
    case "send":
      return `send ${describeMessage(effect)}`;
    case "checkpoint":
      return `checkpoint ${describeRecord(effect.record)}`;
    case "launchContainer":
      return `launch ${effect.nested?.taskId ?? effect.executorId} as ${effect.user ?? "-"}${effect.survivesAgent ? "" : " tied"}`;
    case "prepareSandbox":
      return `prepare ${effect.executorId}`;
    case "runProbe":
      return `probe ${effect.kind} ${effect.target.type}`;
    case "cancelProbes":
      return "cancel probes";
    case "killContainer":
      return `kill ${effect.signal}`;
    case "updateContainer":
      // Beside every task that begins or ends; the tests of amounts look at it.
      return undefined;
    case "destroyContainer":
      return "destroy";
    case "executorEvent":
      return `event ${effect.event.type}${describeEvent(effect.event)}`;
    case "closeExecutor":
      return "close executor";
    case "setTimer":
      return `timer ${effect.timer.name} ${Math.round(effect.delayMs)}`;
    case "cancelTimer":
      return `cancel ${effect.timer.name}`;
    case "collectGarbage":
      return `garbage ${effect.paths.length}`;
    case "exit":
      return `exit ${effect.code}`;
    case "link":
      return `link ${effect.pid}`;
    case "detectMaster":
      return "detect master";
  }
}

function describeMessage(effect: SendEffect): string {
  if (effect.name !== "StatusUpdateMessage") return effect.name;
  const { status, latest_state } = effect.body.update;
  const latest =
    latest_state === undefined || latest_state === status.state ? "" : ` (latest ${latest_state})`;
  const words = [status.state, status.reason, status.message && JSON.stringify(status.message)];
  return `update ${status.task_id.value} ${words.filter((word) => word !== undefined).join(" ")}${latest}`;
}

function describeRecord(record: CheckpointRecord): string {
  if (record.kind === "update") return `update ${record.update.status.state}`;
  return record.kind;
}

function describeEvent(event: Extract<AgentEffect, { type: "executorEvent" }>["event"]): string {
  const tasks = event.launch_group?.task_group.tasks?.map((task) => task.task_id.value);
  const task = event.launch?.task.task_id ?? event.kill?.task_id ?? event.acknowledged?.task_id;
  const names = tasks ?? (task ? [task.value] : []);
  return names.length > 0 ? ` ${names.join(",")}` : "";
}
