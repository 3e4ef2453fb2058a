// LAUNCH_CONTAINER of the agent: containers that operators and executors start beside the offers. Follows
// `agent::call::validate` of src/slave/validation.cpp.
import type { AgentCallLaunchContainer, Resource } from "../messages.gen.ts";
import { isPersistentVolume, isReserved, isRevocable } from "../resources/kinds.ts";
import { upgradeResource } from "../resources/upgrade-resources.ts";
import { firstError, prefixed } from "./prefixed.ts";
import { validateCommandInfo } from "./validate-command-info.ts";
import { validateContainerId } from "./validate-container-id.ts";
import { validateContainerInfo } from "./validate-container-info.ts";
import { validateResources } from "./validate-resource.ts";
import { validateGpus } from "./validate-used-resources.ts";

/** The master does not know of standalone containers, so they use what the agent does not advertise. */
function validateStandalone(resource: Resource): string | undefined {
  const upgraded = upgradeResource(resource);
  if (isReserved(upgraded)) return "'launch_container.resources' must be unreserved";
  if (isPersistentVolume(upgraded)) return "'launch_container.resources' may not use persistent volumes";
  return isRevocable(upgraded) ? "'launch_container.resources' must be non-revocable" : undefined;
}

function validateNesting(launch: AgentCallLaunchContainer): string | undefined {
  const { container_id: containerId, resources = [], limits = {}, container } = launch;
  const share = container?.linux_info?.share_cgroups;
  const prefix = "'launch_container' is invalid: containers";
  if (containerId.parent?.parent !== undefined) {
    const deep = `${prefix} nested at the second level or greater cannot`;
    if (resources.length > 0) return `${deep} specify resources`;
    if (Object.keys(limits).length > 0) return `${deep} specify resource limits`;
    if (share === false) return `${deep} set 'share_cgroups' to 'false'`;
  }
  if (containerId.parent !== undefined || share !== true) return undefined;
  return `${prefix} without a parent cannot set 'share_cgroups' to 'true'`;
}

/** Checks a container to be launched. */
export function validateLaunchContainer(launch: AgentCallLaunchContainer): string | undefined {
  const { container_id: containerId, resources = [], command, container } = launch;
  return (
    prefixed("'launch_container.container_id' is invalid: ", validateContainerId(containerId)) ??
    prefixed("Invalid resources: ", validateResources(resources)) ??
    prefixed("Invalid GPU resources: ", validateGpus(resources)) ??
    (containerId.parent === undefined ? firstError(resources, validateStandalone) : undefined) ??
    prefixed("'launch_container.command' is invalid: ", command && validateCommandInfo(command)) ??
    prefixed("'launch_container.container' is invalid: ", container && validateContainerInfo(container)) ??
    validateNesting(launch)
  );
}
