// Recovery is over: the agent looks for its master.
import { forwardOversubscribed } from "../oversubscription/forward-oversubscribed.ts";
import { emit, note, type Turn } from "../turn.ts";

/** Goes to DISCONNECTED and asks who leads; with `--recover=cleanup` it goes on to its end instead. */
export function finishRecovery(turn: Turn): void {
  const { state } = turn;
  if (state.phase !== "RECOVERING") return;
  note(turn, "info", { message: "Finished recovery", facts: { frameworks: state.frameworks.size } });
  emit(turn, { type: "checkpoint", record: { kind: "bootId" } });
  if (state.options.recover === "cleanup") {
    state.phase = "TERMINATING";
    if (state.frameworks.size === 0)
      emit(turn, { type: "exit", code: 0, message: "Everything is cleaned up" });
    return;
  }
  state.phase = "DISCONNECTED";
  forwardOversubscribed(turn);
  emit(turn, { type: "detectMaster" });
}
