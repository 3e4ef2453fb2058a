// HEARTBEAT: an event stream that is alive says so.
import { count } from "../counters.ts";
import type { Framework } from "../framework.ts";
import type { Turn } from "../turn.ts";
import { HEARTBEAT_INTERVAL_MS } from "./send-subscribed.ts";

/** Sends a HEARTBEAT now and sets the timer of the next. Nothing for drivers: they have links. */
export function sendHeartbeat(turn: Turn, framework: Framework): void {
  const connection = framework.connection;
  if (connection?.kind !== "http" || framework.state !== "connected") return;
  const { streamId } = connection;
  count(framework.counters.events, "HEARTBEAT");
  turn.effects.push(
    { type: "send-event", streamId, event: { type: "HEARTBEAT" } },
    {
      type: "set-timer",
      key: `heartbeat/${streamId}`,
      delayMs: HEARTBEAT_INTERVAL_MS,
      input: { timer: "heartbeat", streamId },
    },
  );
}
