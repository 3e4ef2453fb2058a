// A framework ends before its operations do.
import { updateAgent } from "../../allocator/update-agent.ts";
import type { Agent } from "../agent.ts";
import type { Framework } from "../framework.ts";
import { consumedBy, isSpeculative, isTerminalOperation } from "../operations/operation-kinds.ts";
import type { MasterState } from "../state.ts";
import { orphanOperation } from "./add-operation.ts";
import { releaseResources } from "./use-resources.ts";

/**
 * Takes the operations off the framework's list; the agents go on with them. Returns the agents whose total shrank,
 * because a resource provider still works on a part of it: the allocator must hear of them once it has forgotten the
 * framework. @see Mesos src/master/master.cpp Master::removeFramework
 */
export function releaseOperations(state: MasterState, framework: Framework): Agent[] {
  const shrunk: Agent[] = [];
  for (const operation of framework.operations.values()) {
    const agent = state.agents.registered.get(operation.agent_id?.value ?? "");
    if (agent === undefined || isSpeculative(operation.info)) continue;
    if (!isTerminalOperation(operation.latest_status.state)) {
      releaseResources(state, { agent, framework, frameworkId: framework.id }, consumedBy(operation.info));
      shrunk.push(agent);
    }
    orphanOperation(agent, operation);
  }
  framework.operations.clear();
  framework.operationUuids.clear();
  return shrunk;
}

/** Tells the allocator of the totals. */
export function announceTotals(state: MasterState, agents: readonly Agent[]): void {
  for (const { id, totalResources } of agents) {
    updateAgent(state.allocator, { agentId: id, total: totalResources });
  }
}
