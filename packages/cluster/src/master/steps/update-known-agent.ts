// An agent that the books have re-registers: what it says is reconciled with what the master thinks.
import {
  type ReconcileTasksMessage,
  type Resource,
  type TaskStatus,
  addResources,
  applyCheckpointedResources,
  needsCheckpointing,
  normalizeResources,
} from "@mezzo/wire";
import { activateAgent } from "../../allocator/activate-agent.ts";
import { updateAgent } from "../../allocator/update-agent.ts";
import type { Agent } from "../agent.ts";
import { cancelGivingUp } from "../changes/cancel-giving-up.ts";
import { addUnconfirmed } from "../changes/unconfirmed-operations.ts";
import { rescindOverbooked } from "../changes/rescind-overbooked.ts";
import { agentCapabilities } from "../changes/add-agent.ts";
import { adoptWork } from "../changes/adopt-work.ts";
import { removeExecutor } from "../changes/executors.ts";
import { readmitToDrain } from "../changes/readmit-to-drain.ts";
import { removeOperation } from "../changes/remove-operation.ts";
import { isTerminalOperation } from "../operations/operation-kinds.ts";
import { sendCheckpointedResources } from "../send/send-checkpointed-resources.ts";
import { isTerminalState } from "../task-states.ts";
import type { Turn } from "../turn.ts";
import { connectionOf } from "./agent-connection.ts";
import { refuseAgent } from "./agent-refused.ts";
import { type Reregistration, updateAgentFrameworks } from "./agent-reregistered.ts";

/** The tasks that the agent does not know: it is asked, and answers with updates. */
function unknownTasks(turn: Turn, agent: Agent, known: ReadonlySet<string>): ReconcileTasksMessage[] {
  const messages: ReconcileTasksMessage[] = [];
  for (const [frameworkId, tasks] of agent.tasks) {
    const statuses: TaskStatus[] = [];
    for (const task of tasks.values()) {
      if (known.has(`${frameworkId}/${task.task_id.value}`)) continue;
      statuses.push({
        task_id: task.task_id,
        agent_id: agent.agentId,
        state: task.status_update_state ?? task.state,
        source: "SOURCE_MASTER",
        message: "Reconciliation request",
        reason: "REASON_RECONCILIATION",
        timestamp: turn.now / 1000,
      });
    }
    if (statuses.length === 0) continue;
    const framework = turn.state.frameworks.registered.get(frameworkId);
    messages.push({
      framework_id: { value: frameworkId },
      statuses,
      ...(framework === undefined ? {} : { framework: framework.info }),
    });
  }
  return messages;
}

/** Executors of tasks that may be on their way to the agent, as `framework/executor`. */
function executorsOnTheWay(agent: Agent, known: ReadonlySet<string>): Set<string> {
  const keys = new Set<string>();
  for (const [frameworkId, tasks] of agent.tasks) {
    for (const { task_id, executor_id, state } of tasks.values()) {
      if (executor_id === undefined || isTerminalState(state)) continue;
      if (!known.has(`${frameworkId}/${task_id.value}`)) keys.add(`${frameworkId}/${executor_id.value}`);
    }
  }
  return keys;
}

/**
 * Forgets executors that the agent no longer has. One with tasks of which the agent does not know stays until they are
 * gone: all of them may be on their way, behind a re-registration that is older. Mesos frees such a one at once, and
 * offers twice what it uses.
 */
function removeMissingExecutors(
  turn: Turn,
  agent: Agent,
  { body, known }: { body: Reregistration["body"]; known: ReadonlySet<string> },
): void {
  const there = new Set(
    (body.executor_infos ?? []).map((one) => `${one.framework_id?.value ?? ""}/${one.executor_id.value}`),
  );
  const onTheWay = executorsOnTheWay(agent, known);
  agent.unconfirmedExecutors.clear();
  for (const [frameworkId, executors] of agent.executors) {
    for (const executorId of executors.keys()) {
      const key = `${frameworkId}/${executorId}`;
      if (there.has(key)) continue;
      if (onTheWay.has(key)) agent.unconfirmedExecutors.add(key);
      else removeExecutor(turn, agent, { frameworkId, executorId });
    }
  }
}

