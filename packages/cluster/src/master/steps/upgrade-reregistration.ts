// A returning agent's message in the form that the master keeps.
import {
  type FrameworkInfo,
  type ReregisterSlaveMessage,
  type Resource,
  frameworkRoles,
  upgradeResources,
} from "@mezzo/wire";
import { agentCapabilities } from "../changes/add-agent.ts";
import { prepareResources } from "./launch/prepare-task.ts";
import type { MasterState } from "../state.ts";

/**
 * Upgrades every list of resources. Agents without MULTI_ROLE do not say to which role resources are allocated: it is
 * the one role of the framework. Equal lists are shared, as in launches.
 */
export function upgradeReregistration(
  state: MasterState,
  body: ReregisterSlaveMessage,
): ReregisterSlaveMessage {
  const multiRole = agentCapabilities(body.agent_capabilities ?? []).has("MULTI_ROLE");
  const frameworks = new Map<string, FrameworkInfo>();
  for (const framework of body.frameworks ?? []) frameworks.set(framework.id?.value ?? "", framework);
  const allocated = (resources: Resource[] | undefined, frameworkId: string): Resource[] => {
    const framework = frameworks.get(frameworkId);
    const [role] = framework === undefined ? [] : frameworkRoles(framework);
    const named = resources?.[0]?.allocation_info?.role;
    return prepareResources(state, resources ?? [], (multiRole ? named : undefined) ?? role ?? "*").resources;
  };
  return {
    ...body,
    agent: { ...body.agent, resources: upgradeResources(body.agent.resources ?? []) },
    checkpointed_resources: upgradeResources(body.checkpointed_resources ?? []),
    executor_infos: (body.executor_infos ?? []).map((executor) => ({
      ...executor,
      resources: allocated(executor.resources, executor.framework_id?.value ?? ""),
    })),
    tasks: (body.tasks ?? []).map((task) => ({
      ...task,
      resources: allocated(task.resources, task.framework_id.value),
    })),
  };
}
