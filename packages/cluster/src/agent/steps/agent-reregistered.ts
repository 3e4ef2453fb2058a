// The master knows the agent again, and asks about tasks that the agent did not name (`Slave::reregistered` of Mesos).
import type { ReconcileTasksMessage, SlaveReregisteredMessage } from "@mezzo/wire";
import { executorOfTask } from "../lookup.ts";
import { becomeRunning, sendAgentUpdate } from "../registration/registered.ts";
import { hasCapability } from "../task/task-states.ts";
import { createAgentUpdate } from "../updates/create-update.ts";
import { enqueueUpdate } from "../updates/stream.ts";
import { emit, note, refuse, type Turn } from "../turn.ts";

/** Goes on working; tasks unknown here are reported as dropped. */
export function agentReregistered(turn: Turn, from: string, message: SlaveReregisteredMessage): void {
  const { state } = turn;
  if (state.master !== from) {
    return refuse(turn, "Ignoring a re-registration: not from the expected master", { from });
  }
  if (state.info.id?.value !== message.agent_id.value) {
    const reason = `Re-registered but got wrong id: ${message.agent_id.value} (expected: ${state.info.id?.value})`;
    return emit(turn, { type: "exit", code: 1, message: reason });
  }
  if (state.phase === "DISCONNECTED") {
    note(turn, "info", { message: "Re-registered", facts: { agentId: message.agent_id.value } });
    emit(turn, {
      type: "checkpoint",
      record: { kind: "agent", agentId: message.agent_id.value, info: state.info },
    });
    becomeRunning(turn, message.connection);
  } else if (state.phase !== "RUNNING") {
    return refuse(turn, "Ignoring a re-registration", { phase: state.phase });
  }
  sendAgentUpdate(turn);
  for (const reconciliation of message.reconciliations ?? []) reconcile(turn, reconciliation);
}

function reconcile(turn: Turn, { framework_id, framework: info, statuses }: ReconcileTasksMessage): void {
  const framework = turn.state.frameworks.get(framework_id.value);
  for (const { task_id } of statuses ?? []) {
    if (framework && executorOfTask(framework, task_id.value)) continue;
    const aware = info !== undefined && hasCapability(info, "PARTITION_AWARE");
    const update = createAgentUpdate(turn, {
      frameworkId: framework_id.value,
      taskId: task_id.value,
      state: aware ? "TASK_DROPPED" : "TASK_LOST",
      reason: "REASON_RECONCILIATION",
      message: "Reconciliation: task unknown to the agent",
    });
    // Straight to the stream: the framework may be unknown here.
    enqueueUpdate(turn, update);
  }
}
