// An operator wants to hear what happens in the cluster.
import type { MasterResponseGetState } from "@mezzo/wire";
import { viewerOf } from "../../authorization/viewer.ts";
import { sendOperatorHeartbeat } from "../send/send-operator-event.ts";
import { HEARTBEAT_INTERVAL_MS } from "../send/send-subscribed.ts";
import type { Turn } from "../turn.ts";

/** Opens the stream with a snapshot; when there are too many, the oldest ends. @see Mesos master.cpp Master::subscribe */
export function operatorSubscribe(
  turn: Turn,
  {
    request,
    principal,
    uuid,
    snapshot,
  }: { request: number; principal?: string; uuid: string; snapshot: MasterResponseGetState },
): void {
  const { operatorStreams, options } = turn.state;
  const oldest = operatorStreams.keys().next();
  if (operatorStreams.size >= options.maxOperatorEventStreamSubscribers && oldest.done !== true) {
    operatorStreams.delete(oldest.value);
    turn.effects.push(
      { type: "cancel-timer", key: `heartbeat/${oldest.value}` },
      { type: "close-stream", streamId: oldest.value },
    );
  }
  operatorStreams.set(uuid, viewerOf(turn.state.authorizer, principal));
  turn.effects.push(
    { type: "open-stream", request, streamId: uuid, owner: "operator" },
    {
      type: "send-operator-event",
      streamIds: [uuid],
      event: {
        type: "SUBSCRIBED",
        subscribed: { get_state: snapshot, heartbeat_interval_seconds: HEARTBEAT_INTERVAL_MS / 1000 },
      },
    },
  );
  sendOperatorHeartbeat(turn, uuid);
}
