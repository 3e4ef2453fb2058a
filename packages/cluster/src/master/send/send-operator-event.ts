// Events for operators that subscribed to the cluster. They are made only when somebody listens.
import type { MasterEvent } from "@mezzo/wire";
import type { Viewer } from "../../authorization/viewer.ts";
import type { Framework } from "../framework.ts";
import { toTimeInfo } from "../time-info.ts";
import type { Turn } from "../turn.ts";
import { HEARTBEAT_INTERVAL_MS } from "./send-subscribed.ts";

/**
 * Tells every operator who may see it: `makeEvent` is asked once for all who see everything, and for each of the others.
 * @see Mesos docs/operator-http-api.md, "Events"
 */
export function sendOperatorEvent(turn: Turn, makeEvent: (viewer: Viewer) => MasterEvent | undefined): void {
  const streamsOf = new Map<Viewer, string[]>();
  for (const [streamId, viewer] of turn.state.operatorStreams) {
    const streamIds = streamsOf.get(viewer);
    if (streamIds === undefined) streamsOf.set(viewer, [streamId]);
    else streamIds.push(streamId);
  }
  for (const [viewer, streamIds] of streamsOf) {
    const event = makeEvent(viewer);
    if (event !== undefined) turn.effects.push({ type: "send-operator-event", streamIds, event });
  }
}

/** A framework was added or changed. */
export function sendFrameworkEvent(
  turn: Turn,
  framework: Framework,
  type: "FRAMEWORK_ADDED" | "FRAMEWORK_UPDATED",
): void {
  sendOperatorEvent(turn, (viewer) => {
    if (!viewer.framework(framework.info)) return undefined;
    // Less than GET_FRAMEWORKS shows: no resources, offers or constraints.
    const body = {
      framework: {
        framework_info: framework.info,
        active: framework.active,
        connected: framework.state === "connected",
        recovered: framework.state === "recovered",
        registered_time: toTimeInfo(framework.registeredTime),
        reregistered_time: toTimeInfo(framework.reregisteredTime),
        unregistered_time: toTimeInfo(framework.unregisteredTime),
      },
    };
    return type === "FRAMEWORK_ADDED" ? { type, framework_added: body } : { type, framework_updated: body };
  });
}

/** Sends one operator a HEARTBEAT and sets the timer of the next. */
export function sendOperatorHeartbeat(turn: Turn, streamId: string): void {
  turn.effects.push(
    { type: "send-operator-event", streamIds: [streamId], event: { type: "HEARTBEAT" } },
    {
      type: "set-timer",
      key: `heartbeat/${streamId}`,
      delayMs: HEARTBEAT_INTERVAL_MS,
      input: { timer: "heartbeat", streamId },
    },
  );
}
