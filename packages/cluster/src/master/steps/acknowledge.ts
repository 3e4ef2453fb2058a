// ACKNOWLEDGE: the framework has seen an update; the agent may send the next one.
import type { SchedulerCallAcknowledge } from "@mezzo/wire";
import { checkDrained } from "../changes/check-drained.ts";
import { removeTask } from "../changes/remove-task.ts";
import type { Framework } from "../framework.ts";
import { isTerminalState } from "../task-states.ts";
import { type Turn, log } from "../turn.ts";

/** Forwards the acknowledgement, and forgets a task whose end is acknowledged. @see Mesos src/master/master.cpp */
export function acknowledge(turn: Turn, framework: Framework, call: SchedulerCallAcknowledge): void {
  const { state } = turn;
  state.counters.messages_status_update_acknowledgement++;
  const drop = (reason: string): void => {
    state.counters.invalid_status_update_acknowledgements++;
    log(turn, "warn", {
      message: "Cannot forward a status update acknowledgement",
      facts: { frameworkId: framework.id, taskId: call.task_id.value, agentId: call.agent_id.value, reason },
    });
  };
  const agent = state.agents.registered.get(call.agent_id.value);
  if (agent === undefined) return drop("agent is not registered");
  if (!agent.connected) return drop("agent is disconnected");
  const task = agent.tasks.get(framework.id)?.get(call.task_id.value);
  if (task !== undefined) {
    if (task.status_update_state === undefined) return drop("the update was not sent by this master");
    if (isTerminalState(task.status_update_state) && task.status_update_uuid === call.uuid) {
      removeTask(turn, task, { unreachable: false });
    }
  }
  state.counters.valid_status_update_acknowledgements++;
  turn.effects.push({
    type: "send-message",
    to: agent.pid,
    name: "StatusUpdateAcknowledgementMessage",
    body: {
      agent_id: agent.agentId,
      framework_id: framework.frameworkId,
      task_id: call.task_id,
      uuid: call.uuid,
    },
  });
  return checkDrained(turn, agent);
}
