// FAILURE with an executor: it ended.
import type { ExitedExecutorMessage } from "@mezzo/wire";
import type { Framework } from "../framework.ts";
import type { Turn } from "../turn.ts";
import { sendEvent } from "./send-event.ts";

/** Tells the framework; `status` is a wait(2) status. */
export function sendExecutorExited(turn: Turn, framework: Framework, body: ExitedExecutorMessage): void {
  sendEvent(turn, framework, {
    type: "FAILURE",
    event: () => ({
      type: "FAILURE",
      failure: { agent_id: body.agent_id, executor_id: body.executor_id, status: body.status },
    }),
    message: (to) => ({ type: "send-message", to, name: "ExitedExecutorMessage", body }),
  });
}
