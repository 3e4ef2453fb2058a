// What can be authorized: each action with the list of `--acls` that decides it, and what the second half of its rules is
// about. @see Mesos include/mesos/authorizer/authorizer.proto, acls.proto

/** How the objects of a rule are read. */
type Objects =
  /** Names, each for itself. */
  | "names"
  /** Roles; `a/%` is everything below `a`. */
  | "roles"
  /** Nothing to tell apart: rules are about ANY or NONE. */
  | "all";

export interface ActionRules {
  /** The field of `ACLs`. */
  list: string;
  /** The field of its rules beside `principals`. */
  field: string;
  objects: Objects;
  /** Mesos' name for a rule of the list, where it refuses those about SOME. */
  message?: string;
}

const rules = (list: string, field: string, objects: Objects = "names"): ActionRules => ({
  list,
  field,
  objects,
});
const onAll = (list: string, field: string, message?: string): ActionRules => ({
  list,
  field,
  objects: "all",
  ...(message === undefined ? {} : { message }),
});
const onRoles = (list: string): ActionRules => rules(list, "roles", "roles");
const onUsers = (list: string): ActionRules => rules(list, "users");

export const ACTIONS = {
  REGISTER_FRAMEWORK: onRoles("register_frameworks"),
  RUN_TASK: onUsers("run_tasks"),
  TEARDOWN_FRAMEWORK: rules("teardown_frameworks", "framework_principals"),
  RESERVE_RESOURCES: onRoles("reserve_resources"),
  UNRESERVE_RESOURCES: rules("unreserve_resources", "reserver_principals"),
  CREATE_VOLUME: onRoles("create_volumes"),
  DESTROY_VOLUME: rules("destroy_volumes", "creator_principals"),
  RESIZE_VOLUME: onRoles("resize_volumes"),
  CREATE_BLOCK_DISK: onRoles("create_block_disks"),
  DESTROY_BLOCK_DISK: onRoles("destroy_block_disks"),
  CREATE_MOUNT_DISK: onRoles("create_mount_disks"),
  DESTROY_MOUNT_DISK: onRoles("destroy_mount_disks"),
  DESTROY_RAW_DISK: onRoles("destroy_raw_disks"),
  GET_ENDPOINT_WITH_PATH: rules("get_endpoints", "paths"),
  VIEW_ROLE: onRoles("view_roles"),
  UPDATE_WEIGHT: onRoles("update_weights"),
  GET_QUOTA: onRoles("get_quotas"),
  UPDATE_QUOTA: onRoles("update_quotas"),
  UPDATE_QUOTA_WITH_CONFIG: onRoles("update_quotas"),
  VIEW_FRAMEWORK: onUsers("view_frameworks"),
  VIEW_TASK: onUsers("view_tasks"),
  VIEW_EXECUTOR: onUsers("view_executors"),
  ACCESS_SANDBOX: onUsers("access_sandboxes"),
  ACCESS_MESOS_LOG: onAll("access_mesos_logs", "logs", "AccessMesosLog"),
  VIEW_FLAGS: onAll("view_flags", "flags", "ViewFlags"),
  SET_LOG_LEVEL: onAll("set_log_level", "level", "SetLogLevel"),
  REGISTER_AGENT: onAll("register_agents", "agents", "RegisterAgent"),
  UPDATE_MAINTENANCE_SCHEDULE: onAll("update_maintenance_schedules", "machines", "UpdateMaintenanceSchedule"),
  GET_MAINTENANCE_SCHEDULE: onAll("get_maintenance_schedules", "machines", "GetMaintenanceSchedule"),
  START_MAINTENANCE: onAll("start_maintenances", "machines", "StartMaintenance"),
  STOP_MAINTENANCE: onAll("stop_maintenances", "machines", "StopMaintenance"),
  GET_MAINTENANCE_STATUS: onAll("get_maintenance_statuses", "machines", "GetMaintenanceStatus"),
  DRAIN_AGENT: onAll("drain_agents", "agents", "DrainAgent"),
  DEACTIVATE_AGENT: onAll("deactivate_agents", "agents", "DeactivateAgent"),
  REACTIVATE_AGENT: onAll("reactivate_agents", "agents", "ReactivateAgent"),
  MARK_AGENT_GONE: onAll("mark_agents_gone", "agents"),
  VIEW_CONTAINER: onUsers("view_containers"),
  LAUNCH_NESTED_CONTAINER_AS_USER: onUsers("launch_nested_containers_as_user"),
  LAUNCH_NESTED_CONTAINER_UNDER_PARENT: onUsers("launch_nested_containers_under_parent_with_user"),
  LAUNCH_NESTED_CONTAINER_SESSION_AS_USER: onUsers("launch_nested_container_sessions_as_user"),
  LAUNCH_NESTED_CONTAINER_SESSION_UNDER_PARENT: onUsers(
    "launch_nested_container_sessions_under_parent_with_user",
  ),
  KILL_NESTED_CONTAINER: onUsers("kill_nested_containers"),
  WAIT_NESTED_CONTAINER: onUsers("wait_nested_containers"),
  REMOVE_NESTED_CONTAINER: onUsers("remove_nested_containers"),
  ATTACH_CONTAINER_INPUT: onUsers("attach_containers_input"),
  ATTACH_CONTAINER_OUTPUT: onUsers("attach_containers_output"),
  LAUNCH_STANDALONE_CONTAINER: onAll("launch_standalone_containers", "users", "LaunchStandaloneContainer"),
  KILL_STANDALONE_CONTAINER: onAll("kill_standalone_containers", "users", "KillStandaloneContainer"),
  WAIT_STANDALONE_CONTAINER: onAll("wait_standalone_containers", "users", "WaitStandaloneContainer"),
  REMOVE_STANDALONE_CONTAINER: onAll("remove_standalone_containers", "users", "RemoveStandaloneContainer"),
  VIEW_STANDALONE_CONTAINER: onAll("view_standalone_containers", "users", "ViewStandaloneContainer"),
  MODIFY_RESOURCE_PROVIDER_CONFIG: onAll(
    "modify_resource_provider_configs",
    "resource_providers",
    "ModifyResourceProviderConfig",
  ),
  MARK_RESOURCE_PROVIDER_GONE: onAll(
    "mark_resource_providers_gone",
    "resource_providers",
    "MarkResourceProvidersGone",
  ),
  VIEW_RESOURCE_PROVIDER: onAll("view_resource_providers", "resource_providers", "ViewResourceProvider"),
  PRUNE_IMAGES: onAll("prune_images", "images", "PruneImages"),
} as const satisfies Record<string, ActionRules>;

export type Action = keyof typeof ACTIONS;
