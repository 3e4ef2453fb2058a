// The connection to the master broke (`Slave::exited` of Mesos).
import { emit, note, type Turn } from "../turn.ts";

/**
 * A broken link means a dead or restarted master: the detector is asked again instead of waiting for missing pings. While
 * it stays unreachable attempts cost it nothing, so that they stay frequent.
 */
export function linkBroken(turn: Turn, pid: string): void {
  const { state } = turn;
  if (state.master !== pid) return;
  if (state.phase === "DISCONNECTED") {
    state.registration.maxBackoffMs = state.options.registrationBackoffFactor * 2;
    return;
  }
  if (state.phase !== "RUNNING") return;
  note(turn, "warn", { message: "Master disconnected", facts: { master: pid } });
  state.phase = "DISCONNECTED";
  emit(turn, { type: "cancelTimer", timer: { name: "pingTimeout" } });
  emit(turn, { type: "detectMaster" });
}
