// The registry knows that an agent is back.
import type { ReregisterSlaveMessage } from "@mezzo/wire";
import { recoverFramework } from "../changes/recover-framework.ts";
import { frameworkUpdateFor } from "../changes/update-framework.ts";
import type { Agent } from "../agent.ts";
import type { ReregisteredContinuation } from "../inputs.ts";
import type { Turn } from "../turn.ts";
import { refuseAgent } from "./agent-refused.ts";
import { readmitAgent } from "./readmit-agent.ts";
import { updateKnownAgent } from "./update-known-agent.ts";

/** Facts of a re-registration that has been written down where needed. */
export type Reregistration = Omit<ReregisteredContinuation, "kind">;

/** Tells the agent about the frameworks it named, and learns those the master does not know. */
export function updateAgentFrameworks(turn: Turn, agent: Agent, body: ReregisterSlaveMessage): void {
  const { frameworks } = turn.state;
  for (const info of body.frameworks ?? []) {
    const id = info.id?.value ?? "";
    const framework = frameworks.registered.get(id);
    if (framework !== undefined) {
      turn.effects.push({
        type: "send-message",
        to: agent.pid,
        name: "UpdateFrameworkMessage",
        body: frameworkUpdateFor(framework),
      });
    } else if (id !== "" && !frameworks.completed.has(id)) {
      recoverFramework(turn, info, id);
    }
  }
}

/** Takes the agent back. @see Mesos src/master/master.cpp __reregisterSlave and ___reregisterSlave */
export function agentReregistered(turn: Turn, facts: Reregistration): void {
  const { agents } = turn.state;
  agents.reregistering.delete(facts.agentId);
  if (agents.gone.has(facts.agentId)) {
    return refuseAgent(turn, facts.from, { shutdown: "Agent has been marked gone" });
  }
  const agent = agents.registered.get(facts.agentId);
  if (!facts.known) return readmitAgent(turn, facts);
  if (agent === undefined) {
    return refuseAgent(turn, facts.from, { ignore: "it was given up while it was re-registering" });
  }
  return updateKnownAgent(turn, agent, facts);
}
