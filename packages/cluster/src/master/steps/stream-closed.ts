// An event stream ended, a scheduler's or an operator's.
import { disconnectFramework } from "../changes/disconnect-framework.ts";
import type { Turn } from "../turn.ts";

/** Marks the framework disconnected, unless it has another stream by now. */
export function streamClosed(turn: Turn, streamId: string): void {
  const { frameworks, operatorStreams } = turn.state;
  if (operatorStreams.delete(streamId)) {
    turn.effects.push({ type: "cancel-timer", key: `heartbeat/${streamId}` });
    return;
  }
  const framework = frameworks.registered.get(frameworks.byStream.get(streamId) ?? "");
  if (framework !== undefined) disconnectFramework(turn, framework);
}
