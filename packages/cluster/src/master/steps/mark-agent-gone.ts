// MARK_AGENT_GONE: an operator says that an agent will never come back.
import type { TimeInfo } from "@mezzo/wire";
import { cancelGivingUp } from "../changes/cancel-giving-up.ts";
import { removeAgent } from "../changes/remove-agent.ts";
import { may } from "../authorization/may.ts";
import { addCompletedTask } from "../changes/remove-task.ts";
import { updateTask } from "../changes/update-task.ts";
import type { Framework } from "../framework.ts";
import { sendUpdate } from "../send/send-update.ts";
import type { UnreachableAgent } from "../state.ts";
import { createTaskUpdate } from "../status-update.ts";
import { toTimeInfo } from "../time-info.ts";
import type { Turn } from "../turn.ts";

/** What frameworks and the agent are told. */
const MESSAGE = "Agent has been marked gone";

/** Checks the call and writes it down; the answer follows the write. @see Mesos src/master/http.cpp markAgentGone */
export function markAgentGone(
  turn: Turn,
  { request, principal, agentId }: { request: number; principal?: string; agentId: string },
): void {
  const { agents } = turn.state;
  const answer = (status: number, body?: string): void => {
    turn.effects.push({ type: "respond", request, status, ...(body === undefined ? {} : { body }) });
  };
  if (!may(turn.state, principal, "MARK_AGENT_GONE")) return answer(403);
  if (agents.gone.has(agentId)) return answer(200);
  const leaving = agents.leaving.get(agentId);
  if (leaving === "gone") return answer(503, `Agent '${agentId}' is already being transitioned to gone`);
  if (leaving !== undefined) return answer(503, `Agent '${agentId}' is being transitioned to ${leaving}`);
  if (!agents.registered.has(agentId) && !agents.recovered.has(agentId) && !agents.unreachable.has(agentId)) {
    return answer(404, `Agent '${agentId}' not found`);
  }
  agents.leaving.set(agentId, "gone");
  const time = toTimeInfo(turn.now);
  turn.effects.push({
    type: "persist",
    operations: [{ kind: "mark-agent-gone", agentId, time }],
    continuation: { kind: "agent-gone", agentId, time, request },
  });
  return undefined;
}

/** Ends the tasks that were parked when the agent became unreachable. */
function endParkedTasks(turn: Turn, framework: Framework, taskIds: readonly string[]): void {
  const aware = framework.capabilities.has("PARTITION_AWARE");
  for (const taskId of taskIds) {
    const task = framework.unreachableTasks.get(taskId);
    if (task === undefined) continue;
    const update = createTaskUpdate(task, {
      state: aware ? "TASK_GONE_BY_OPERATOR" : "TASK_LOST",
      message: MESSAGE,
      reason: aware ? "REASON_AGENT_REMOVED_BY_OPERATOR" : "REASON_AGENT_REMOVED",
      now: turn.now,
    });
    updateTask(turn, task, update);
    if (framework.state === "connected") sendUpdate(turn, framework, { update });
    addCompletedTask(turn.state, framework, task);
    framework.unreachableTasks.delete(taskId);
  }
}

/** An unreachable agent becomes a gone one. */
function forgetUnreachable(turn: Turn, unreachable: UnreachableAgent): void {
  turn.state.agents.unreachable.delete(unreachable.id);
  for (const [frameworkId, taskIds] of unreachable.tasks) {
    const framework = turn.state.frameworks.registered.get(frameworkId);
    if (framework !== undefined) endParkedTasks(turn, framework, taskIds);
  }
}

/** The registry has the agent as gone. @see Mesos src/master/master.cpp Master::markGone */
export function agentGone(
  turn: Turn,
  { agentId, time, request }: { agentId: string; time: TimeInfo; request?: number },
): void {
  const { agents } = turn.state;
  agents.leaving.delete(agentId);
  agents.gone.set(agentId, time);
  const agent = agents.registered.get(agentId);
  const unreachable = agents.unreachable.get(agentId);
  if (agent !== undefined) {
    turn.effects.push({
      type: "send-message",
      to: agent.pid,
      name: "ShutdownMessage",
      body: { message: MESSAGE },
    });
    removeAgent(turn, agent, { kind: "gone", message: MESSAGE });
  } else if (unreachable !== undefined) {
    forgetUnreachable(turn, unreachable);
  }
  agents.recovered.delete(agentId);
  cancelGivingUp(turn, agentId);
  if (request !== undefined) turn.effects.push({ type: "respond", request, status: 200 });
}
