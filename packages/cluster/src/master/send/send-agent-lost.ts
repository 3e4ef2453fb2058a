// FAILURE without an executor: an agent is gone.
import type { AgentID } from "@mezzo/wire";
import type { Turn } from "../turn.ts";
import { sendEvent } from "./send-event.ts";

/** Tells every connected framework. @see Mesos src/master/master.cpp Master::sendSlaveLost */
export function sendAgentLost(turn: Turn, agentId: AgentID): void {
  for (const framework of turn.state.frameworks.registered.values()) {
    if (framework.state !== "connected") continue;
    sendEvent(turn, framework, {
      type: "FAILURE",
      event: () => ({ type: "FAILURE", failure: { agent_id: agentId } }),
      message: (to) => ({ type: "send-message", to, name: "LostSlaveMessage", body: { agent_id: agentId } }),
    });
  }
}
