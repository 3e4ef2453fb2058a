// The master wants a framework's executors shut down (`Slave::shutdownFramework` of Mesos).
import type { ShutdownFrameworkMessage } from "@mezzo/wire";
import { shutDownFramework } from "../executor/shut-down-framework.ts";
import { refuse, type Turn } from "../turn.ts";
import { removeStream } from "../updates/stream.ts";

/** Shuts the framework down here; its tasks get no further updates. */
export function shutDownFrameworkMessage(turn: Turn, from: string, message: ShutdownFrameworkMessage): void {
  const { state } = turn;
  const frameworkId = message.framework_id.value;
  if (state.master !== from) {
    return refuse(turn, "Ignoring a framework's shutdown: not from the expected master", { frameworkId });
  }
  if (state.phase === "RECOVERING" || state.phase === "DISCONNECTED") {
    return refuse(turn, "Ignoring a framework's shutdown: not registered", { frameworkId });
  }
  const framework = state.frameworks.get(frameworkId);
  if (framework !== undefined) return shutDownFramework(turn, framework);
  refuse(turn, "Cannot shut down an unknown framework", { frameworkId });
  // What was said about tasks that never arrived here has nobody to go to any more.
  for (const stream of state.streams.values()) {
    if (stream.frameworkId === frameworkId) removeStream(turn, stream);
  }
}
