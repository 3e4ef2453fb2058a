// UPDATE: the state of a task.
import type { StatusUpdate, TaskStatus } from "@mezzo/wire";
import type { Framework } from "../framework.ts";
import { NO_PID } from "../no-pid.ts";
import type { Turn } from "../turn.ts";
import { sendEvent } from "./send-event.ts";

/** The status as a v1 scheduler sees it. @see Mesos src/internal/evolve.cpp */
function eventStatus(update: StatusUpdate, acknowledgee: string | undefined): TaskStatus {
  const { uuid: _, ...status } = update.status;
  return {
    ...status,
    ...(update.agent_id === undefined ? {} : { agent_id: update.agent_id }),
    ...(update.executor_id === undefined ? {} : { executor_id: update.executor_id }),
    timestamp: update.timestamp,
    ...(acknowledgee === undefined || update.uuid === undefined || update.uuid === ""
      ? {}
      : { uuid: update.uuid }),
  };
}

/**
 * Sends a status update. With an `acknowledgee` (the agent's address) the framework must acknowledge it and the task
 * remembers which update that is; without one the update comes from the master and carries no uuid.
 * @see Mesos src/master/master.cpp Master::forward
 */
export function sendUpdate(
  turn: Turn,
  framework: Framework,
  { update, acknowledgee }: { update: StatusUpdate; acknowledgee?: string },
): void {
  if (update.uuid !== undefined) {
    const task = framework.tasks.get(update.status.task_id.value);
    if (task !== undefined) {
      task.status_update_state = update.status.state;
      if (update.status.uuid !== undefined) task.status_update_uuid = update.status.uuid;
    }
  }
  sendEvent(turn, framework, {
    type: "UPDATE",
    event: () => ({ type: "UPDATE", update: { status: eventStatus(update, acknowledgee) } }),
    message: (to) => ({
      type: "send-message",
      to,
      name: "StatusUpdateMessage",
      body: { update, pid: acknowledgee ?? NO_PID },
    }),
  });
}
