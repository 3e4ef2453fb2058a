// A drain ends when nothing runs here any more (`Slave::updateDrainStatus` of Mesos).
import { agentIdOf } from "../identity.ts";
import { emit, note, type Turn } from "../turn.ts";

/** Forgets the drain once no framework and no operation is left. */
export function finishDrainIfDone(turn: Turn): void {
  const { state } = turn;
  if (state.drainConfig === undefined || state.frameworks.size + state.operations.size > 0) return;
  note(turn, "info", { message: "Agent finished draining" });
  delete state.drainConfig;
  delete state.drainStartedAt;
  const agentId = agentIdOf(state).value;
  emit(turn, { type: "checkpoint", record: { kind: "drainConfigRemoved", agentId } });
}
