// The agent is to end: by the master's word or the operator's (`Slave::shutdown` of Mesos).
import { shutDownFramework } from "../executor/shut-down-framework.ts";
import { emit, note, refuse, type Turn } from "../turn.ts";

/** The master removed the agent, so nothing here may go on. */
export function shutDownByMaster(turn: Turn, from: string, message: string | undefined): void {
  if (turn.state.master !== from) {
    return refuse(turn, "Ignoring the agent's shutdown: not from the expected master", { from });
  }
  note(turn, "warn", { message: "Agent asked to shut down", facts: { from, reason: message } });
  endEverything(turn);
}

/**
 * The operator's wish. With `unregister` the master is told and every task ends; otherwise the process goes and tasks of
 * frameworks with checkpointing stay, to be found by the next agent process.
 */
export function shutDownByOperator(turn: Turn, of: { unregister: boolean; message: string }): void {
  const { state } = turn;
  if (!of.unregister) {
    emit(turn, { type: "exit", code: 0, message: of.message });
    return;
  }
  note(turn, "info", { message: "Unregistering and shutting down", facts: { reason: of.message } });
  if (state.info.id !== undefined && state.master !== undefined) {
    emit(turn, {
      type: "send",
      to: state.master,
      name: "UnregisterSlaveMessage",
      body: { agent_id: state.info.id },
    });
  }
  endEverything(turn);
}

function endEverything(turn: Turn): void {
  const { state } = turn;
  state.phase = "TERMINATING";
  if (state.frameworks.size === 0) {
    emit(turn, { type: "exit", code: 0, message: "The agent has no frameworks left" });
    return;
  }
  for (const framework of state.frameworks.values()) shutDownFramework(turn, framework);
}
