// ExitedExecutorMessage: an executor ended.
import type { ExitedExecutorMessage } from "@mezzo/wire";
import { removeExecutor } from "../changes/executors.ts";
import { sendExecutorExited } from "../send/send-executor-exited.ts";
import type { MasterState } from "../state.ts";
import { type Turn, log } from "../turn.ts";

/**
 * An executor that ended while its agent's return is being written: the agent named it in its re-registration, and does not
 * say again that it ended. Returns whether it was named.
 */
function forgetReturning(
  { agents }: MasterState,
  { agent_id, framework_id, executor_id }: ExitedExecutorMessage,
): boolean {
  const body = agents.reregistering.get(agent_id.value)?.body;
  const executors = body?.executor_infos ?? [];
  const kept = executors.filter(
    (info) => info.framework_id?.value !== framework_id.value || info.executor_id.value !== executor_id.value,
  );
  if (body === undefined || kept.length === executors.length) return false;
  body.executor_infos = kept;
  return true;
}

/** Forgets the executor and tells the framework. @see Mesos src/master/master.cpp Master::exitedExecutor */
export function exitedExecutor(turn: Turn, body: ExitedExecutorMessage): void {
  const { state } = turn;
  state.counters.messages_exited_executor++;
  const agent = state.agents.registered.get(body.agent_id.value);
  const frameworkId = body.framework_id.value;
  const executorId = body.executor_id.value;
  const isKnown = agent?.executors.get(frameworkId)?.has(executorId) === true;
  if (!forgetReturning(state, body) && !isKnown) {
    return log(turn, "warn", {
      message: "Ignoring the end of an unknown executor",
      facts: { frameworkId, executorId },
    });
  }
  if (isKnown) removeExecutor(turn, agent, { frameworkId, executorId });
  const framework = state.frameworks.registered.get(frameworkId);
  if (framework?.state === "connected") sendExecutorExited(turn, framework, body);
  return undefined;
}
