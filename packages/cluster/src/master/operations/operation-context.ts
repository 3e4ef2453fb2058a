// What the rules about operations depend on.
import type { OperationContext } from "@mezzo/wire";
import type { Agent } from "../agent.ts";
import type { Framework } from "../framework.ts";

/** The facts for `validateOperation`; without a framework an operator asks, as `principal` if authenticated. */
export function operationContext(
  agent: Agent,
  { framework, principal }: { framework?: Framework; principal?: string | undefined },
): OperationContext {
  const { capabilities } = agent;
  return {
    principal: framework === undefined ? principal : framework.info.principal,
    framework: framework?.info,
    agent: {
      hasHierarchicalRoles: capabilities.has("HIERARCHICAL_ROLE"),
      hasReservationRefinement: capabilities.has("RESERVATION_REFINEMENT"),
      canResizeVolumes: capabilities.has("RESIZE_VOLUME"),
    },
    checkpointed: agent.checkpointedResources,
    used: agent.usedResources.values(),
  };
}

/** The agent as error messages name it. @see Mesos src/master/master.hpp operator<< of Slave */
export function agentText({ id, pid, info }: Agent): string {
  return `${id} at ${pid} (${info.hostname})`;
}
