// A master was elected, or the elected one is gone (`Slave::detected` of Mesos).
import { startRegistration } from "../registration/register.ts";
import { emit, note, type Turn } from "../turn.ts";

/** Goes back to DISCONNECTED; updates wait until the agent is registered with the new master. */
export function detectMaster(turn: Turn, pid: string | undefined): void {
  const { state } = turn;
  if (state.phase === "TERMINATING" || state.phase === "RECOVERING") return;
  state.phase = "DISCONNECTED";
  emit(turn, { type: "cancelTimer", timer: { name: "pingTimeout" } });
  if (pid === undefined) {
    note(turn, "warn", { message: "Lost leading master" });
    delete state.master;
    emit(turn, { type: "cancelTimer", timer: { name: "register" } });
    return;
  }
  note(turn, "info", { message: "New master detected", facts: { master: pid } });
  state.master = pid;
  startRegistration(turn);
}
