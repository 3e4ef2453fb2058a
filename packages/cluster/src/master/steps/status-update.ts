// StatusUpdateMessage: a task changed.
import { type FrameworkID, type StatusUpdate, type StatusUpdateMessage, validateUuid } from "@mezzo/wire";
import type { Agent } from "../agent.ts";
import { updateTask } from "../changes/update-task.ts";
import { sendUpdate } from "../send/send-update.ts";
import { type Turn, log } from "../turn.ts";

/** Forwards the update to its framework and applies it. @see Mesos src/master/master.cpp Master::statusUpdate */
export function statusUpdate(turn: Turn, from: string, body: StatusUpdateMessage): void {
  const { state } = turn;
  const { update } = body;
  state.counters.messages_status_update++;
  const drop = (reason: string): void => {
    state.counters.invalid_status_updates++;
    log(turn, "warn", {
      message: `Ignoring a status update: ${reason}`,
      facts: { from, taskId: update.status.task_id.value, frameworkId: update.framework_id.value },
    });
  };
  const agent = state.agents.registered.get(update.agent_id?.value ?? "");
  if (agent === undefined) return drop("unknown agent");
  if (update.uuid === undefined || validateUuid(update.uuid) !== undefined) return drop("Not a valid UUID");
  const framework = state.frameworks.registered.get(update.framework_id.value);
  if (framework === undefined && state.frameworks.completed.has(update.framework_id.value)) {
    return tellAgain(turn, agent, update.framework_id);
  }
  const reachable = framework?.state === "connected";
  if (framework !== undefined && reachable) {
    sendUpdate(turn, framework, { update, acknowledgee: body.pid ?? from });
  }
  const task = agent.tasks.get(update.framework_id.value)?.get(update.status.task_id.value);
  if (task === undefined) return drop("unknown task");
  if (update.status.source === "SOURCE_EXECUTOR" && task.executor_id !== undefined) {
    agent.unconfirmedExecutors.delete(`${update.framework_id.value}/${task.executor_id.value}`);
  }
  updateTask(turn, task, update);
  // What was told before does not hold any more: a framework that asks before it hears of this is told the task's state.
  if (!reachable && isDenial(update)) delete task.status_update_state;
  state.counters[reachable ? "valid_status_updates" : "invalid_status_updates"]++;
  return undefined;
}

/** The agent was asked about a task and does not know it. */
function isDenial({ status }: StatusUpdate): boolean {
  return status.source === "SOURCE_AGENT" && status.reason === "REASON_RECONCILIATION";
}

/**
 * An update of a framework that has ended. One may have been on its way; an agent that sends a second one has missed the
 * end, and would go on for ever.
 */
function tellAgain(turn: Turn, agent: Agent, frameworkId: FrameworkID): void {
  turn.state.counters.invalid_status_updates++;
  if (!agent.lateUpdates.delete(frameworkId.value)) {
    agent.lateUpdates.add(frameworkId.value);
    return;
  }
  turn.effects.push({
    type: "send-message",
    to: agent.pid,
    name: "ShutdownFrameworkMessage",
    body: { framework_id: frameworkId },
  });
}