/** @see Mesos src/master/master.cpp Master::reconcileKnownSlave */
function reconcile(turn: Turn, agent: Agent, facts: Reregistration): void {
  const { state } = turn;
  const tasks = facts.body.tasks ?? [];
  const known = new Set(tasks.map((task) => `${task.framework_id.value}/${task.task_id.value}`));
  turn.effects.push({
    type: "send-message",
    to: agent.pid,
    name: "SlaveReregisteredMessage",
    body: {
      agent_id: agent.agentId,
      reconciliations: unknownTasks(turn, agent, known),
      connection: connectionOf(state),
    },
  });
  removeMissingExecutors(turn, agent, { body: facts.body, known });
  for (const task of tasks) {
    const killed = agent.killedTasks.get(task.framework_id.value)?.has(task.task_id.value) === true;
    if (!killed || isTerminalState(task.state)) continue;
    turn.effects.push({
      type: "send-message",
      to: agent.pid,
      name: "KillTaskMessage",
      body: { framework_id: task.framework_id, task_id: task.task_id },
    });
  }
  // Mesos looks at tasks alone and leaves an idle executor of a removed framework running.
  const named = (facts.body.frameworks ?? []).map(({ id }) => id?.value ?? "");
  for (const frameworkId of new Set([...tasks.map((task) => task.framework_id.value), ...named])) {
    if (!state.frameworks.completed.has(frameworkId)) continue;
    turn.effects.push({
      type: "send-message",
      to: agent.pid,
      name: "ShutdownFrameworkMessage",
      body: { framework_id: { value: frameworkId } },
    });
  }
}

/** The agent is back: its resources are offered again. */
function reconnect(turn: Turn, agent: Agent): void {
  if (agent.connected) return;
  agent.connected = true;
  turn.effects.push({ type: "cancel-timer", key: `agent-reregister/${agent.id}` });
  if (agent.deactivated) return;
  agent.active = true;
  activateAgent(turn.state.allocator, agent.id);
}

/**
 * Operations that ended and wait for an acknowledgement which the agent, an older version now, would not understand.
 */
function forgetUnacknowledged(turn: Turn, agent: Agent, { body }: Reregistration): void {
  const capabilities = agentCapabilities(body.agent_capabilities ?? []);
  if (capabilities.has("AGENT_OPERATION_FEEDBACK") || !agent.capabilities.has("AGENT_OPERATION_FEEDBACK"))
    return;
  for (const operation of agent.operations.values()) {
    if (operation.info.id === undefined || !isTerminalOperation(operation.latest_status.state)) continue;
    removeOperation(turn, agent, operation);
  }
}

/** The resources of its providers stay: the agent tells about them in a message of its own. */
function ofProviders({ totalResources }: Agent): Resource[] {
  return totalResources.filter(({ provider_id }) => provider_id !== undefined);
}

/** Takes over what the agent says about itself. Returns the reason when that is impossible. */
function applyInfo(turn: Turn, agent: Agent, { from, body }: Reregistration): string | undefined {
  const { state } = turn;
  const checkpointed = agent.capabilities.has("RESOURCE_PROVIDER")
    ? (body.checkpointed_resources ?? [])
    : agent.checkpointedResources;
  const total = applyCheckpointedResources(body.agent.resources ?? [], checkpointed);
  if (!total.ok) return total.error;
  if (state.agents.byPid.get(agent.pid) === agent.id) state.agents.byPid.delete(agent.pid);
  agent.pid = from;
  state.agents.byPid.set(from, agent.id);
  turn.effects.push({ type: "link", pid: from });
  agent.info = body.agent;
  agent.version = body.version ?? "";
  agent.capabilities = agentCapabilities(body.agent_capabilities ?? []);
  const told = addResources(normalizeResources(total.value), ofProviders(agent));
  if (agent.capabilities.has("RESOURCE_PROVIDER")) {
    const after = addUnconfirmed(agent, told);
    agent.unconfirmedOperations = after.unconfirmed;
    agent.totalResources = after.total;
    agent.checkpointedResources = after.total.filter(needsCheckpointing);
  } else {
    agent.totalResources = told;
    agent.checkpointedResources = checkpointed;
  }
  if (body.resource_version_uuid === undefined) delete agent.resourceVersion;
  else agent.resourceVersion = body.resource_version_uuid.value;
  agent.reregisteredTime = turn.now;
  updateAgent(state.allocator, {
    agentId: agent.id,
    info: agent.info,
    capabilities: [...agent.capabilities],
    total: agent.totalResources,
  });
  state.allocationWanted = true;
  return undefined;
}

/** @see Mesos src/master/master.cpp Master::___reregisterSlave */
export function updateKnownAgent(turn: Turn, agent: Agent, facts: Reregistration): void {
  forgetUnacknowledged(turn, agent, facts);
  const error = applyInfo(turn, agent, facts);
  if (error !== undefined) return refuseAgent(turn, facts.from, { shutdown: error });
  adoptWork(turn, agent, facts.body);
  rescindOverbooked(turn, agent);
  reconcile(turn, agent, facts);
  reconnect(turn, agent);
  cancelGivingUp(turn, agent.id);
  readmitToDrain(turn, agent);
  updateAgentFrameworks(turn, agent, facts.body);
  if (!agent.capabilities.has("RESOURCE_PROVIDER")) sendCheckpointedResources(turn, agent);
}
