// An agent that may not join.
import { type Turn, log } from "../turn.ts";
import type { AgentRefusal } from "./check-agent.ts";

/** Logs it and, where Mesos does, tells the agent to shut down. */
export function refuseAgent(turn: Turn, pid: string, refusal: AgentRefusal): void {
  const reason = "shutdown" in refusal ? refusal.shutdown : refusal.ignore;
  log(turn, "warn", { message: `Refusing agent: ${reason}`, facts: { pid } });
  if ("shutdown" in refusal) {
    turn.effects.push({ type: "send-message", to: pid, name: "ShutdownMessage", body: { message: reason } });
  }
}
