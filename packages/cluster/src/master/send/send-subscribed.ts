// SUBSCRIBED: the framework's id and the master.
import type { Framework } from "../framework.ts";
import type { Turn } from "../turn.ts";
import { sendEvent } from "./send-event.ts";

/** How often an event stream gets a HEARTBEAT, milliseconds. @see Mesos src/master/constants.hpp */
export const HEARTBEAT_INTERVAL_MS = 15_000;

/** Tells the framework that it is subscribed. A driver hears `Reregistered` where it kept its process. */
export function sendSubscribed(turn: Turn, framework: Framework, options: { reregistered: boolean }): void {
  const body = { framework_id: framework.frameworkId, master_info: turn.state.info };
  sendEvent(turn, framework, {
    type: "SUBSCRIBED",
    event: () => ({
      type: "SUBSCRIBED",
      subscribed: {
        framework_id: framework.frameworkId,
        heartbeat_interval_seconds: HEARTBEAT_INTERVAL_MS / 1000,
        master_info: turn.state.info,
      },
    }),
    message: (to) =>
      options.reregistered
        ? { type: "send-message", to, name: "FrameworkReregisteredMessage", body }
        : { type: "send-message", to, name: "FrameworkRegisteredMessage", body },
  });
}
