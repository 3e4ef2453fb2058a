// A framework ends: torn down, or it failed over too late.
import { removeFramework as removeFromAllocator } from "../../allocator/remove-framework.ts";
import type { Framework } from "../framework.ts";
import { sendOperatorEvent } from "../send/send-operator-event.ts";
import type { MasterState } from "../state.ts";
import { createTaskUpdate } from "../status-update.ts";
import { type Turn, log } from "../turn.ts";
import { checkDrained } from "./check-drained.ts";
import { closeConnection, deactivate } from "./disconnect-framework.ts";
import { removeExecutor } from "./executors.ts";
import { announceTotals, releaseOperations } from "./release-operations.ts";
import { addCompletedTask, removeTask } from "./remove-task.ts";
import { untrackRole } from "./track-role.ts";
import { updateTask } from "./update-task.ts";

/** Kills every task of the framework in the books; the agents are told separately. */
function endTasks(turn: Turn, framework: Framework): void {
  const facts = {
    state: "TASK_KILLED",
    message: `Framework ${framework.id} removed`,
    reason: "REASON_FRAMEWORK_REMOVED",
    now: turn.now,
  } as const;
  for (const task of framework.tasks.values()) {
    updateTask(turn, task, createTaskUpdate(task, facts));
    removeTask(turn, task, { unreachable: false });
  }
  for (const task of framework.unreachableTasks.values()) {
    updateTask(turn, task, createTaskUpdate(task, facts));
    addCompletedTask(turn.state, framework, task);
  }
  framework.unreachableTasks.clear();
}

/** Keeps the framework in the bounded history. */
function addCompletedFramework(state: MasterState, framework: Framework): void {
  const { completed } = state.frameworks;
  completed.set(framework.id, framework);
  if (completed.size > state.options.maxCompletedFrameworks) {
    const oldest = completed.keys().next();
    if (oldest.done !== true) completed.delete(oldest.value);
  }
}

/** Removes a framework with all it has. @see Mesos src/master/master.cpp Master::removeFramework */
export function removeFramework(turn: Turn, framework: Framework): void {
  const { state } = turn;
  log(turn, "info", { message: "Removing framework", facts: { frameworkId: framework.id } });
  deactivate(turn, framework, { rescind: false });
  for (const agent of state.agents.registered.values()) {
    turn.effects.push({
      type: "send-message",
      to: agent.pid,
      name: "ShutdownFrameworkMessage",
      body: { framework_id: framework.frameworkId },
    });
  }
  endTasks(turn, framework);
  for (const [agentId, executors] of framework.executors) {
    const agent = state.agents.registered.get(agentId);
    if (agent === undefined) continue;
    for (const executorId of executors.keys()) {
      removeExecutor(turn, agent, { frameworkId: framework.id, executorId });
    }
  }
  const shrunk = releaseOperations(state, framework);
  closeConnection(turn, framework);
  turn.effects.push({ type: "cancel-timer", key: `framework-failover/${framework.id}` });
  framework.unregisteredTime = turn.now;
  for (const role of framework.roles) untrackRole(state, framework, role);
  if (framework.connection?.kind === "driver") state.frameworks.byPid.delete(framework.connection.pid);
  state.frameworks.registered.delete(framework.id);
  removeFromAllocator(state.allocator, framework.id);
  announceTotals(state, shrunk);
  addCompletedFramework(state, framework);
  sendOperatorEvent(turn, (viewer) =>
    viewer.framework(framework.info)
      ? { type: "FRAMEWORK_REMOVED", framework_removed: { framework_info: framework.info } }
      : undefined,
  );
  for (const agent of state.agents.registered.values()) checkDrained(turn, agent);
}
