// A scheduler's event stream ended.
import { disconnectFramework } from "../changes/disconnect-framework.ts";
import type { Turn } from "../turn.ts";

/** Marks the framework disconnected, unless it has another stream by now. */
export function streamClosed(turn: Turn, streamId: string): void {
  const { frameworks } = turn.state;
  const framework = frameworks.registered.get(frameworks.byStream.get(streamId) ?? "");
  if (framework !== undefined) disconnectFramework(turn, framework);
}
