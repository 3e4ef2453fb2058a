// Calls of operators to an agent. Follows `agent::call::validate` of src/slave/validation.cpp.
import type { AgentCall, AgentCallType, CommandInfo, ContainerID, ContainerInfo } from "../messages.gen.ts";
import { prefixed } from "./prefixed.ts";
import { validateCommandInfo } from "./validate-command-info.ts";
import { validateContainerId } from "./validate-container-id.ts";
import { validateContainerInfo } from "./validate-container-info.ts";
import { validateLaunchContainer } from "./validate-launch-container.ts";

/** The field that a call of each type must have; types that are missing need none. */
const FIELDS: Readonly<Partial<Record<AgentCallType, keyof AgentCall>>> = {
  GET_METRICS: "get_metrics",
  SET_LOGGING_LEVEL: "set_logging_level",
  LIST_FILES: "list_files",
  READ_FILE: "read_file",
  READ_LOG: "read_log",
  LAUNCH_NESTED_CONTAINER: "launch_nested_container",
  WAIT_NESTED_CONTAINER: "wait_nested_container",
  KILL_NESTED_CONTAINER: "kill_nested_container",
  REMOVE_NESTED_CONTAINER: "remove_nested_container",
  LAUNCH_NESTED_CONTAINER_SESSION: "launch_nested_container_session",
  ATTACH_CONTAINER_INPUT: "attach_container_input",
  ATTACH_CONTAINER_OUTPUT: "attach_container_output",
  LAUNCH_CONTAINER: "launch_container",
  WAIT_CONTAINER: "wait_container",
  KILL_CONTAINER: "kill_container",
  REMOVE_CONTAINER: "remove_container",
  ADD_RESOURCE_PROVIDER_CONFIG: "add_resource_provider_config",
  UPDATE_RESOURCE_PROVIDER_CONFIG: "update_resource_provider_config",
  REMOVE_RESOURCE_PROVIDER_CONFIG: "remove_resource_provider_config",
  MARK_RESOURCE_PROVIDER_GONE: "mark_resource_provider_gone",
};

function validateId(field: string, containerId: ContainerID | undefined): string | undefined {
  return prefixed(`'${field}.container_id' is invalid: `, validateContainerId(containerId ?? { value: "" }));
}

function validateNestedId(field: string, containerId: ContainerID | undefined): string | undefined {
  const isNested = containerId?.parent !== undefined;
  const error = validateId(field, containerId);
  return error ?? (isNested ? undefined : `Expecting '${field}.container_id.parent' to be present`);
}

interface NestedLaunch {
  readonly container_id: ContainerID;
  readonly command?: CommandInfo;
  readonly container?: ContainerInfo;
}

function validateNestedLaunch(field: string, launch: NestedLaunch | undefined): string | undefined {
  const { container_id: containerId, command, container } = launch ?? {};
  return (
    validateNestedId(field, containerId) ??
    prefixed(`'${field}.command' is invalid: `, command && validateCommandInfo(command)) ??
    prefixed(`'${field}.container' is invalid: `, container && validateContainerInfo(container))
  );
}

function validateDeepCgroups({ launch_nested_container: launch }: AgentCall): string | undefined {
  if (launch?.container?.linux_info?.share_cgroups !== false) return undefined;
  if (launch.container_id.parent?.parent === undefined) return undefined;
  return (
    "'launch_nested_container' is invalid: containers nested at the second level or greater cannot set" +
    " 'share_cgroups' to 'false'"
  );
}

function validateSessionCgroups({ launch_nested_container_session: launch }: AgentCall): string | undefined {
  if (launch?.container?.linux_info?.share_cgroups !== false) return undefined;
  return (
    "'launch_nested_container_session.container.linux_info' is invalid: 'share_cgroups' cannot be set to 'false' for" +
    " nested container sessions"
  );
}

function validateInput({ attach_container_input: input }: AgentCall): string | undefined {
  if (input?.type === undefined) return "Expecting 'attach_container_input.type' to be present";
  if (input.type === "UNKNOWN") return "'attach_container_input.type' is unknown";
  return input.type === "CONTAINER_ID" ? validateId("attach_container_input", input.container_id) : undefined;
}

/** @see ClusterD src/slave/validation.cpp */
function validateReadLog({ read_log: asked }: AgentCall): string | undefined {
  const { source = "UNKNOWN", container_id: containerId } = asked ?? {};
  if (source === "UNKNOWN") return "'read_log.source' must be CONTAINER or AGENT";
  if (source === "CONTAINER") {
    if (containerId === undefined) return "Expecting 'read_log.container_id' for CONTAINER source";
    return validateId("read_log", containerId);
  }
  return containerId && "'read_log.container_id' is only valid for CONTAINER source";
}

function validateConfigId(field: string, info: { readonly id?: unknown } | undefined): string | undefined {
  return info?.id === undefined ? undefined : `Expecting '${field}.info.id' to be unset`;
}

function validateDetails(call: AgentCall): string | undefined {
  switch (call.type) {
    case "READ_LOG":
      return validateReadLog(call);
    case "LAUNCH_NESTED_CONTAINER":
      return (
        validateNestedLaunch("launch_nested_container", call.launch_nested_container) ??
        validateDeepCgroups(call)
      );
    case "WAIT_NESTED_CONTAINER":
      return validateNestedId("wait_nested_container", call.wait_nested_container?.container_id);
    case "KILL_NESTED_CONTAINER":
      return validateNestedId("kill_nested_container", call.kill_nested_container?.container_id);
    case "REMOVE_NESTED_CONTAINER":
      return validateNestedId("remove_nested_container", call.remove_nested_container?.container_id);
    case "LAUNCH_NESTED_CONTAINER_SESSION":
      return (
        validateNestedLaunch("launch_nested_container_session", call.launch_nested_container_session) ??
        validateSessionCgroups(call)
      );
    case "ATTACH_CONTAINER_INPUT":
      return validateInput(call);
    case "ATTACH_CONTAINER_OUTPUT":
      return validateId("attach_container_output", call.attach_container_output?.container_id);
    case "LAUNCH_CONTAINER":
      return call.launch_container && validateLaunchContainer(call.launch_container);
    case "WAIT_CONTAINER":
      return validateId("wait_container", call.wait_container?.container_id);
    case "KILL_CONTAINER":
      return validateId("kill_container", call.kill_container?.container_id);
    case "REMOVE_CONTAINER":
      return validateId("remove_container", call.remove_container?.container_id);
    case "ADD_RESOURCE_PROVIDER_CONFIG":
      return validateConfigId("add_resource_provider_config", call.add_resource_provider_config?.info);
    case "UPDATE_RESOURCE_PROVIDER_CONFIG":
      return validateConfigId("update_resource_provider_config", call.update_resource_provider_config?.info);
    default:
      return undefined;
  }
}

/** Checks that a call is complete and that its container ids are allowed. */
export function validateAgentCall(call: AgentCall): string | undefined {
  const { type } = call;
  if (type === undefined) return "Expecting 'type' to be present";
  const field = FIELDS[type];
  if (field !== undefined && call[field] === undefined) return `Expecting '${field}' to be present`;
  return validateDetails(call);
}
