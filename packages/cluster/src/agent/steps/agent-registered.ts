// The master knows the agent and says what it is called (`Slave::registered` of Mesos).
import type { SlaveRegisteredMessage } from "@mezzo/wire";
import { becomeRunning, sendAgentUpdate } from "../registration/registered.ts";
import { emit, note, refuse, type Turn } from "../turn.ts";

/** Takes the id, writes it down and starts to work. */
export function agentRegistered(turn: Turn, from: string, message: SlaveRegisteredMessage): void {
  const { state } = turn;
  if (state.master !== from)
    return refuse(turn, "Ignoring a registration: not from the expected master", { from });
  const known = state.info.id?.value;
  const isWorking = state.phase === "DISCONNECTED" || state.phase === "RUNNING";
  // An agent has one id for good. In Mesos a disconnected one takes another from a message that was long under way.
  if (isWorking && known !== undefined && known !== message.agent_id.value) {
    const reason = `Registered but got wrong id: ${message.agent_id.value} (expected: ${known})`;
    return emit(turn, { type: "exit", code: 1, message: reason });
  }
  if (state.phase === "DISCONNECTED") {
    note(turn, "info", { message: "Registered", facts: { agentId: message.agent_id.value } });
    state.info = { ...state.info, id: message.agent_id };
    emit(turn, {
      type: "checkpoint",
      record: { kind: "agent", agentId: message.agent_id.value, info: state.info },
    });
    becomeRunning(turn, message.connection);
  } else if (state.phase !== "RUNNING") {
    return refuse(turn, "Ignoring a registration", { phase: state.phase });
  }
  sendAgentUpdate(turn);
}
