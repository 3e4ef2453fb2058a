// A framework becomes known after operations that it asked for: they are its own again.
import { addResources, unallocateResources } from "@mezzo/wire";
import { addResourceProvider } from "../../allocator/add-resource-provider.ts";
import type { Agent } from "../agent.ts";
import type { Framework } from "../framework.ts";
import { consumedBy, isTerminalOperation } from "../operations/operation-kinds.ts";
import { operationsOn } from "../operations/operation-table.ts";
import type { MasterState } from "../state.ts";
import { addOperationToFramework } from "./add-operation.ts";
import { useResources } from "./use-resources.ts";

/**
 * Lists the agent's operations that are the framework's with it. What a pending one takes had left the agent's total
 * while it was nobody's, and is used by the framework from now on. @see Mesos src/master/master.cpp recoverFramework
 */
export function adoptOperations(state: MasterState, framework: Framework, agent: Agent): void {
  for (const operation of operationsOn(agent)) {
    if (operation.framework_id?.value !== framework.id) continue;
    addOperationToFramework(framework, operation);
    if (!agent.orphanedOperations.delete(operation.uuid.value)) continue;
    if (isTerminalOperation(operation.latest_status.state)) continue;
    const consumed = consumedBy(operation.info);
    const total = unallocateResources(consumed);
    agent.totalResources = addResources(agent.totalResources, total);
    useResources(state, { agent, framework, frameworkId: framework.id }, consumed);
    addResourceProvider(state.allocator, { agentId: agent.id, total, used: [[framework.id, consumed]] });
  }
}
