// An agent enters the books.
import {
  type AgentInfo,
  type AgentInfoCapability,
  type AgentInfoCapabilityType,
  type ArchiveFramework,
  type ExecutorInfo,
  type Resource,
  type Task,
  normalizeResources,
} from "@mezzo/wire";
import { addAgent as addToAllocator } from "../../allocator/add-agent.ts";
import type { Agent } from "../agent.ts";
import { agentResponse } from "../api/operator/agent-response.ts";
import type { DrainStatus } from "../drain-status.ts";
import { joinMachine } from "../maintenance.ts";
import { sendOperatorEvent } from "../send/send-operator-event.ts";
import { sendPing } from "../send/send-ping.ts";
import { type Turn, log } from "../turn.ts";
import { addTaskToAgent, addTaskToFramework } from "./add-task.ts";
import { addExecutor } from "./executors.ts";
import { addCompletedTask } from "./remove-task.ts";

/** What an agent comes with. Resources are upgraded and, where in use, allocated. */
export interface NewAgent {
  /** With `id`. */
  info: AgentInfo;
  id: string;
  pid: string;
  version: string;
  capabilities: readonly AgentInfoCapability[];
  totalResources: readonly Resource[];
  checkpointedResources: readonly Resource[];
  resourceVersion?: string | undefined;
  registeredTime: number;
  reregisteredTime: number;
  executors?: readonly ExecutorInfo[];
  tasks?: readonly Task[];
  completedFrameworks?: readonly ArchiveFramework[];
  /** Of an agent that was drained or deactivated before. */
  drainStatus?: DrainStatus | undefined;
}

/** The capabilities as a set. */
export function agentCapabilities(
  capabilities: readonly AgentInfoCapability[],
): Set<AgentInfoCapabilityType> {
  return new Set(capabilities.map(({ type }) => type ?? "UNKNOWN"));
}

/** What the agent runs, listed with the agent and with the frameworks that are known. */
function addWork(turn: Turn, agent: Agent, facts: NewAgent): void {
  const { state } = turn;
  for (const executor of facts.executors ?? []) {
    const frameworkId = executor.framework_id?.value ?? "";
    const framework = state.frameworks.registered.get(frameworkId);
    addExecutor(state, executor, { agent, frameworkId, framework });
  }
  for (const task of facts.tasks ?? []) {
    addTaskToAgent(state, agent, task);
    const framework = state.frameworks.registered.get(task.framework_id.value);
    if (framework !== undefined) addTaskToFramework(turn, framework, task);
  }
  for (const completed of facts.completedFrameworks ?? []) {
    const framework = state.frameworks.registered.get(completed.framework_info.id?.value ?? "");
    if (framework === undefined) continue;
    for (const task of completed.tasks ?? []) addCompletedTask(state, framework, task);
  }
}

/** Lists the agent, watches it, and hands its resources to the allocator. @see Mesos src/master/master.cpp addSlave */
export function addAgent(turn: Turn, facts: NewAgent): Agent {
  const { state } = turn;
  const agent: Agent = {
    id: facts.id,
    agentId: { value: facts.id },
    info: facts.info,
    pid: facts.pid,
    version: facts.version,
    capabilities: agentCapabilities(facts.capabilities),
    registeredTime: facts.registeredTime,
    reregisteredTime: facts.reregisteredTime,
    connected: true,
    active: true,
    deactivated: facts.drainStatus?.deactivated ?? false,
    ...(facts.drainStatus?.drainInfo === undefined ? {} : { drainInfo: facts.drainStatus.drainInfo }),
    totalResources: normalizeResources(facts.totalResources),
    checkpointedResources: facts.checkpointedResources,
    usedResources: new Map(),
    offeredResources: [],
    offers: new Set(),
    tasks: new Map(),
    executors: new Map(),
    killedTasks: new Map(),
    operationsKnown: true,
    operations: new Map(),
    unconfirmedOperations: new Set(),
    orphanedOperations: new Set(),
    ...(facts.resourceVersion === undefined ? {} : { resourceVersion: facts.resourceVersion }),
    resourceProviders: new Map(),
    lateUpdates: new Set(),
    unconfirmedExecutors: new Set(),
    missedPings: 0,
    awaitingPong: false,
  };
  state.agents.registered.set(agent.id, agent);
  state.agents.byPid.set(agent.pid, agent.id);
  joinMachine(state, agent);
  turn.effects.push({ type: "link", pid: agent.pid });
  sendPing(turn, agent);
  addWork(turn, agent, facts);
  addToAllocator(state.allocator, {
    agentId: agent.id,
    info: agent.info,
    capabilities: [...agent.capabilities],
    total: agent.totalResources,
    used: agent.usedResources,
    unavailability: agent.unavailability,
  });
  state.allocationWanted = true;
  sendOperatorEvent(turn, (viewer) => ({
    type: "AGENT_ADDED",
    agent_added: { agent: agentResponse(agent, viewer) },
  }));
  log(turn, "info", {
    message: "Added agent",
    facts: { agentId: agent.id, pid: agent.pid, hostname: agent.info.hostname },
  });
  return agent;
}
