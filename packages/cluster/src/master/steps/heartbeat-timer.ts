// Time for the next HEARTBEAT.
import { sendHeartbeat } from "../send/send-heartbeat.ts";
import type { Turn } from "../turn.ts";

/** Sends it if the stream is still its framework's. */
export function heartbeatTimer(turn: Turn, streamId: string): void {
  const { frameworks } = turn.state;
  const framework = frameworks.registered.get(frameworks.byStream.get(streamId) ?? "");
  if (framework !== undefined) sendHeartbeat(turn, framework);
}
