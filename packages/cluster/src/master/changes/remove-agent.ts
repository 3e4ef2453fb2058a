// An agent leaves the books: unreachable, gone, unregistered, or replaced.
import type { StatusUpdate, Task, TaskState, TaskStatusReason, TimeInfo } from "@mezzo/wire";
import { removeAgent as removeFromAllocator } from "../../allocator/remove-agent.ts";
import type { Agent } from "../agent.ts";
import type { Framework } from "../framework.ts";
import { leaveMachine } from "../maintenance.ts";
import { sendAgentLost } from "../send/send-agent-lost.ts";
import { sendUpdate } from "../send/send-update.ts";
import { createTaskUpdate } from "../status-update.ts";
import { type Turn, log } from "../turn.ts";
import { cancelGivingUp } from "./cancel-giving-up.ts";
import { endInverseOffers } from "./end-inverse-offers.ts";
import { removeExecutor } from "./executors.ts";
import { type OperationLoss, announceLoss, forgetOperations } from "./lose-operations.ts";
import { endOffers } from "./remove-offer.ts";
import { removeTask } from "./remove-task.ts";
import { updateTask } from "./update-task.ts";

/** How the agent went. */
export type Departure =
  | { kind: "unreachable"; message: string; time: TimeInfo }
  | { kind: "gone"; message: string }
  | { kind: "removed"; message: string };

/** What becomes of a task: older frameworks know only TASK_LOST. */
function fateOf(
  departure: Departure,
  framework: Framework | undefined,
): { state: TaskState; reason: TaskStatusReason } {
  const aware = framework?.capabilities.has("PARTITION_AWARE") === true;
  if (departure.kind === "removed" || !aware) return { state: "TASK_LOST", reason: "REASON_AGENT_REMOVED" };
  return departure.kind === "gone"
    ? { state: "TASK_GONE_BY_OPERATOR", reason: "REASON_AGENT_REMOVED_BY_OPERATOR" }
    : { state: "TASK_UNREACHABLE", reason: "REASON_AGENT_REMOVED" };
}

/** The update that tells about it. */
function departureUpdate(
  turn: Turn,
  task: Task,
  { agent, departure, framework }: { agent: Agent; departure: Departure; framework: Framework | undefined },
): StatusUpdate {
  const message =
    departure.kind === "removed"
      ? `Agent ${agent.info.hostname} removed: ${departure.message}`
      : departure.message;
  return createTaskUpdate(task, {
    ...fateOf(departure, framework),
    message,
    ...(departure.kind === "unreachable" ? { details: { unreachable_time: departure.time } } : {}),
    now: turn.now,
  });
}

/** Ends or parks every task of the agent. Those of older frameworks are parked too, as TASK_LOST. */
function endTasks(turn: Turn, agent: Agent, departure: Departure): void {
  const { state } = turn;
  for (const [frameworkId, tasks] of agent.tasks) {
    const framework = state.frameworks.registered.get(frameworkId);
    const aware = framework?.capabilities.has("PARTITION_AWARE") === true;
    const unreachable = departure.kind === "unreachable" || (departure.kind === "gone" && !aware);
    for (const task of tasks.values()) {
      const update = departureUpdate(turn, task, { agent, departure, framework });
      updateTask(turn, task, update);
      removeTask(turn, task, { unreachable });
      if (unreachable) {
        const parked = state.agents.unreachable.get(agent.id)?.tasks;
        const ids = parked?.get(frameworkId);
        if (ids === undefined) parked?.set(frameworkId, [task.task_id.value]);
        else ids.push(task.task_id.value);
      }
      if (framework?.state === "connected") sendUpdate(turn, framework, { update });
    }
  }
}

/** What becomes of the agent's operations. */
function lossOf({ kind }: Departure): OperationLoss | undefined {
  if (kind === "unreachable") {
    return { state: "OPERATION_UNREACHABLE", message: "Agent was marked unreachable" };
  }
  return kind === "gone"
    ? { state: "OPERATION_GONE_BY_OPERATOR", message: "Agent has been marked gone" }
    : undefined;
}

/** Removes the agent with all it has. @see Mesos src/master/master.cpp _removeSlave and __removeSlave */
export function removeAgent(turn: Turn, agent: Agent, departure: Departure): void {
  const { state } = turn;
  log(turn, "info", {
    message: `Removing agent: ${departure.message}`,
    facts: { agentId: agent.id, pid: agent.pid, how: departure.kind },
  });
  const loss = lossOf(departure);
  if (loss !== undefined) announceLoss(turn, agent, loss);
  removeFromAllocator(state.allocator, agent.id);
  endTasks(turn, agent, departure);
  for (const [frameworkId, executors] of agent.executors) {
    for (const executorId of executors.keys()) {
      removeExecutor(turn, agent, { frameworkId, executorId });
    }
  }
  endOffers(turn, agent.offers, "rescind");
  endInverseOffers(turn, { agentId: agent.id }, "rescind");
  leaveMachine(state, agent);
  forgetOperations(turn, agent, loss);
  state.agents.registered.delete(agent.id);
  if (state.agents.byPid.get(agent.pid) === agent.id) state.agents.byPid.delete(agent.pid);
  turn.effects.push(
    { type: "cancel-timer", key: `ping/${agent.id}` },
    { type: "cancel-timer", key: `agent-reregister/${agent.id}` },
  );
  cancelGivingUp(turn, agent.id);
  sendAgentLost(turn, agent.agentId);
}
