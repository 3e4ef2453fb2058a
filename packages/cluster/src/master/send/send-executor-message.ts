// MESSAGE: bytes from an executor, passed through.
import type { ExecutorToFrameworkMessage } from "@mezzo/wire";
import type { Framework } from "../framework.ts";
import type { Turn } from "../turn.ts";
import { sendEvent } from "./send-event.ts";

/** Passes an executor's message to its framework; `data` stays base64. */
export function sendExecutorMessage(
  turn: Turn,
  framework: Framework,
  body: ExecutorToFrameworkMessage,
): void {
  sendEvent(turn, framework, {
    type: "MESSAGE",
    event: () => ({
      type: "MESSAGE",
      message: { agent_id: body.agent_id, executor_id: body.executor_id, data: body.data },
    }),
    message: (to) => ({ type: "send-message", to, name: "ExecutorToFrameworkMessage", body }),
  });
}
