// A libprocess message arrived.
import { checkDrainedById } from "../changes/check-drained.ts";
import type { MessageInput } from "../inputs.ts";
import type { Turn } from "../turn.ts";
import { driverMessage } from "./driver-messages.ts";
import { executorMessage } from "./executor-message.ts";
import { exitedExecutor } from "./exited-executor.ts";
import { operationStatus } from "./operation-status.ts";
import { pong } from "./pong.ts";
import { registerAgent } from "./register-agent.ts";
import { reregisterAgent } from "./reregister-agent.ts";
import { statusUpdate } from "./status-update.ts";
import { unregisterAgent } from "./unregister-agent.ts";
import { updateAgent } from "./update-agent.ts";

/** Hands the message to its step. */
export function message(turn: Turn, input: MessageInput): void {
  const { from } = input;
  switch (input.name) {
    case "StatusUpdateMessage":
      return statusUpdate(turn, from, input.body);
    case "PongSlaveMessage":
      return pong(turn, from);
    case "RegisterSlaveMessage":
      return registerAgent(turn, input);
    case "ReregisterSlaveMessage":
      return reregisterAgent(turn, input);
    case "UnregisterSlaveMessage":
      return unregisterAgent(turn, from, input.body);
    case "UpdateSlaveMessage":
      updateAgent(turn, input.body);
      return checkDrainedById(turn, input.body.agent_id.value);
    case "ExitedExecutorMessage":
      return exitedExecutor(turn, input.body);
    case "ExecutorToFrameworkMessage":
      return executorMessage(turn, input.body);
    case "UpdateOperationStatusMessage":
      operationStatus(turn, from, input.body);
      return checkDrainedById(turn, input.body.agent_id?.value);
    case "SubmitSchedulerRequest":
      turn.effects.push({
        type: "send-message",
        to: from,
        name: "SubmitSchedulerResponse",
        body: { okay: false },
      });
      return undefined;
    default:
      return driverMessage(turn, input);
  }
}
