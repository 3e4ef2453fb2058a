// The link to an agent broke: it may come back with everything it runs.
import { deactivateAgent } from "../../allocator/deactivate-agent.ts";
import type { Agent } from "../agent.ts";
import { sendUpdate } from "../send/send-update.ts";
import type { Framework } from "../framework.ts";
import { createTaskUpdate } from "../status-update.ts";
import { type Turn, log } from "../turn.ts";
import { endInverseOffers } from "./end-inverse-offers.ts";
import { removeExecutor } from "./executors.ts";
import { endOffers } from "./remove-offer.ts";
import { removeTask } from "./remove-task.ts";
import { updateTask } from "./update-task.ts";

/** A framework that does not checkpoint loses what it has on the agent. */
function removeFrameworkFrom(turn: Turn, agent: Agent, framework: Framework): void {
  for (const task of agent.tasks.get(framework.id)?.values() ?? []) {
    const update = createTaskUpdate(task, {
      state: "TASK_LOST",
      message: `Agent ${agent.info.hostname} disconnected`,
      reason: "REASON_AGENT_DISCONNECTED",
      now: turn.now,
    });
    updateTask(turn, task, update);
    removeTask(turn, task, { unreachable: false });
    if (framework.state === "connected") sendUpdate(turn, framework, { update });
  }
  for (const executorId of agent.executors.get(framework.id)?.keys() ?? []) {
    removeExecutor(turn, agent, { frameworkId: framework.id, executorId });
  }
}

/** Stops offers of the agent and takes the outstanding ones back. */
export function deactivate(turn: Turn, agent: Agent): void {
  if (agent.active) {
    agent.active = false;
    deactivateAgent(turn.state.allocator, agent.id);
  }
  endOffers(turn, agent.offers, "rescind");
  endInverseOffers(turn, { agentId: agent.id }, "rescind");
}

/** Marks the agent disconnected and gives it time to come back. @see Mesos src/master/master.cpp Master::exited */
export function disconnectAgent(turn: Turn, agent: Agent): void {
  if (!agent.connected) return;
  const { state } = turn;
  log(turn, "info", { message: "Agent disconnected", facts: { agentId: agent.id, pid: agent.pid } });
  agent.connected = false;
  deactivate(turn, agent);
  for (const frameworkId of new Set([...agent.tasks.keys(), ...agent.executors.keys()])) {
    const framework = state.frameworks.registered.get(frameworkId);
    if (framework !== undefined && framework.info.checkpoint !== true) {
      removeFrameworkFrom(turn, agent, framework);
    }
  }
  turn.effects.push({
    type: "set-timer",
    key: `agent-reregister/${agent.id}`,
    delayMs: state.options.agentReregisterTimeout,
    input: { timer: "agent-reregister", agentId: agent.id, reregisteredTime: agent.reregisteredTime },
  });
}
