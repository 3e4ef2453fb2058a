// The one way an event leaves for a framework.
import type { SchedulerEvent, SchedulerEventType } from "@mezzo/wire";
import { count } from "../counters.ts";
import type { SendMessage } from "../effects.ts";
import type { Framework } from "../framework.ts";
import { type Turn, log } from "../turn.ts";

/** An event in the two forms it can take: v1 for event streams, a libprocess message for older drivers. */
export interface OutgoingEvent {
  type: SchedulerEventType;
  event: () => SchedulerEvent;
  /** Without `to`; absent for events that drivers do not know. */
  message?: (to: string) => SendMessage;
}

/**
 * Sends to the framework's connection. A driver gets it even when its link is thought broken, because a driver may
 * not know yet; a closed event stream gets nothing.
 * @see Mesos src/master/master.hpp Framework::send
 */
export function sendEvent(turn: Turn, framework: Framework, outgoing: OutgoingEvent): void {
  count(framework.counters.events, outgoing.type);
  const connection = framework.connection;
  if (connection?.kind === "driver") {
    if (outgoing.message !== undefined) turn.effects.push(outgoing.message(connection.pid));
    return;
  }
  if (connection === undefined || framework.state !== "connected") {
    log(turn, "warn", {
      message: "Cannot send an event to a framework that is not connected",
      facts: { frameworkId: framework.id, event: outgoing.type },
    });
    return;
  }
  turn.effects.push({ type: "send-event", streamId: connection.streamId, event: outgoing.event() });
}
