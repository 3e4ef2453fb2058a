// ExitedExecutorMessage: an executor ended.
import type { ExitedExecutorMessage } from "@mezzo/wire";
import { removeExecutor } from "../changes/executors.ts";
import { sendExecutorExited } from "../send/send-executor-exited.ts";
import { type Turn, log } from "../turn.ts";

/** Forgets the executor and tells the framework. @see Mesos src/master/master.cpp Master::exitedExecutor */
export function exitedExecutor(turn: Turn, body: ExitedExecutorMessage): void {
  const { state } = turn;
  state.counters.messages_exited_executor++;
  const agent = state.agents.registered.get(body.agent_id.value);
  const frameworkId = body.framework_id.value;
  const executorId = body.executor_id.value;
  if (agent?.executors.get(frameworkId)?.has(executorId) !== true) {
    return log(turn, "warn", {
      message: "Ignoring the end of an unknown executor",
      facts: { frameworkId, executorId },
    });
  }
  removeExecutor(turn, agent, { frameworkId, executorId });
  const framework = state.frameworks.registered.get(frameworkId);
  if (framework?.state === "connected") sendExecutorExited(turn, framework, body);
  return undefined;
}
