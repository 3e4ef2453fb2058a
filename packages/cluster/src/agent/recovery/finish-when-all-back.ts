// Recovery need not wait its full time when every executor has come back or ended.
import { startDrain } from "../steps/drain-agent.ts";
import { emit, type Turn } from "../turn.ts";
import { finishRecovery } from "./finish-recovery.ts";

/** Ends recovery once no executor is waited for; Mesos waits for `--executor_reregistration_timeout` always. */
export function finishRecoveryWhenAllBack(turn: Turn): void {
  const { state } = turn;
  if (state.phase !== "RECOVERING") return;
  for (const framework of state.frameworks.values()) {
    for (const executor of framework.executors.values()) {
      if (executor.phase === "REGISTERING") return;
    }
  }
  emit(turn, { type: "cancelTimer", timer: { name: "executorReregistration" } });
  if (state.drainConfig !== undefined) startDrain(turn, state.drainConfig);
  finishRecovery(turn);
}
