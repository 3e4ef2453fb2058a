// SHUTDOWN: end an executor with all its tasks.
import type { SchedulerCallShutdown } from "@mezzo/wire";
import type { Framework } from "../framework.ts";
import { type Turn, log } from "../turn.ts";

/** Passes the call on to a registered agent. */
export function shutdownExecutor(turn: Turn, framework: Framework, call: SchedulerCallShutdown): void {
  const agent = turn.state.agents.registered.get(call.agent_id.value);
  if (agent === undefined) {
    return log(turn, "warn", {
      message: "Cannot shut an executor down: its agent is unknown",
      facts: { executorId: call.executor_id.value, agentId: call.agent_id.value },
    });
  }
  turn.effects.push({
    type: "send-message",
    to: agent.pid,
    name: "ShutdownExecutorMessage",
    body: { executor_id: call.executor_id, framework_id: framework.frameworkId },
  });
  return undefined;
}
