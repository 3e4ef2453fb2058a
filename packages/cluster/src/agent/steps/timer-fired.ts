// A timer's time has come.
import type { AgentTimer } from "../timers.ts";
import { forwardOversubscribed } from "../oversubscription/forward-oversubscribed.ts";
import { sendOperationStatus } from "../operations/operation-status.ts";
import { register } from "../registration/register.ts";
import { sendAgain, streamKey, UPDATE_RETRY_MAX_MS } from "../updates/stream.ts";
import type { Turn } from "../turn.ts";
import { commandCompletionTimeout, commandKillTimeout } from "./command-timeouts.ts";
import {
  executorHeartbeat,
  executorRegistrationTimeout,
  executorReregistrationTimeout,
  executorShutdownTimeout,
} from "./executor-timeouts.ts";
import { probeDue } from "./probe-due.ts";
import { pingTimeout } from "./ping-timeout.ts";

/** Leads each timer to its step. Timers are cancelled late or never, so each step looks whether it still applies. */
export function timerFired(turn: Turn, timer: AgentTimer): void {
  switch (timer.name) {
    case "register":
      return register(turn);
    case "pingTimeout":
      return pingTimeout(turn);
    case "updateRetry":
      return retryUpdate(turn, timer);
    case "executorRegistration":
      return executorRegistrationTimeout(turn, timer);
    case "executorShutdown":
      return executorShutdownTimeout(turn, timer);
    case "executorHeartbeat":
      return executorHeartbeat(turn, timer);
    case "executorReregistration":
      return executorReregistrationTimeout(turn);
    case "oversubscription":
      return forwardOversubscribed(turn);
    case "commandKill":
      return commandKillTimeout(turn, timer);
    case "commandCompletion":
      return commandCompletionTimeout(turn, timer);
    case "operationRetry":
      return retryOperation(turn, timer);
    case "probe":
      return probeDue(turn, timer);
  }
}

function retryOperation(turn: Turn, of: { operationUuid: string; retryMs: number }): void {
  const operation = turn.state.operations.get(of.operationUuid);
  if (operation !== undefined) sendOperationStatus(turn, operation, of.retryMs * 2);
}

/** An update was not acknowledged in time: again, and the next pause is twice as long. */
function retryUpdate(turn: Turn, of: { frameworkId: string; taskId: string }): void {
  const stream = turn.state.streams.get(streamKey(of.frameworkId, of.taskId));
  if (stream === undefined) return;
  stream.retryMs = Math.min(stream.retryMs * 2, UPDATE_RETRY_MAX_MS);
  sendAgain(turn, stream);
}
