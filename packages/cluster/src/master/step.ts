// The master as a function: one input in, the state changed, the effects out.
import type { MasterEffect } from "./effects.ts";
import type { MasterInput } from "./inputs.ts";
import type { MasterState } from "./state.ts";
import { allocateOffers } from "./steps/allocate-offers.ts";
import { changeDraining } from "./steps/draining/change-draining.ts";
import { changeQuota } from "./steps/change-quota.ts";
import { driverCall } from "./steps/driver-call.ts";
import { exited } from "./steps/exited.ts";
import { changeMaintenance } from "./steps/maintenance/change-maintenance.ts";
import { markAgentGone } from "./steps/mark-agent-gone.ts";
import { message } from "./steps/message.ts";
import { operatorOperation } from "./steps/operator-operation.ts";
import { operatorSubscribe } from "./steps/operator-subscribe.ts";
import { persisted } from "./steps/persisted.ts";
import { recover } from "./steps/recover.ts";
import { schedulerCall } from "./steps/scheduler-call.ts";
import { streamClosed } from "./steps/stream-closed.ts";
import { teardownByOperator } from "./steps/teardown-by-operator.ts";
import { timer } from "./steps/timer.ts";
import { updateWhitelist } from "./steps/update-whitelist.ts";
import { updateWeights } from "./steps/update-weights.ts";
import type { Turn } from "./turn.ts";

/** Hands the input to its step. */
function dispatch(turn: Turn, input: MasterInput): void {
  switch (input.type) {
    case "message":
      return message(turn, input);
    case "scheduler-call":
      return schedulerCall(turn, input);
    case "driver-call":
      return driverCall(turn, input);
    case "persisted":
      return persisted(turn, input.continuation);
    case "timer":
      return timer(turn, input);
    case "allocate":
      return allocateOffers(turn);
    case "exited":
      return exited(turn, input.pid);
    case "stream-closed":
      return streamClosed(turn, input.streamId);
    case "teardown":
      return teardownByOperator(turn, input);
    case "operator-subscribe":
      return operatorSubscribe(turn, input);
    case "mark-agent-gone":
      return markAgentGone(turn, input);
    case "update-maintenance-schedule":
    case "start-maintenance":
    case "stop-maintenance":
      return changeMaintenance(turn, input);
    case "drain-agent":
    case "deactivate-agent":
    case "reactivate-agent":
      return changeDraining(turn, input);
    case "update-whitelist":
      return updateWhitelist(turn, input.hostnames);
    case "update-weights":
      return updateWeights(turn, input);
    case "update-quota":
    case "set-quota":
    case "remove-quota":
      return changeQuota(turn, input);
    case "operator-operation":
      return operatorOperation(turn, input);
    case "authenticate":
      turn.state.counters.messages_authenticate++;
      return undefined;
    case "recovered":
      return recover(turn, input.registry);
  }
}

/**
 * One transition. `now` is milliseconds since 1970. Until the registry has been read, agents and drivers are ignored:
 * they retry; HTTP callers are turned away before they get here.
 */
export function step(state: MasterState, input: MasterInput, now: number): MasterEffect[] {
  const turn: Turn = { state, now, effects: [] };
  if (!state.recovered && (input.type === "message" || input.type === "driver-call")) {
    state.counters.dropped_messages++;
    return turn.effects;
  }
  dispatch(turn, input);
  return turn.effects;
}
