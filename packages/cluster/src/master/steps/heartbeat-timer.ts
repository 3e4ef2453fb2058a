// Time for the next HEARTBEAT.
import { sendHeartbeat } from "../send/send-heartbeat.ts";
import { sendOperatorHeartbeat } from "../send/send-operator-event.ts";
import type { Turn } from "../turn.ts";

/** Sends it if the stream is still its framework's. */
export function heartbeatTimer(turn: Turn, streamId: string): void {
  const { frameworks, operatorStreams } = turn.state;
  if (operatorStreams.has(streamId)) return sendOperatorHeartbeat(turn, streamId);
  const framework = frameworks.registered.get(frameworks.byStream.get(streamId) ?? "");
  return framework === undefined ? undefined : sendHeartbeat(turn, framework);
}
