// Ends everything a framework has here.
import type { FrameworkState } from "../state.ts";
import { note, type Turn } from "../turn.ts";
import { removeExecutor } from "./remove-executor.ts";
import { removeFrameworkIfIdle } from "./remove-framework.ts";
import { shutDownExecutor } from "./shut-down-executor.ts";

/** Shuts all executors down; the framework goes with the last of them. */
export function shutDownFramework(turn: Turn, framework: FrameworkState): void {
  if (framework.phase === "TERMINATING") return;
  note(turn, "info", { message: "Shutting down a framework", facts: { frameworkId: framework.id } });
  framework.phase = "TERMINATING";
  for (const executor of framework.executors.values()) {
    if (executor.phase === "TERMINATED") removeExecutor(turn, framework, executor);
    else if (executor.phase !== "TERMINATING") shutDownExecutor(turn, executor);
  }
  removeFrameworkIfIdle(turn, framework);
}
