// An agent that the books do not have (unreachable, recovered or forgotten) comes back with its tasks.
import { type Task, applyCheckpointedResources } from "@mezzo/wire";
import { addAgent } from "../changes/add-agent.ts";
import { cancelGivingUp } from "../changes/cancel-giving-up.ts";
import { deactivate } from "../changes/disconnect-agent.ts";
import { readmitToDrain } from "../changes/readmit-to-drain.ts";
import { reviveTask } from "../changes/revive-task.ts";
import type { Turn } from "../turn.ts";
import { connectionOf } from "./agent-connection.ts";
import { refuseAgent } from "./agent-refused.ts";
import { type Reregistration, updateAgentFrameworks } from "./agent-reregistered.ts";

/** The tasks of frameworks that still exist. Frameworks hear of them unless the master itself was away. */
function survivingTasks(turn: Turn, { agentId, body }: Reregistration): Task[] {
  const { agents, frameworks } = turn.state;
  const surviving: Task[] = [];
  for (const task of body.tasks ?? []) {
    if (frameworks.completed.has(task.framework_id.value)) continue;
    const wasUnreachable = agents.unreachable.has(agentId);
    const message = wasUnreachable ? "Unreachable agent re-reregistered" : "Unknown agent reregistered";
    if (!agents.recovered.has(agentId)) reviveTask(turn, task, message);
    surviving.push(task);
  }
  for (const [frameworkId, taskIds] of agents.unreachable.get(agentId)?.tasks ?? []) {
    const framework = frameworks.registered.get(frameworkId);
    for (const taskId of taskIds) framework?.unreachableTasks.delete(taskId);
  }
  return surviving;
}

/** Lists the agent again and answers it. @see Mesos src/master/master.cpp Master::__reregisterSlave */
export function readmitAgent(turn: Turn, facts: Reregistration): void {
  const { state } = turn;
  const { from, agentId, body } = facts;
  const checkpointed = body.checkpointed_resources ?? [];
  const total = applyCheckpointedResources(body.agent.resources ?? [], checkpointed);
  if (!total.ok) return refuseAgent(turn, from, { shutdown: total.error });
  const tasks = survivingTasks(turn, facts);
  const before = state.agents.recovered.get(agentId) ?? state.agents.unreachable.get(agentId);
  state.agents.recovered.delete(agentId);
  state.agents.unreachable.delete(agentId);
  cancelGivingUp(turn, agentId);
  const agent = addAgent(turn, {
    info: body.agent,
    id: agentId,
    pid: from,
    version: body.version ?? "",
    capabilities: body.agent_capabilities ?? [],
    totalResources: total.value,
    checkpointedResources: checkpointed,
    resourceVersion: body.resource_version_uuid?.value,
    registeredTime: turn.now,
    reregisteredTime: turn.now,
    executors: (body.executor_infos ?? []).filter(
      (executor) => !state.frameworks.completed.has(executor.framework_id?.value ?? ""),
    ),
    tasks,
    completedFrameworks: body.completed_frameworks ?? [],
    drainStatus: before,
  });
  agent.operationsKnown = !agent.capabilities.has("RESOURCE_PROVIDER");
  if (agent.deactivated) deactivate(turn, agent);
  readmitToDrain(turn, agent);
  state.counters.slave_reregistrations++;
  turn.effects.push({
    type: "send-message",
    to: from,
    name: "SlaveReregisteredMessage",
    body: { agent_id: agent.agentId, connection: connectionOf(state) },
  });
  for (const { id } of body.frameworks ?? []) {
    if (id === undefined || !state.frameworks.completed.has(id.value)) continue;
    turn.effects.push({
      type: "send-message",
      to: from,
      name: "ShutdownFrameworkMessage",
      body: { framework_id: id },
    });
  }
  return updateAgentFrameworks(turn, agent, body);
}
