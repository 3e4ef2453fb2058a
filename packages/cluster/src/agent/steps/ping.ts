// The master asks whether the agent is there (`Slave::ping` of Mesos).
import type { PingSlaveMessage } from "@mezzo/wire";
import { expectPing } from "../registration/registered.ts";
import { emit, note, type Turn } from "../turn.ts";

/** Answers; a master that takes the agent for disconnected makes it register again. */
export function ping(turn: Turn, from: string, message: PingSlaveMessage): void {
  const { state } = turn;
  if (!message.connected && state.phase === "RUNNING" && state.master === from) {
    note(turn, "info", { message: "The master took the agent for disconnected: registering again" });
    state.phase = "DISCONNECTED";
    emit(turn, { type: "detectMaster" });
  }
  if (state.phase === "RUNNING") expectPing(turn);
  emit(turn, { type: "send", to: from, name: "PongSlaveMessage", body: {} });
}
