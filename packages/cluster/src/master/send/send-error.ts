// ERROR: the master refuses to go on with this scheduler.
import type { Framework } from "../framework.ts";
import type { Turn } from "../turn.ts";
import { sendEvent } from "./send-event.ts";

/** Sends ERROR with a reason in Mesos' words. */
export function sendError(turn: Turn, framework: Framework, message: string): void {
  sendEvent(turn, framework, {
    type: "ERROR",
    event: () => ({ type: "ERROR", error: { message } }),
    message: (to) => ({ type: "send-message", to, name: "FrameworkErrorMessage", body: { message } }),
  });
}
