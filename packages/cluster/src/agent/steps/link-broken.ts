// The connection to the master broke (`Slave::exited` of Mesos).
import { emit, note, type Turn } from "../turn.ts";

/** A broken link means a dead or restarted master: the detector is asked again instead of waiting for missing pings. */
export function linkBroken(turn: Turn, pid: string): void {
  if (turn.state.master !== pid || turn.state.phase !== "RUNNING") return;
  note(turn, "warn", { message: "Master disconnected", facts: { master: pid } });
  turn.state.phase = "DISCONNECTED";
  emit(turn, { type: "cancelTimer", timer: { name: "pingTimeout" } });
  emit(turn, { type: "detectMaster" });
}
