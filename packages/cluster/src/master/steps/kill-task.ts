// KILL: end a task.
import type { SchedulerCallKill } from "@mezzo/wire";
import type { Framework } from "../framework.ts";
import { type Turn, log } from "../turn.ts";
import { reconcileTasks } from "./reconcile-tasks.ts";

/**
 * Passes the kill on, or remembers it until the agent is back. For a task that the master does not know, the
 * framework hears what a reconciliation would say. @see Mesos src/master/master.cpp Master::kill
 */
export function killTask(turn: Turn, framework: Framework, call: SchedulerCallKill): void {
  const { state } = turn;
  state.counters.messages_kill_task++;
  const task = framework.tasks.get(call.task_id.value);
  if (task === undefined) return reconcileTasks(turn, framework, [call]);
  if (call.agent_id !== undefined && call.agent_id.value !== task.agent_id.value) {
    return log(turn, "warn", {
      message: "Cannot kill a task: it belongs to another agent",
      facts: { taskId: call.task_id.value, agentId: task.agent_id.value },
    });
  }
  const agent = state.agents.registered.get(task.agent_id.value);
  if (agent === undefined) return undefined;
  const killed = agent.killedTasks.get(framework.id);
  if (killed === undefined) agent.killedTasks.set(framework.id, new Set([call.task_id.value]));
  else killed.add(call.task_id.value);
  if (!agent.connected) return undefined;
  turn.effects.push({
    type: "send-message",
    to: agent.pid,
    name: "KillTaskMessage",
    body: {
      framework_id: framework.frameworkId,
      task_id: call.task_id,
      ...(call.kill_policy === undefined ? {} : { kill_policy: call.kill_policy }),
    },
  });
  return undefined;
}
