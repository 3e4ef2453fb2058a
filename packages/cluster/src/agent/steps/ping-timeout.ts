// The master has been silent for too long (`Slave::pingTimeout` of Mesos).
import { emit, note, type Turn } from "../turn.ts";

/** Asks who leads, and registers again even if it is the same master. */
export function pingTimeout(turn: Turn): void {
  const { state } = turn;
  if (state.phase !== "RUNNING") return;
  const facts = { withinMs: state.registration.pingTimeoutMs };
  note(turn, "warn", { message: "No pings from master received", facts });
  state.phase = "DISCONNECTED";
  emit(turn, { type: "detectMaster" });
}
