// Generated from proto/ by `npm run generate`; do not edit.

export type ACLEntityType =
  | "SOME"
  | "ANY"
  | "NONE";

/** Says which of the fields below is set, if any. */
export type AgentCallType =
  | "UNKNOWN"
  | "GET_HEALTH"
  | "GET_FLAGS"
  | "GET_VERSION"
  | "GET_METRICS"
  | "GET_LOGGING_LEVEL"
  | "SET_LOGGING_LEVEL"
  | "LIST_FILES"
  | "READ_FILE"
  | "GET_STATE"
  | "GET_CONTAINERS"
  | "GET_FRAMEWORKS"
  | "GET_EXECUTORS"
  | "GET_OPERATIONS"
  | "GET_TASKS"
  | "GET_AGENT"
  | "GET_RESOURCE_PROVIDERS"
  | "LAUNCH_NESTED_CONTAINER"
  | "WAIT_NESTED_CONTAINER"
  | "KILL_NESTED_CONTAINER"
  | "REMOVE_NESTED_CONTAINER"
  | "LAUNCH_NESTED_CONTAINER_SESSION"
  | "ATTACH_CONTAINER_INPUT"
  | "ATTACH_CONTAINER_OUTPUT"
  | "LAUNCH_CONTAINER"
  | "WAIT_CONTAINER"
  | "KILL_CONTAINER"
  | "REMOVE_CONTAINER"
  | "ADD_RESOURCE_PROVIDER_CONFIG"
  | "UPDATE_RESOURCE_PROVIDER_CONFIG"
  | "REMOVE_RESOURCE_PROVIDER_CONFIG"
  | "MARK_RESOURCE_PROVIDER_GONE"
  /** Not of Mesos but of ClusterD, which also has a call 33. */
  | "READ_LOG"
  | "PRUNE_IMAGES";

/** Who wrote it. */
export type AgentCallReadLogSource =
  | "UNKNOWN"
  | "CONTAINER"
  | "AGENT";

/** Says which of the fields below is set. */
export type AgentCallAttachContainerInputType =
  | "UNKNOWN"
  | "CONTAINER_ID"
  | "PROCESS_IO";

/** Says which of the fields below is set. */
export type AgentResponseType =
  | "UNKNOWN"
  | "GET_HEALTH"
  | "GET_FLAGS"
  | "GET_VERSION"
  | "GET_METRICS"
  | "GET_LOGGING_LEVEL"
  | "LIST_FILES"
  | "READ_FILE"
  | "GET_STATE"
  | "GET_CONTAINERS"
  | "GET_FRAMEWORKS"
  | "GET_EXECUTORS"
  | "GET_OPERATIONS"
  | "GET_TASKS"
  | "GET_AGENT"
  | "GET_RESOURCE_PROVIDERS"
  | "WAIT_NESTED_CONTAINER"
  | "WAIT_CONTAINER"
  | "READ_LOG";

/** Says which of the fields below is set. */
export type AgentProcessIOType =
  | "UNKNOWN"
  | "DATA"
  | "CONTROL";

/** Which stream. */
export type AgentProcessIODataType =
  | "UNKNOWN"
  | "STDIN"
  | "STDOUT"
  | "STDERR";

/** Says which of the fields below is set. */
export type AgentProcessIOControlType =
  | "UNKNOWN"
  | "TTY_INFO"
  | "HEARTBEAT";

/** UNKNOWN before it has answered. */
export type InverseOfferStatusStatus =
  | "UNKNOWN"
  | "ACCEPT"
  | "DECLINE";

/** Says which of the fields below is set. */
export type ExecutorEventType =
  | "UNKNOWN"
  | "SUBSCRIBED"
  | "LAUNCH"
  | "LAUNCH_GROUP"
  | "KILL"
  | "ACKNOWLEDGED"
  | "MESSAGE"
  | "ERROR"
  | "SHUTDOWN"
  | "HEARTBEAT";

/** Says which of the fields below is set. */
export type ExecutorCallType =
  | "UNKNOWN"
  | "SUBSCRIBE"
  | "UPDATE"
  | "MESSAGE"
  | "HEARTBEAT";

/** Says which of the fields below is set, if any. */
export type MasterCallType =
  | "UNKNOWN"
  | "GET_HEALTH"
  | "GET_FLAGS"
  | "GET_VERSION"
  | "GET_METRICS"
  | "GET_LOGGING_LEVEL"
  | "SET_LOGGING_LEVEL"
  | "LIST_FILES"
  | "READ_FILE"
  | "GET_STATE"
  | "GET_AGENTS"
  | "GET_FRAMEWORKS"
  | "GET_EXECUTORS"
  | "GET_OPERATIONS"
  | "GET_TASKS"
  | "GET_ROLES"
  | "GET_WEIGHTS"
  | "UPDATE_WEIGHTS"
  | "GET_MASTER"
  | "SUBSCRIBE"
  | "RESERVE_RESOURCES"
  | "UNRESERVE_RESOURCES"
  | "CREATE_VOLUMES"
  | "DESTROY_VOLUMES"
  | "GROW_VOLUME"
  | "SHRINK_VOLUME"
  | "GET_MAINTENANCE_STATUS"
  | "GET_MAINTENANCE_SCHEDULE"
  | "UPDATE_MAINTENANCE_SCHEDULE"
  | "START_MAINTENANCE"
  | "STOP_MAINTENANCE"
  | "DRAIN_AGENT"
  | "DEACTIVATE_AGENT"
  | "REACTIVATE_AGENT"
  | "GET_QUOTA"
  | "UPDATE_QUOTA"
  | "SET_QUOTA"
  | "REMOVE_QUOTA"
  | "TEARDOWN"
  | "MARK_AGENT_GONE"
  /** Not of Mesos but of ClusterD. */
  | "READ_LOG";

/** Says which of the fields below is set. */
export type MasterResponseType =
  | "UNKNOWN"
  | "GET_HEALTH"
  | "GET_FLAGS"
  | "GET_VERSION"
  | "GET_METRICS"
  | "GET_LOGGING_LEVEL"
  | "LIST_FILES"
  | "READ_FILE"
  | "GET_STATE"
  | "GET_AGENTS"
  | "GET_FRAMEWORKS"
  | "GET_EXECUTORS"
  | "GET_OPERATIONS"
  | "GET_TASKS"
  | "GET_ROLES"
  | "GET_WEIGHTS"
  | "GET_MASTER"
  | "GET_MAINTENANCE_STATUS"
  | "GET_MAINTENANCE_SCHEDULE"
  | "GET_QUOTA"
  | "READ_LOG";

/** Says which of the fields below is set. */
export type MasterEventType =
  | "UNKNOWN"
  | "SUBSCRIBED"
  | "TASK_ADDED"
  | "TASK_UPDATED"
  | "AGENT_ADDED"
  | "AGENT_REMOVED"
  | "FRAMEWORK_ADDED"
  | "FRAMEWORK_UPDATED"
  | "FRAMEWORK_REMOVED"
  | "HEARTBEAT";

/** How the older driver is doing; nothing on the wire carries it. */
export type Status =
  | "DRIVER_NOT_STARTED"
  | "DRIVER_RUNNING"
  | "DRIVER_ABORTED"
  | "DRIVER_STOPPED";

/** Where a machine stands in its maintenance. */
export type MachineInfoMode =
  /** No maintenance, or not yet. */
  | "UP"
  /** Maintenance is planned: frameworks receive inverse offers. */
  | "DRAINING"
  /** Maintenance is under way: agents of this machine may not register. */
  | "DOWN";

export type FrameworkInfoCapabilityType =
  | "UNKNOWN"
  /** Takes offers of resources that may be taken back at any time. */
  | "REVOCABLE_RESOURCES"
  /** Understands TASK_KILLING. */
  | "TASK_KILLING_STATE"
  /** Is offered agents that have GPUs. */
  | "GPU_RESOURCES"
  /** Is offered shared persistent volumes. */
  | "SHARED_RESOURCES"
  /** Decides itself about tasks on unreachable agents, instead of having them lost. */
  | "PARTITION_AWARE"
  /** Subscribes with several roles, and reads the role of each offer. */
  | "MULTI_ROLE"
  /** Speaks the format of resources with a list of `reservations`. */
  | "RESERVATION_REFINEMENT"
  /** Is offered agents of other regions than the master's. */
  | "REGION_AWARE";

export type CheckInfoType =
  | "UNKNOWN"
  | "COMMAND"
  | "HTTP"
  | "TCP";

export type HealthCheckType =
  | "UNKNOWN"
  | "COMMAND"
  | "HTTP"
  | "TCP";

export type ExecutorInfoType =
  | "UNKNOWN"
  /** The built-in executor for task groups: no command of its own. */
  | "DEFAULT"
  /** Brought by the framework: `command` starts it. */
  | "CUSTOM";

export type MasterInfoCapabilityType =
  | "UNKNOWN"
  /** Takes updates of an agent's resources after it has registered. */
  | "AGENT_UPDATE"
  /** Knows DRAIN_AGENT. */
  | "AGENT_DRAINING"
  /** Knows quota limits apart from guarantees. */
  | "QUOTA_V2";

export type AgentInfoCapabilityType =
  | "UNKNOWN"
  /** Runs tasks of frameworks with several roles. */
  | "MULTI_ROLE"
  /** Takes roles with slashes. */
  | "HIERARCHICAL_ROLE"
  /** Speaks the format of resources with a list of `reservations`. */
  | "RESERVATION_REFINEMENT"
  /** Has resource providers and takes operations for them. */
  | "RESOURCE_PROVIDER"
  /** Grows and shrinks persistent volumes. */
  | "RESIZE_VOLUME"
  /** Reports the outcome of operations on its own resources. */
  | "AGENT_OPERATION_FEEDBACK"
  /** Drains its tasks when told to. */
  | "AGENT_DRAINING"
  /** Heeds limits of tasks apart from their requests. */
  | "TASK_RESOURCE_LIMITS";

/** Which of the two services of the Container Storage Interface it gives. */
export type CSIPluginContainerInfoService =
  | "UNKNOWN"
  | "CONTROLLER_SERVICE"
  | "NODE_SERVICE";

/** Says which of the fields below is set. */
export type ValueType =
  | "SCALAR"
  | "RANGES"
  | "SET"
  | "TEXT";

export type ResourceReservationInfoType =
  | "UNKNOWN"
  /** From the agent's flags; only a restart of the agent changes it. */
  | "STATIC"
  /** By a framework or operator, with RESERVE. */
  | "DYNAMIC";

export type ResourceDiskInfoSourceType =
  | "UNKNOWN"
  /** A folder; parts of it can be used. */
  | "PATH"
  /** A file system of its own; used as a whole or not at all. */
  | "MOUNT"
  /** A block device that has been set up. */
  | "BLOCK"
  /** Storage that has to become one of the others first, with CREATE_DISK. */
  | "RAW";

export type OfferOperationType =
  | "UNKNOWN"
  | "LAUNCH"
  | "LAUNCH_GROUP"
  | "RESERVE"
  | "UNRESERVE"
  | "CREATE"
  | "DESTROY"
  | "GROW_VOLUME"
  | "SHRINK_VOLUME"
  | "CREATE_DISK"
  | "DESTROY_DISK";

/** Where a task is in its life. */
export type TaskState =
  /** Accepted by the master, not yet seen by the executor. */
  | "TASK_STAGING"
  /** The executor has it. */
  | "TASK_STARTING"
  | "TASK_RUNNING"
  /** Being stopped. */
  | "TASK_KILLING"
  /** Ended well. Terminal. */
  | "TASK_FINISHED"
  /** Ended badly. Terminal. */
  | "TASK_FAILED"
  /** Ended on request. Terminal. */
  | "TASK_KILLED"
  /** Its description was refused. Terminal. */
  | "TASK_ERROR"
  /** Ended without anybody's wish, for frameworks without PARTITION_AWARE. Terminal. */
  | "TASK_LOST"
  /** Could not be started. Terminal. */
  | "TASK_DROPPED"
  /** Its agent does not answer: it may be running still, and come back. */
  | "TASK_UNREACHABLE"
  /** Its agent is back without it. Terminal. */
  | "TASK_GONE"
  /** The operator says that its agent will never come back. */
  | "TASK_GONE_BY_OPERATOR"
  /** The master has never heard of it, or forgot. */
  | "TASK_UNKNOWN";

/** Where an operation is in its life. */
export type OperationState =
  /** A state that this version does not know. */
  | "OPERATION_UNSUPPORTED"
  | "OPERATION_PENDING"
  | "OPERATION_FINISHED"
  /** Tried without success. Terminal. */
  | "OPERATION_FAILED"
  /** Refused as invalid. Terminal. */
  | "OPERATION_ERROR"
  /** Never reached the agent. Terminal. */
  | "OPERATION_DROPPED"
  /** The agent does not answer. */
  | "OPERATION_UNREACHABLE"
  /** The operator says that the agent will never come back. */
  | "OPERATION_GONE_BY_OPERATOR"
  /** The agent or provider is coming back and not sure yet. */
  | "OPERATION_RECOVERING"
  /** The master has never heard of it, or forgot. */
  | "OPERATION_UNKNOWN";

/** Who made the report. */
export type TaskStatusSource =
  | "SOURCE_MASTER"
  | "SOURCE_AGENT"
  | "SOURCE_EXECUTOR";

/** Why the state is what it is, for programs; `message` is for people. */
export type TaskStatusReason =
  | "REASON_COMMAND_EXECUTOR_FAILED"
  | "REASON_CONTAINER_LAUNCH_FAILED"
  | "REASON_CONTAINER_LIMITATION"
  | "REASON_CONTAINER_LIMITATION_DISK"
  | "REASON_CONTAINER_LIMITATION_MEMORY"
  | "REASON_CONTAINER_PREEMPTED"
  | "REASON_CONTAINER_UPDATE_FAILED"
  | "REASON_MAX_COMPLETION_TIME_REACHED"
  | "REASON_EXECUTOR_REGISTRATION_TIMEOUT"
  | "REASON_EXECUTOR_REREGISTRATION_TIMEOUT"
  | "REASON_EXECUTOR_TERMINATED"
  | "REASON_EXECUTOR_UNREGISTERED"
  | "REASON_FRAMEWORK_REMOVED"
  | "REASON_GC_ERROR"
  | "REASON_INVALID_FRAMEWORKID"
  | "REASON_INVALID_OFFERS"
  | "REASON_IO_SWITCHBOARD_EXITED"
  | "REASON_MASTER_DISCONNECTED"
  | "REASON_RECONCILIATION"
  | "REASON_RESOURCES_UNKNOWN"
  | "REASON_AGENT_DISCONNECTED"
  | "REASON_AGENT_DRAINING"
  | "REASON_AGENT_REMOVED"
  | "REASON_AGENT_REMOVED_BY_OPERATOR"
  | "REASON_AGENT_REREGISTERED"
  | "REASON_AGENT_RESTARTED"
  | "REASON_AGENT_UNKNOWN"
  | "REASON_TASK_KILLED_DURING_LAUNCH"
  | "REASON_TASK_CHECK_STATUS_UPDATED"
  | "REASON_TASK_HEALTH_CHECK_STATUS_UPDATED"
  | "REASON_TASK_GROUP_INVALID"
  | "REASON_TASK_GROUP_UNAUTHORIZED"
  | "REASON_TASK_INVALID"
  | "REASON_TASK_UNAUTHORIZED"
  | "REASON_TASK_UNKNOWN";

/** Says which of the fields below is set. */
export type EnvironmentVariableType =
  | "UNKNOWN"
  | "VALUE"
  | "SECRET";

/** Says which of the fields below is set. */
export type SecretType =
  | "UNKNOWN"
  | "REFERENCE"
  | "VALUE";

export type ImageType =
  | "APPC"
  | "DOCKER";

export type MountPropagationMode =
  | "UNKNOWN"
  /** Mounts of the host appear in the container. */
  | "HOST_TO_CONTAINER"
  /** And the other way round. */
  | "BIDIRECTIONAL";

export type VolumeMode =
  | "RW"
  | "RO";

/** Says which of the fields below is set. */
export type VolumeSourceType =
  | "UNKNOWN"
  | "DOCKER_VOLUME"
  | "HOST_PATH"
  | "SANDBOX_PATH"
  | "SECRET"
  | "CSI_VOLUME";

/** Whose sandbox: the container's own or that of the container around it. */
export type VolumeSourceSandboxPathType =
  | "UNKNOWN"
  | "SELF"
  | "PARENT";

export type VolumeSourceCSIVolumeVolumeCapabilityAccessModeMode =
  | "UNKNOWN"
  | "SINGLE_NODE_WRITER"
  | "SINGLE_NODE_READER_ONLY"
  | "MULTI_NODE_READER_ONLY"
  | "MULTI_NODE_SINGLE_WRITER"
  | "MULTI_NODE_MULTI_WRITER";

/** Version of the Internet Protocol. */
export type NetworkInfoProtocol =
  | "IPv4"
  | "IPv6";

/** Named as in capabilities(7); a number is the kernel's plus 1000. */
export type CapabilityInfoCapability =
  | "UNKNOWN"
  | "CHOWN"
  | "DAC_OVERRIDE"
  | "DAC_READ_SEARCH"
  | "FOWNER"
  | "FSETID"
  | "KILL"
  | "SETGID"
  | "SETUID"
  | "SETPCAP"
  | "LINUX_IMMUTABLE"
  | "NET_BIND_SERVICE"
  | "NET_BROADCAST"
  | "NET_ADMIN"
  | "NET_RAW"
  | "IPC_LOCK"
  | "IPC_OWNER"
  | "SYS_MODULE"
  | "SYS_RAWIO"
  | "SYS_CHROOT"
  | "SYS_PTRACE"
  | "SYS_PACCT"
  | "SYS_ADMIN"
  | "SYS_BOOT"
  | "SYS_NICE"
  | "SYS_RESOURCE"
  | "SYS_TIME"
  | "SYS_TTY_CONFIG"
  | "MKNOD"
  | "LEASE"
  | "AUDIT_WRITE"
  | "AUDIT_CONTROL"
  | "SETFCAP"
  | "MAC_OVERRIDE"
  | "MAC_ADMIN"
  | "SYSLOG"
  | "WAKE_ALARM"
  | "BLOCK_SUSPEND"
  | "AUDIT_READ"
  | "PERFMON"
  | "BPF"
  | "CHECKPOINT_RESTORE";

export type LinuxInfoIpcMode =
  | "UNKNOWN"
  /** Shared memory of its own. */
  | "PRIVATE"
  /** That of the container around it, or of the host. */
  | "SHARE_PARENT";

export type RLimitInfoRLimitType =
  | "UNKNOWN"
  | "RLMT_AS"
  | "RLMT_CORE"
  | "RLMT_CPU"
  | "RLMT_DATA"
  | "RLMT_FSIZE"
  | "RLMT_LOCKS"
  | "RLMT_MEMLOCK"
  | "RLMT_MSGQUEUE"
  | "RLMT_NICE"
  | "RLMT_NOFILE"
  | "RLMT_NPROC"
  | "RLMT_RSS"
  | "RLMT_RTPRIO"
  | "RLMT_RTTIME"
  | "RLMT_SIGPENDING"
  | "RLMT_STACK";

/** Which containerizer runs it. */
export type ContainerInfoType =
  | "DOCKER"
  | "MESOS";

/** As in `docker run --network`; USER is named by `network_infos`. */
export type ContainerInfoDockerInfoNetwork =
  | "HOST"
  | "BRIDGE"
  | "NONE"
  | "USER";

/** What is counted. */
export type CgroupInfoBlkioOperation =
  | "UNKNOWN"
  | "TOTAL"
  | "READ"
  | "WRITE"
  | "SYNC"
  | "ASYNC"
  | "DISCARD";

/** Who should be able to find it. */
export type DiscoveryInfoVisibility =
  | "FRAMEWORK"
  | "CLUSTER"
  | "EXTERNAL";

/** How far an agent is on its way to be empty. */
export type DrainState =
  | "UNKNOWN"
  | "DRAINING"
  | "DRAINED";

/** Says which of the fields below is set. */
export type ResourceProviderEventType =
  | "UNKNOWN"
  | "SUBSCRIBED"
  | "APPLY_OPERATION"
  | "PUBLISH_RESOURCES"
  | "ACKNOWLEDGE_OPERATION_STATUS"
  | "RECONCILE_OPERATIONS"
  | "TEARDOWN";

/** Says which of the fields below is set. */
export type ResourceProviderCallType =
  | "UNKNOWN"
  | "SUBSCRIBE"
  | "UPDATE_OPERATION_STATUS"
  | "UPDATE_STATE"
  | "UPDATE_PUBLISH_RESOURCES_STATUS";

/** Whether the resources are usable. */
export type ResourceProviderCallUpdatePublishResourcesStatusStatus =
  | "UNKNOWN"
  | "OK"
  | "FAILED";

/** Says which of the fields below is set. */
export type SchedulerEventType =
  | "UNKNOWN"
  | "SUBSCRIBED"
  | "OFFERS"
  | "INVERSE_OFFERS"
  | "RESCIND"
  | "RESCIND_INVERSE_OFFER"
  | "UPDATE"
  | "UPDATE_OPERATION_STATUS"
  | "MESSAGE"
  | "FAILURE"
  | "ERROR"
  | "HEARTBEAT";

/** Says which of the fields below is set. */
export type SchedulerResponseType =
  | "UNKNOWN"
  | "RECONCILE_OPERATIONS";

/** What every agent has without an attribute. */
export type SchedulerAttributeConstraintSelectorPseudoattributeType =
  | "UNKNOWN"
  | "HOSTNAME"
  | "REGION"
  | "ZONE";

/** Says which of the fields below is set. */
export type SchedulerCallType =
  | "UNKNOWN"
  | "SUBSCRIBE"
  | "TEARDOWN"
  | "ACCEPT"
  | "DECLINE"
  | "ACCEPT_INVERSE_OFFERS"
  | "DECLINE_INVERSE_OFFERS"
  | "REVIVE"
  | "KILL"
  | "SHUTDOWN"
  | "ACKNOWLEDGE"
  | "ACKNOWLEDGE_OPERATION_STATUS"
  | "RECONCILE"
  | "RECONCILE_OPERATIONS"
  | "MESSAGE"
  | "REQUEST"
  | "SUPPRESS"
  | "UPDATE_FRAMEWORK";

/** An update, or the acknowledgement of one. */
export type StatusUpdateRecordType =
  | "UPDATE"
  | "ACK";

/** An update, or the acknowledgement of one. */
export type UpdateOperationStatusRecordType =
  | "UPDATE"
  | "ACK";

export interface GoogleDuration {
  seconds?: number;
  nanos?: number;
}

/**
 * Rules of the local authorizer, given as JSON to `--acls`; nothing on the wire carries them. Mesos has a message for each
 * list below, but they differ only in what the second field is called.
 */
export type ACL = Record<string, never>;

/** Whom or what a rule is about. */
export interface ACLEntity {
  type?: ACLEntityType;
  /** For SOME alone. */
  values?: string[];
}

export interface ACLOnRoles {
  principals: ACLEntity;
  roles: ACLEntity;
}

export interface ACLOnUsers {
  principals: ACLEntity;
  users: ACLEntity;
}

export interface ACLOnAgents {
  principals: ACLEntity;
  agents: ACLEntity;
}

export interface ACLOnMachines {
  principals: ACLEntity;
  machines: ACLEntity;
}

export interface ACLOnResourceProviders {
  principals: ACLEntity;
  resource_providers: ACLEntity;
}

export interface ACLTeardownFramework {
  principals: ACLEntity;
  framework_principals: ACLEntity;
}

export interface ACLUnreserveResources {
  principals: ACLEntity;
  reserver_principals: ACLEntity;
}

export interface ACLDestroyVolume {
  principals: ACLEntity;
  creator_principals: ACLEntity;
}

export interface ACLGetEndpoint {
  principals: ACLEntity;
  paths: ACLEntity;
}

export interface ACLAccessMesosLog {
  principals: ACLEntity;
  logs: ACLEntity;
}

export interface ACLViewFlags {
  principals: ACLEntity;
  flags: ACLEntity;
}

export interface ACLSetLogLevel {
  principals: ACLEntity;
  level: ACLEntity;
}

export interface ACLPruneImages {
  principals: ACLEntity;
  images: ACLEntity;
}

/** Each list is read in order: the first rule that matches decides; without one, `permissive` does. */
export interface ACLs {
  permissive?: boolean;
  register_frameworks?: ACLOnRoles[];
  run_tasks?: ACLOnUsers[];
  reserve_resources?: ACLOnRoles[];
  unreserve_resources?: ACLUnreserveResources[];
  create_volumes?: ACLOnRoles[];
  destroy_volumes?: ACLDestroyVolume[];
  teardown_frameworks?: ACLTeardownFramework[];
  update_weights?: ACLOnRoles[];
  get_endpoints?: ACLGetEndpoint[];
  get_quotas?: ACLOnRoles[];
  update_quotas?: ACLOnRoles[];
  view_frameworks?: ACLOnUsers[];
  view_tasks?: ACLOnUsers[];
  view_executors?: ACLOnUsers[];
  access_sandboxes?: ACLOnUsers[];
  access_mesos_logs?: ACLAccessMesosLog[];
  view_roles?: ACLOnRoles[];
  view_flags?: ACLViewFlags[];
  launch_nested_containers_as_user?: ACLOnUsers[];
  launch_nested_containers_under_parent_with_user?: ACLOnUsers[];
  kill_nested_containers?: ACLOnUsers[];
  wait_nested_containers?: ACLOnUsers[];
  launch_nested_container_sessions_as_user?: ACLOnUsers[];
  launch_nested_container_sessions_under_parent_with_user?: ACLOnUsers[];
  attach_containers_input?: ACLOnUsers[];
  attach_containers_output?: ACLOnUsers[];
  view_containers?: ACLOnUsers[];
  set_log_level?: ACLSetLogLevel[];
  remove_nested_containers?: ACLOnUsers[];
  register_agents?: ACLOnAgents[];
  update_maintenance_schedules?: ACLOnMachines[];
  get_maintenance_schedules?: ACLOnMachines[];
  start_maintenances?: ACLOnMachines[];
  stop_maintenances?: ACLOnMachines[];
  get_maintenance_statuses?: ACLOnMachines[];
  mark_agents_gone?: ACLOnAgents[];
  launch_standalone_containers?: ACLOnUsers[];
  kill_standalone_containers?: ACLOnUsers[];
  wait_standalone_containers?: ACLOnUsers[];
  remove_standalone_containers?: ACLOnUsers[];
  modify_resource_provider_configs?: ACLOnResourceProviders[];
  view_standalone_containers?: ACLOnUsers[];
  prune_images?: ACLPruneImages[];
  resize_volumes?: ACLOnRoles[];
  create_block_disks?: ACLOnRoles[];
  destroy_block_disks?: ACLOnRoles[];
  create_mount_disks?: ACLOnRoles[];
  destroy_mount_disks?: ACLOnRoles[];
  view_resource_providers?: ACLOnResourceProviders[];
  mark_resource_providers_gone?: ACLOnResourceProviders[];
  destroy_raw_disks?: ACLOnRoles[];
  drain_agents?: ACLOnAgents[];
  deactivate_agents?: ACLOnAgents[];
  reactivate_agents?: ACLOnAgents[];
}

/** From an operator, or from an executor for its nested containers, to the agent. */
export interface AgentCall {
  type?: AgentCallType;
  get_metrics?: AgentCallGetMetrics;
  set_logging_level?: AgentCallSetLoggingLevel;
  list_files?: AgentCallListFiles;
  read_file?: AgentCallReadFile;
  get_containers?: AgentCallGetContainers;
  launch_nested_container?: AgentCallLaunchNestedContainer;
  wait_nested_container?: AgentCallWaitNestedContainer;
  kill_nested_container?: AgentCallKillNestedContainer;
  remove_nested_container?: AgentCallRemoveNestedContainer;
  launch_nested_container_session?: AgentCallLaunchNestedContainerSession;
  attach_container_input?: AgentCallAttachContainerInput;
  attach_container_output?: AgentCallAttachContainerOutput;
  launch_container?: AgentCallLaunchContainer;
  wait_container?: AgentCallWaitContainer;
  kill_container?: AgentCallKillContainer;
  remove_container?: AgentCallRemoveContainer;
  add_resource_provider_config?: AgentCallAddResourceProviderConfig;
  update_resource_provider_config?: AgentCallUpdateResourceProviderConfig;
  remove_resource_provider_config?: AgentCallRemoveResourceProviderConfig;
  mark_resource_provider_gone?: AgentCallMarkResourceProviderGone;
  read_log?: AgentCallReadLog;
  prune_images?: AgentCallPruneImages;
}

/** Asks for the metrics. */
export interface AgentCallGetMetrics {
  /** Metrics that take longer are left out. */
  timeout?: DurationInfo;
}

/** Writes more into the log for a while. */
export interface AgentCallSetLoggingLevel {
  /** 0 is the least. */
  level: number;
  duration: DurationInfo;
}

/** Asks for the files of a folder. */
export interface AgentCallListFiles {
  /** A virtual path, such as `/slave/log`, or the path of a sandbox. */
  path: string;
}

/** Asks for a part of a file. */
export interface AgentCallReadFile {
  path: string;
  /** In bytes. */
  offset: number;
  /** Absent: as much as one answer holds. */
  length?: number;
}

/**
 * Asks for a part of what a container or the agent itself has written. The
 * outputs need no path, and both come in one answer.
 */
export interface AgentCallReadLog {
  source: AgentCallReadLogSource;
  /** Of source CONTAINER, and of no other. */
  container_id?: ContainerID;
  /** In bytes. The agent's own log is read like a standard output. */
  stdout_offset?: number;
  stderr_offset?: number;
  /** Of each output. Absent: as much as one answer holds. */
  length?: number;
}

/** Asks for containers; without options, those of executors. */
export interface AgentCallGetContainers {
  show_nested?: boolean;
  show_standalone?: boolean;
}

/** Starts a container inside another. */
export interface AgentCallLaunchNestedContainer {
  container_id: ContainerID;
  command?: CommandInfo;
  container?: ContainerInfo;
}

/** Answers when the container has ended. */
export interface AgentCallWaitNestedContainer {
  container_id: ContainerID;
}

/** Sends a signal to the container's first process. */
export interface AgentCallKillNestedContainer {
  container_id: ContainerID;
  /** Absent: SIGKILL. */
  signal?: number;
}

/** Removes what an ended container left behind. */
export interface AgentCallRemoveNestedContainer {
  container_id: ContainerID;
}

/** Starts a container that lives as long as the connection, which carries its output. */
export interface AgentCallLaunchNestedContainerSession {
  container_id: ContainerID;
  command?: CommandInfo;
  container?: ContainerInfo;
}

/** A stream of calls: the first names the container, the others are its input. */
export interface AgentCallAttachContainerInput {
  type?: AgentCallAttachContainerInputType;
  container_id?: ContainerID;
  process_io?: AgentProcessIO;
}

/** Opens a stream of the container's output. */
export interface AgentCallAttachContainerOutput {
  container_id: ContainerID;
}

/** Starts a container, inside another or, with resources of its own, on its own. */
export interface AgentCallLaunchContainer {
  container_id: ContainerID;
  command?: CommandInfo;
  resources?: Resource[];
  container?: ContainerInfo;
  /** The most of `cpus` and `mem` that it may use, when more than its resources. */
  limits?: Record<string, ValueScalar>;
}

/** Answers when the container has ended. */
export interface AgentCallWaitContainer {
  container_id: ContainerID;
}

/** Sends a signal to the container's first process. */
export interface AgentCallKillContainer {
  container_id: ContainerID;
  /** Absent: SIGKILL. */
  signal?: number;
}

/** Removes what an ended container left behind. */
export interface AgentCallRemoveContainer {
  container_id: ContainerID;
}

/** Starts a resource provider. */
export interface AgentCallAddResourceProviderConfig {
  info: ResourceProviderInfo;
}

/** Restarts it with another configuration. */
export interface AgentCallUpdateResourceProviderConfig {
  info: ResourceProviderInfo;
}

/** Stops it; the provider may come back. */
export interface AgentCallRemoveResourceProviderConfig {
  type: string;
  name: string;
}

/** Says that a provider will never come back. */
export interface AgentCallMarkResourceProviderGone {
  resource_provider_id: ResourceProviderID;
}

/** Deletes images that no container uses. */
export interface AgentCallPruneImages {
  /** Kept all the same. */
  excluded_images?: Image[];
}

/** The agent's answer. */
export interface AgentResponse {
  type?: AgentResponseType;
  get_health?: AgentResponseGetHealth;
  get_flags?: AgentResponseGetFlags;
  get_version?: AgentResponseGetVersion;
  get_metrics?: AgentResponseGetMetrics;
  get_logging_level?: AgentResponseGetLoggingLevel;
  list_files?: AgentResponseListFiles;
  read_file?: AgentResponseReadFile;
  get_state?: AgentResponseGetState;
  get_containers?: AgentResponseGetContainers;
  get_frameworks?: AgentResponseGetFrameworks;
  get_executors?: AgentResponseGetExecutors;
  get_operations?: AgentResponseGetOperations;
  get_tasks?: AgentResponseGetTasks;
  get_agent?: AgentResponseGetAgent;
  get_resource_providers?: AgentResponseGetResourceProviders;
  wait_nested_container?: AgentResponseWaitNestedContainer;
  wait_container?: AgentResponseWaitContainer;
  read_log?: AgentResponseReadLog;
}

/** True whenever there is an answer at all. */
export interface AgentResponseGetHealth {
  healthy: boolean;
}

/** The agent's flags. */
export interface AgentResponseGetFlags {
  flags?: Flag[];
}

/** The agent's version. */
export interface AgentResponseGetVersion {
  version_info: VersionInfo;
}

/** Every metric. */
export interface AgentResponseGetMetrics {
  metrics?: Metric[];
}

/** 0 is the least. */
export interface AgentResponseGetLoggingLevel {
  level: number;
}

/** The files of a folder. */
export interface AgentResponseListFiles {
  file_infos?: FileInfo[];
}

/** A part of a file. */
export interface AgentResponseReadFile {
  /** Of the whole file. */
  size: number;
  data: string;
}

/** Parts of what was written. */
export interface AgentResponseReadLog {
  stdout?: AgentResponseReadLogData;
  /** Absent for the agent's own log. */
  stderr?: AgentResponseReadLogData;
}

/** A part of one output. */
export interface AgentResponseReadLogData {
  /** Of all there is. */
  size: number;
  data: string;
}

/** Everything at once. */
export interface AgentResponseGetState {
  get_tasks?: AgentResponseGetTasks;
  get_executors?: AgentResponseGetExecutors;
  get_frameworks?: AgentResponseGetFrameworks;
}

/** Containers and what they use. */
export interface AgentResponseGetContainers {
  containers?: AgentResponseGetContainersContainer[];
}

/** One of them. */
export interface AgentResponseGetContainersContainer {
  framework_id?: FrameworkID;
  executor_id?: ExecutorID;
  executor_name?: string;
  container_id: ContainerID;
  container_status?: ContainerStatus;
  resource_statistics?: ResourceStatistics;
}

/** Frameworks with executors here, and those that had some. */
export interface AgentResponseGetFrameworks {
  frameworks?: AgentResponseGetFrameworksFramework[];
  completed_frameworks?: AgentResponseGetFrameworksFramework[];
}

/** One of them. */
export interface AgentResponseGetFrameworksFramework {
  framework_info: FrameworkInfo;
}

/** Executors, and those that have ended. */
export interface AgentResponseGetExecutors {
  executors?: AgentResponseGetExecutorsExecutor[];
  completed_executors?: AgentResponseGetExecutorsExecutor[];
}

/** One of them. */
export interface AgentResponseGetExecutorsExecutor {
  executor_info: ExecutorInfo;
}

/** Operations that are not over. */
export interface AgentResponseGetOperations {
  operations?: Operation[];
}

/** Tasks, by how far they are. */
export interface AgentResponseGetTasks {
  /** Being authorized or made ready, before their executor is told. */
  pending_tasks?: Task[];
  /** Waiting for their executor to subscribe. */
  queued_tasks?: Task[];
  /** Given to their executor. */
  launched_tasks?: Task[];
  /** Ended, with updates to be acknowledged. */
  terminated_tasks?: Task[];
  /** Ended and acknowledged; the agent keeps a bounded number. */
  completed_tasks?: Task[];
}

/** The agent itself. */
export interface AgentResponseGetAgent {
  agent_info?: AgentInfo;
  /** While it drains. */
  drain_config?: DrainConfig;
  /** When draining began, as far as the agent can tell. */
  estimated_drain_start_time?: TimeInfo;
}

/** Providers and what they bring. */
export interface AgentResponseGetResourceProviders {
  resource_providers?: AgentResponseGetResourceProvidersResourceProvider[];
}

/** One of them. */
export interface AgentResponseGetResourceProvidersResourceProvider {
  resource_provider_info: ResourceProviderInfo;
  total_resources?: Resource[];
}

/** How a nested container ended. */
export interface AgentResponseWaitNestedContainer {
  /** As wait(2) gives it; absent when nobody knows. */
  exit_status?: number;
  /** What its task should be reported as, if something else than the exit status decides. */
  state?: TaskState;
  reason?: TaskStatusReason;
  limitation?: TaskResourceLimitation;
  message?: string;
}

/** How a container ended. */
export interface AgentResponseWaitContainer {
  /** As wait(2) gives it; absent when nobody knows. */
  exit_status?: number;
  /** What its task should be reported as, if something else than the exit status decides. */
  state?: TaskState;
  reason?: TaskStatusReason;
  limitation?: TaskResourceLimitation;
  message?: string;
}

/** A piece of what goes into or comes out of a container. */
export interface AgentProcessIO {
  type?: AgentProcessIOType;
  data?: AgentProcessIOData;
  control?: AgentProcessIOControl;
}

/** Bytes of a standard stream; none at all is its end. */
export interface AgentProcessIOData {
  type?: AgentProcessIODataType;
  data?: string;
}

/** What is not data. */
export interface AgentProcessIOControl {
  type?: AgentProcessIOControlType;
  tty_info?: TTYInfo;
  heartbeat?: AgentProcessIOControlHeartbeat;
}

/** Keeps an idle connection open. */
export interface AgentProcessIOControlHeartbeat {
  /** To the next one. */
  interval?: DurationInfo;
}

/** What a framework answered to an inverse offer. */
export interface InverseOfferStatus {
  status: InverseOfferStatusStatus;
  framework_id: FrameworkID;
  /** When the answer last changed. */
  timestamp: TimeInfo;
}

/** From the agent to an executor, on the stream that SUBSCRIBE opens. */
export interface ExecutorEvent {
  type?: ExecutorEventType;
  subscribed?: ExecutorEventSubscribed;
  acknowledged?: ExecutorEventAcknowledged;
  launch?: ExecutorEventLaunch;
  launch_group?: ExecutorEventLaunchGroup;
  kill?: ExecutorEventKill;
  message?: ExecutorEventMessage;
  error?: ExecutorEventError;
}

/** First on the stream. */
export interface ExecutorEventSubscribed {
  executor_info: ExecutorInfo;
  framework_info: FrameworkInfo;
  agent_info: AgentInfo;
  container_id?: ContainerID;
}

/** Start a task. */
export interface ExecutorEventLaunch {
  task: TaskInfo;
}

/** Start tasks together. */
export interface ExecutorEventLaunchGroup {
  task_group: TaskGroupInfo;
}

/** Stop a task. */
export interface ExecutorEventKill {
  task_id: TaskID;
  /** Overrides the task's. */
  kill_policy?: KillPolicy;
}

/** An update has been taken in and need not be sent again. */
export interface ExecutorEventAcknowledged {
  task_id: TaskID;
  uuid: string;
}

/** From the scheduler. */
export interface ExecutorEventMessage {
  data: string;
}

/** The subscription is over, for this reason. */
export interface ExecutorEventError {
  message: string;
}

/** From an executor to its agent. */
export interface ExecutorCall {
  executor_id: ExecutorID;
  framework_id: FrameworkID;
  type?: ExecutorCallType;
  subscribe?: ExecutorCallSubscribe;
  update?: ExecutorCallUpdate;
  message?: ExecutorCallMessage;
}

/** Opens the stream of events; again after the agent has restarted. */
export interface ExecutorCallSubscribe {
  /** Tasks for which no update has been acknowledged yet. */
  unacknowledged_tasks?: TaskInfo[];
  unacknowledged_updates?: ExecutorCallUpdate[];
}

/** A task has changed; to be sent again until acknowledged. */
export interface ExecutorCallUpdate {
  status: TaskStatus;
}

/** To the scheduler; may get lost. */
export interface ExecutorCallMessage {
  data: string;
}

/** Machines that will be away together. */
export interface MaintenanceWindow {
  machine_ids?: MachineID[];
  unavailability: Unavailability;
}

/** All planned maintenance. A machine occurs in one window at most. */
export interface MaintenanceSchedule {
  windows?: MaintenanceWindow[];
}

/** Where maintenance stands. */
export interface MaintenanceClusterStatus {
  draining_machines?: MaintenanceClusterStatusDrainingMachine[];
  down_machines?: MachineID[];
}

/** A machine whose maintenance is planned. */
export interface MaintenanceClusterStatusDrainingMachine {
  id: MachineID;
  /** The frameworks' answers to inverse offers. */
  statuses?: InverseOfferStatus[];
}

/** From an operator to the master. */
export interface MasterCall {
  type?: MasterCallType;
  get_metrics?: MasterCallGetMetrics;
  set_logging_level?: MasterCallSetLoggingLevel;
  list_files?: MasterCallListFiles;
  read_file?: MasterCallReadFile;
  update_weights?: MasterCallUpdateWeights;
  reserve_resources?: MasterCallReserveResources;
  unreserve_resources?: MasterCallUnreserveResources;
  create_volumes?: MasterCallCreateVolumes;
  destroy_volumes?: MasterCallDestroyVolumes;
  grow_volume?: MasterCallGrowVolume;
  shrink_volume?: MasterCallShrinkVolume;
  update_maintenance_schedule?: MasterCallUpdateMaintenanceSchedule;
  start_maintenance?: MasterCallStartMaintenance;
  stop_maintenance?: MasterCallStopMaintenance;
  drain_agent?: MasterCallDrainAgent;
  deactivate_agent?: MasterCallDeactivateAgent;
  reactivate_agent?: MasterCallReactivateAgent;
  update_quota?: MasterCallUpdateQuota;
  teardown?: MasterCallTeardown;
  mark_agent_gone?: MasterCallMarkAgentGone;
  read_log?: MasterCallReadLog;
  set_quota?: MasterCallSetQuota;
  remove_quota?: MasterCallRemoveQuota;
}

/** Asks for the metrics. */
export interface MasterCallGetMetrics {
  /** Metrics that take longer are left out. */
  timeout?: DurationInfo;
}

/** Writes more into the log for a while. */
export interface MasterCallSetLoggingLevel {
  /** 0 is the least. */
  level: number;
  duration: DurationInfo;
}

/** Asks for the files of a folder. */
export interface MasterCallListFiles {
  /** A virtual path, such as `/master/log`. */
  path: string;
}

/** Asks for a part of a file. */
export interface MasterCallReadFile {
  path: string;
  /** In bytes. */
  offset: number;
  /** Absent: as much as one answer holds. */
  length?: number;
}

/** Asks for a part of the master's own log. */
export interface MasterCallReadLog {
  /** In bytes. */
  offset?: number;
  /** Absent: as much as one answer holds. */
  length?: number;
}

/** Sets weights of roles; others stay. */
export interface MasterCallUpdateWeights {
  weight_infos?: WeightInfo[];
}

/** Reserves free resources of an agent. */
export interface MasterCallReserveResources {
  agent_id: AgentID;
  /** What is reserved now: the same resources with other reservations. */
  source?: Resource[];
  resources?: Resource[];
}

/** Takes the last reservation away. */
export interface MasterCallUnreserveResources {
  agent_id: AgentID;
  resources?: Resource[];
}

/** Makes persistent volumes of reserved disk. */
export interface MasterCallCreateVolumes {
  agent_id: AgentID;
  volumes?: Resource[];
}

/** Deletes persistent volumes and their data. */
export interface MasterCallDestroyVolumes {
  agent_id: AgentID;
  volumes?: Resource[];
}

/** Adds free disk to a volume. */
export interface MasterCallGrowVolume {
  agent_id?: AgentID;
  volume: Resource;
  addition: Resource;
}

/** Gives a part of a volume back. */
export interface MasterCallShrinkVolume {
  agent_id?: AgentID;
  volume: Resource;
  subtract: ValueScalar;
}

/** Replaces the whole schedule. */
export interface MasterCallUpdateMaintenanceSchedule {
  schedule: MaintenanceSchedule;
}

/** Takes machines of the schedule down: their agents are shut down. */
export interface MasterCallStartMaintenance {
  machines?: MachineID[];
}

/** Brings machines back up. */
export interface MasterCallStopMaintenance {
  machines?: MachineID[];
}

/** Empties an agent: no offers, and its tasks are killed. */
export interface MasterCallDrainAgent {
  agent_id: AgentID;
  /** The most that a task gets between SIGTERM and SIGKILL, whatever its own policy says. */
  max_grace_period?: GoogleDuration;
  /** Mark the agent gone as soon as it is empty. */
  mark_gone?: boolean;
}

/** Offers nothing of an agent any more; its tasks go on. */
export interface MasterCallDeactivateAgent {
  agent_id: AgentID;
}

/** Ends draining or deactivation. */
export interface MasterCallReactivateAgent {
  agent_id: AgentID;
}

/** Sets guarantees and limits of roles. */
export interface MasterCallUpdateQuota {
  /** Set it even if the cluster has not as much, or more is in use. */
  force?: boolean;
  quota_configs?: QuotaConfig[];
}

/** Sets the quota of a role that has none. */
export interface MasterCallSetQuota {
  quota_request: QuotaRequest;
}

/** Removes the quota of a role. */
export interface MasterCallRemoveQuota {
  role: string;
}

/** Removes a framework and kills its tasks. */
export interface MasterCallTeardown {
  framework_id: FrameworkID;
}

/** Says that an agent will never come back. */
export interface MasterCallMarkAgentGone {
  agent_id: AgentID;
}

/** The master's answer. */
export interface MasterResponse {
  type?: MasterResponseType;
  get_health?: MasterResponseGetHealth;
  get_flags?: MasterResponseGetFlags;
  get_version?: MasterResponseGetVersion;
  get_metrics?: MasterResponseGetMetrics;
  get_logging_level?: MasterResponseGetLoggingLevel;
  list_files?: MasterResponseListFiles;
  read_file?: MasterResponseReadFile;
  get_state?: MasterResponseGetState;
  get_agents?: MasterResponseGetAgents;
  get_frameworks?: MasterResponseGetFrameworks;
  get_executors?: MasterResponseGetExecutors;
  get_operations?: MasterResponseGetOperations;
  get_tasks?: MasterResponseGetTasks;
  get_roles?: MasterResponseGetRoles;
  get_weights?: MasterResponseGetWeights;
  get_master?: MasterResponseGetMaster;
  get_maintenance_status?: MasterResponseGetMaintenanceStatus;
  get_maintenance_schedule?: MasterResponseGetMaintenanceSchedule;
  get_quota?: MasterResponseGetQuota;
  read_log?: MasterResponseReadLog;
}

/** True whenever there is an answer at all. */
export interface MasterResponseGetHealth {
  healthy: boolean;
}

/** The master's flags. */
export interface MasterResponseGetFlags {
  flags?: Flag[];
}

/** The master's version. */
export interface MasterResponseGetVersion {
  version_info: VersionInfo;
}

/** Every metric. */
export interface MasterResponseGetMetrics {
  metrics?: Metric[];
}

/** 0 is the least. */
export interface MasterResponseGetLoggingLevel {
  level: number;
}

/** The files of a folder. */
export interface MasterResponseListFiles {
  file_infos?: FileInfo[];
}

/** A part of a file. */
export interface MasterResponseReadFile {
  /** Of the whole file. */
  size: number;
  data: string;
}

/** A part of the log. */
export interface MasterResponseReadLog {
  /** Of the whole log. */
  size: number;
  data: string;
}

/** Everything at once. */
export interface MasterResponseGetState {
  get_tasks?: MasterResponseGetTasks;
  get_executors?: MasterResponseGetExecutors;
  get_frameworks?: MasterResponseGetFrameworks;
  get_agents?: MasterResponseGetAgents;
}

/** Every agent that has registered. */
export interface MasterResponseGetAgents {
  agents?: MasterResponseGetAgentsAgent[];
  /** Known from before the master's restart, not back yet. */
  recovered_agents?: AgentInfo[];
}

/** One of them. */
export interface MasterResponseGetAgentsAgent {
  agent_info: AgentInfo;
  /** Connected, and offered to frameworks. */
  active: boolean;
  /** By an operator. */
  deactivated?: boolean;
  version: string;
  pid?: string;
  registered_time?: TimeInfo;
  reregistered_time?: TimeInfo;
  total_resources?: Resource[];
  allocated_resources?: Resource[];
  offered_resources?: Resource[];
  capabilities?: AgentInfoCapability[];
  resource_providers?: MasterResponseGetAgentsAgentResourceProvider[];
  drain_info?: DrainInfo;
  /** When draining began, as far as the master can tell. */
  estimated_drain_start_time?: TimeInfo;
}

/** A provider and what it brings. */
export interface MasterResponseGetAgentsAgentResourceProvider {
  resource_provider_info: ResourceProviderInfo;
  total_resources?: Resource[];
}

/** Frameworks, and those that have ended. */
export interface MasterResponseGetFrameworks {
  frameworks?: MasterResponseGetFrameworksFramework[];
  completed_frameworks?: MasterResponseGetFrameworksFramework[];
  /** Always empty; `frameworks` holds them. */
  recovered_frameworks?: FrameworkInfo[];
}

/** One of them. */
export interface MasterResponseGetFrameworksFramework {
  framework_info: FrameworkInfo;
  /** Takes offers. */
  active: boolean;
  connected: boolean;
  /** Known from agents after the master's restart, not back yet. */
  recovered: boolean;
  registered_time?: TimeInfo;
  reregistered_time?: TimeInfo;
  unregistered_time?: TimeInfo;
  offers?: Offer[];
  inverse_offers?: InverseOffer[];
  allocated_resources?: Resource[];
  offered_resources?: Resource[];
  offer_constraints?: SchedulerOfferConstraints;
}

/** Executors of all agents. */
export interface MasterResponseGetExecutors {
  executors?: MasterResponseGetExecutorsExecutor[];
  /** Always empty. */
  orphan_executors?: MasterResponseGetExecutorsExecutor[];
}

/** One of them. */
export interface MasterResponseGetExecutorsExecutor {
  executor_info: ExecutorInfo;
  agent_id: AgentID;
}

/** Operations that are not over. */
export interface MasterResponseGetOperations {
  operations?: Operation[];
}

/** Tasks of all frameworks. */
export interface MasterResponseGetTasks {
  /** Being authorized; empty since tasks are authorized at once. */
  pending_tasks?: Task[];
  /** Not ended, as far as the master knows. */
  tasks?: Task[];
  /** On agents that do not answer. */
  unreachable_tasks?: Task[];
  /** The last ones that ended; the master keeps a bounded number. */
  completed_tasks?: Task[];
  /** Always empty. */
  orphan_tasks?: Task[];
}

/** Roles with frameworks, weight, quota or reservations. */
export interface MasterResponseGetRoles {
  roles?: Role[];
}

/** Weights that have been set. */
export interface MasterResponseGetWeights {
  weight_infos?: WeightInfo[];
}

/** The master itself. */
export interface MasterResponseGetMaster {
  master_info?: MasterInfo;
  /** Seconds since 1970. */
  start_time?: number;
  /** Seconds since 1970. */
  elected_time?: number;
}

/** Machines under maintenance, and what frameworks answered. */
export interface MasterResponseGetMaintenanceStatus {
  status: MaintenanceClusterStatus;
}

/** The schedule as it was set. */
export interface MasterResponseGetMaintenanceSchedule {
  schedule: MaintenanceSchedule;
}

/** Guarantees and limits of roles. */
export interface MasterResponseGetQuota {
  status: QuotaStatus;
}

/** From the master to an operator, on the stream that SUBSCRIBE opens. */
export interface MasterEvent {
  type?: MasterEventType;
  subscribed?: MasterEventSubscribed;
  task_added?: MasterEventTaskAdded;
  task_updated?: MasterEventTaskUpdated;
  agent_added?: MasterEventAgentAdded;
  agent_removed?: MasterEventAgentRemoved;
  framework_added?: MasterEventFrameworkAdded;
  framework_updated?: MasterEventFrameworkUpdated;
  framework_removed?: MasterEventFrameworkRemoved;
}

/** First on the stream: everything at once. */
export interface MasterEventSubscribed {
  get_state?: MasterResponseGetState;
  /** Longer silence means that the connection is dead. */
  heartbeat_interval_seconds?: number;
}

/** A task was launched. */
export interface MasterEventTaskAdded {
  task: Task;
}

/** A task has changed. */
export interface MasterEventTaskUpdated {
  framework_id: FrameworkID;
  status: TaskStatus;
  /** The latest state, which may be newer than that of `status`. */
  state: TaskState;
}

/** A framework has subscribed for the first time. */
export interface MasterEventFrameworkAdded {
  framework: MasterResponseGetFrameworksFramework;
}

/** A framework is back, or has changed. */
export interface MasterEventFrameworkUpdated {
  framework: MasterResponseGetFrameworksFramework;
}

/** A framework has ended. */
export interface MasterEventFrameworkRemoved {
  framework_info: FrameworkInfo;
}

/** An agent has registered, or is back. */
export interface MasterEventAgentAdded {
  agent: MasterResponseGetAgentsAgent;
}

/** An agent is gone or unreachable. */
export interface MasterEventAgentRemoved {
  agent_id: AgentID;
}

/**
 * A framework, for as long as it is registered and however often its scheduler is replaced; given by the
 * master.
 */
export interface FrameworkID {
  value: string;
}

/** An offer or an inverse offer; given by the master, never used again. */
export interface OfferID {
  value: string;
}

/** An agent as the master knows it; it survives restarts of the agent, but not a new work directory. */
export interface AgentID {
  value: string;
}

/** A task; chosen by the framework and unique among its active tasks. */
export interface TaskID {
  value: string;
}

/** An executor; chosen by the framework and unique among its executors on one agent. */
export interface ExecutorID {
  value: string;
}

/** A container on an agent; a nested one names the container around it. */
export interface ContainerID {
  value: string;
  /** The container that this one runs inside. */
  parent?: ContainerID;
}

/** A source of resources beside the agent itself, such as a storage plugin. */
export interface ResourceProviderID {
  value: string;
}

/** An operation whose outcome the framework wants to hear of; chosen by the framework. */
export interface OperationID {
  value: string;
}

/** A point in time, since 1970. */
export interface TimeInfo {
  nanoseconds: number;
}

/** A length of time. */
export interface DurationInfo {
  nanoseconds: number;
}

/** Where a process listens. */
export interface Address {
  hostname?: string;
  /** As text, for IPv4 and IPv6 alike. */
  ip?: string;
  port: number;
}

/** An address on the web in its parts. */
export interface URL {
  scheme: string;
  address: Address;
  path?: string;
  /** The pairs behind the question mark, not percent-encoded. */
  query?: Parameter[];
  fragment?: string;
}

/** When a machine is expected to be away. */
export interface Unavailability {
  start: TimeInfo;
  /** Absent when nobody knows how long. */
  duration?: DurationInfo;
}

/** A machine, by its name, its address or both; one agent or several may run on it. */
export interface MachineID {
  hostname?: string;
  ip?: string;
}

/** What maintenance knows of a machine. */
export interface MachineInfo {
  id: MachineID;
  mode?: MachineInfoMode;
  /** The planned window, while draining. */
  unavailability?: Unavailability;
}

/** A framework as it describes itself when it subscribes. */
export interface FrameworkInfo {
  /** The system user that its tasks run as, unless they name another; empty for the scheduler's own. */
  user: string;
  name: string;
  /** Absent for a new framework; set to take over from an earlier scheduler. */
  id?: FrameworkID;
  /** Seconds that the master keeps the tasks after the scheduler is gone, waiting for another. */
  failover_timeout?: number;
  /** Agents write down what they know of its tasks, so that these outlive a restart of the agent. */
  checkpoint?: boolean;
  /** The one role of a framework without MULTI_ROLE. */
  role?: string;
  /** The roles of a framework with MULTI_ROLE; it must not set `role` as well. */
  roles?: string[];
  /** Where the scheduler runs, for people. */
  hostname?: string;
  /** Who the framework is to authentication, authorization and rate limits. */
  principal?: string;
  /** The framework's own page, linked from the master's. */
  webui_url?: string;
  capabilities?: FrameworkInfoCapability[];
  labels?: Labels;
  /** What must be in an offer for it to be worth sending, by role. */
  offer_filters?: Record<string, OfferFilters>;
}

/** Something that the framework can deal with; without it the master leaves it out or hides it. */
export interface FrameworkInfoCapability {
  type?: FrameworkInfoCapabilityType;
}

/** How to look at a running task; the results are reported but change nothing. */
export interface CheckInfo {
  type?: CheckInfoType;
  command?: CheckInfoCommand;
  http?: CheckInfoHttp;
  tcp?: CheckInfoTcp;
  /** From the start of the task to the first look. */
  delay_seconds?: number;
  /** From the end of one look to the start of the next. */
  interval_seconds?: number;
  /** For one look; 0 is without end. */
  timeout_seconds?: number;
}

/** Runs a command beside the task; its exit code is the result. */
export interface CheckInfoCommand {
  command: CommandInfo;
}

/** Asks the task's web server; the status code is the result. */
export interface CheckInfoHttp {
  port: number;
  path?: string;
}

/** Connects to the task; success is the result. */
export interface CheckInfoTcp {
  port: number;
}

/** How to see that a task is well; one that stays unhealthy is killed by its executor. */
export interface HealthCheck {
  /** From the start of the task to the first look. */
  delay_seconds?: number;
  /** From the end of one look to the start of the next. */
  interval_seconds?: number;
  /** For one look; one that takes longer has failed. */
  timeout_seconds?: number;
  /** Failures in a row after which the task is killed. */
  consecutive_failures?: number;
  /** From the start of the task; failures in this time do not count, until the first success. */
  grace_period_seconds?: number;
  type?: HealthCheckType;
  command?: CommandInfo;
  http?: HealthCheckHTTPCheckInfo;
  tcp?: HealthCheckTCPCheckInfo;
}

/** Asks the task's web server; a status of 200 to 399 is healthy. */
export interface HealthCheckHTTPCheckInfo {
  protocol?: NetworkInfoProtocol;
  /** `http` or `https`. */
  scheme?: string;
  port: number;
  path?: string;
  /** The codes that count as healthy; not heeded by the built-in executors. */
  statuses?: number[];
}

/** Connects to the task. */
export interface HealthCheckTCPCheckInfo {
  protocol?: NetworkInfoProtocol;
  port: number;
}

/** How to stop a task. */
export interface KillPolicy {
  /** From SIGTERM, or what the executor does instead, to SIGKILL. */
  grace_period?: DurationInfo;
}

/** A command and what it needs around it. */
export interface CommandInfo {
  uris?: CommandInfoURI[];
  environment?: Environment;
  /** True: `value` goes to `/bin/sh -c`. False: `value` is a program and `arguments` its argument vector. */
  shell?: boolean;
  value?: string;
  /** The whole vector: the first is what the program sees as its name. */
  arguments?: string[];
  /** The system user; overrides the framework's. */
  user?: string;
}

/** A file to bring into the sandbox before the command starts. */
export interface CommandInfoURI {
  /** A path, or a URL of a scheme that the fetcher knows. */
  value: string;
  /** Make the file executable; it is then not extracted. */
  executable?: boolean;
  /** Unpack an archive, known by its name. */
  extract?: boolean;
  /** Keep the download on the agent for the next one who asks. */
  cache?: boolean;
  /** The name in the sandbox, in place of the last part of the URL. */
  output_file?: string;
}

/** The process that runs tasks on an agent for a framework. */
export interface ExecutorInfo {
  type?: ExecutorInfoType;
  executor_id: ExecutorID;
  /** Filled in by the master when absent. */
  framework_id?: FrameworkID;
  command?: CommandInfo;
  container?: ContainerInfo;
  /** For the executor itself, beside those of its tasks. */
  resources?: Resource[];
  name?: string;
  /** Where the executor came from, for reports of older versions. */
  source?: string;
  /** Anything the scheduler wants to tell the executor. */
  data?: string;
  discovery?: DiscoveryInfo;
  /** From the request to shut down until the container is destroyed. */
  shutdown_grace_period?: DurationInfo;
  labels?: Labels;
}

/** Where a machine stands, in terms of what can fail together. */
export interface DomainInfo {
  fault_domain?: DomainInfoFaultDomain;
}

/** A zone of a region. */
export interface DomainInfoFaultDomain {
  region: DomainInfoFaultDomainRegionInfo;
  zone: DomainInfoFaultDomainZoneInfo;
}

/** Zones near each other; traffic between regions is slow. */
export interface DomainInfoFaultDomainRegionInfo {
  name: string;
}

/** Machines that may fail together, such as a room. */
export interface DomainInfoFaultDomainZoneInfo {
  name: string;
}

/** A master, as it stands in leader election and tells agents and schedulers about itself. */
export interface MasterInfo {
  /** New at every start of a master. */
  id: string;
  /** The IPv4 address as one number in network byte order, first byte lowest; `address` is the readable form. */
  ip: number;
  port: number;
  /** The libprocess address, `master@127.0.0.1:5050`. */
  pid?: string;
  hostname?: string;
  version?: string;
  address?: Address;
  domain?: DomainInfo;
  capabilities?: MasterInfoCapability[];
}

/** Something that this master can do and an older one cannot. */
export interface MasterInfoCapability {
  type?: MasterInfoCapabilityType;
}

/** An agent as it describes itself when it registers. */
export interface AgentInfo {
  /** What offers show, and frameworks connect to. */
  hostname: string;
  /** Of the agent's HTTP API. */
  port?: number;
  /** All that the agent has, reserved and unreserved. */
  resources?: Resource[];
  /** What tells agents apart beside resources: rack, operating system. */
  attributes?: Attribute[];
  /** Given by the master on registration. */
  id?: AgentID;
  domain?: DomainInfo;
  /**
   * Always true. Only the older schema has it, but a C++ master takes checkpointed resources from no agent
   * without it.
   */
  checkpoint?: boolean;
}

/** Something that this agent can do and an older one cannot. */
export interface AgentInfoCapability {
  type?: AgentInfoCapabilityType;
}

/** How to run one service of a storage plugin in a container. */
export interface CSIPluginContainerInfo {
  services?: CSIPluginContainerInfoService[];
  command?: CommandInfo;
  resources?: Resource[];
  container?: ContainerInfo;
}

/** A service of a storage plugin that somebody else runs. */
export interface CSIPluginEndpoint {
  csi_service: CSIPluginContainerInfoService;
  /** The address of its gRPC socket. */
  endpoint: string;
}

/** A plugin that speaks the Container Storage Interface. */
export interface CSIPluginInfo {
  /** In the manner of Java packages: `org.apache.mesos.csi.test`. */
  type: string;
  /** Tells plugins of one type apart. */
  name?: string;
  /** The services that the agent runs itself. */
  containers?: CSIPluginContainerInfo[];
  /** The services that run elsewhere. */
  endpoints?: CSIPluginEndpoint[];
  /** The folder under which volumes are mounted. */
  target_path_root?: string;
  /** The plugin wants the mount point to exist before it publishes a volume. */
  target_path_exists?: boolean;
}

/** A resource provider as it describes itself. */
export interface ResourceProviderInfo {
  id?: ResourceProviderID;
  attributes?: Attribute[];
  /** In the manner of Java packages: `org.apache.mesos.rp.local.storage`. */
  type: string;
  /** Tells providers of one type on an agent apart. */
  name: string;
  /** Put on every resource that the provider brings. */
  default_reservations?: ResourceReservationInfo[];
  storage?: ResourceProviderInfoStorage;
}

/** What a provider of storage needs. */
export interface ResourceProviderInfoStorage {
  plugin: CSIPluginInfo;
  /** How often it asks the plugin for what there is; 0 is never. */
  reconciliation_interval_seconds?: number;
}

/** A value of one of four types. */
export interface Value {
  type: ValueType;
  scalar?: ValueScalar;
  ranges?: ValueRanges;
  set?: ValueSet;
  text?: ValueText;
}

/** An amount, exact to thousandths. */
export interface ValueScalar {
  value: number;
}

/** Both ends belong to it. */
export interface ValueRange {
  begin: number;
  end: number;
}

/** Whole numbers, such as ports. */
export interface ValueRanges {
  range?: ValueRange[];
}

/** Names without order. */
export interface ValueSet {
  item?: string[];
}

/** Free text, for attributes only. */
export interface ValueText {
  value: string;
}

/** One thing that is known of an agent. */
export interface Attribute {
  name: string;
  type: ValueType;
  scalar?: ValueScalar;
  ranges?: ValueRanges;
  set?: ValueSet;
  text?: ValueText;
}

/** An amount of something, and everything that is said about who may use it. */
export interface Resource {
  /** The provider that brought it; absent for the agent's own. */
  provider_id?: ResourceProviderID;
  /** `cpus`, `mem` (MB), `disk` (MB), `gpus`, `ports`, or any other. */
  name: string;
  type: ValueType;
  scalar?: ValueScalar;
  ranges?: ValueRanges;
  set?: ValueSet;
  /** Before reservations could be refined: the role of the reservation, `*` for none. */
  role?: string;
  /** Set by the master in offers, and by the framework in what it does with them. */
  allocation_info?: ResourceAllocationInfo;
  /** The older format of a dynamic reservation. */
  reservation?: ResourceReservationInfo;
  /** From the outermost role to the one that may use it now: each refines the one before. */
  reservations?: ResourceReservationInfo[];
  disk?: ResourceDiskInfo;
  revocable?: ResourceRevocableInfo;
  shared?: ResourceSharedInfo;
}

/** Whom the resources are offered or allocated to. */
export interface ResourceAllocationInfo {
  /** The role that the allocation counts for. */
  role?: string;
}

/** One reservation for a role. */
export interface ResourceReservationInfo {
  /** Absent in the older format. */
  type?: ResourceReservationInfoType;
  /** Absent in the older format, where `Resource.role` says it. */
  role?: string;
  /** Who reserved it. */
  principal?: string;
  /** Whatever the reserver wants to remember; part of the resource's identity. */
  labels?: Labels;
}

/** What makes a disk more than an amount. */
export interface ResourceDiskInfo {
  persistence?: ResourceDiskInfoPersistence;
  /** Where the volume appears in the container; its mode must be RW. */
  volume?: Volume;
  source?: ResourceDiskInfoSource;
}

/** Data that stay when the task is gone. */
export interface ResourceDiskInfoPersistence {
  /** Chosen by the creator, unique in its role on the agent. */
  id: string;
  /** Who created the volume. */
  principal?: string;
}

/** Where the disk comes from, when not from the agent's work directory. */
export interface ResourceDiskInfoSource {
  type: ResourceDiskInfoSourceType;
  path?: ResourceDiskInfoSourcePath;
  mount?: ResourceDiskInfoSourceMount;
  /** Type and name of the storage plugin. */
  vendor?: string;
  /** The volume's name in the plugin. */
  id?: string;
  /** What the plugin tells about the volume. */
  metadata?: Labels;
  /** The kind of storage, from the operator's list of profiles. */
  profile?: string;
}

/** The folder of a PATH disk. */
export interface ResourceDiskInfoSourcePath {
  root?: string;
}

/** The mount point of a MOUNT disk. */
export interface ResourceDiskInfoSourceMount {
  root?: string;
}

/** Its presence says that the resource may be taken back at any time. */
export type ResourceRevocableInfo = Record<string, never>;

/** Its presence says that several tasks may use the volume at once. */
export type ResourceSharedInfo = Record<string, never>;

/** Counters of one traffic class of a container's network link. */
export interface TrafficControlStatistics {
  id: string;
  backlog?: number;
  bytes?: number;
  drops?: number;
  overlimits?: number;
  packets?: number;
  qlen?: number;
  ratebps?: number;
  ratepps?: number;
  requeues?: number;
}

/** The kernel's IP counters of a network namespace (`/proc/net/snmp`). */
export interface IpStatistics {
  Forwarding?: number;
  DefaultTTL?: number;
  InReceives?: number;
  InHdrErrors?: number;
  InAddrErrors?: number;
  ForwDatagrams?: number;
  InUnknownProtos?: number;
  InDiscards?: number;
  InDelivers?: number;
  OutRequests?: number;
  OutDiscards?: number;
  OutNoRoutes?: number;
  ReasmTimeout?: number;
  ReasmReqds?: number;
  ReasmOKs?: number;
  ReasmFails?: number;
  FragOKs?: number;
  FragFails?: number;
  FragCreates?: number;
}

/** The kernel's ICMP counters of a network namespace (`/proc/net/snmp`). */
export interface IcmpStatistics {
  InMsgs?: number;
  InErrors?: number;
  InCsumErrors?: number;
  InDestUnreachs?: number;
  InTimeExcds?: number;
  InParmProbs?: number;
  InSrcQuenchs?: number;
  InRedirects?: number;
  InEchos?: number;
  InEchoReps?: number;
  InTimestamps?: number;
  InTimestampReps?: number;
  InAddrMasks?: number;
  InAddrMaskReps?: number;
  OutMsgs?: number;
  OutErrors?: number;
  OutDestUnreachs?: number;
  OutTimeExcds?: number;
  OutParmProbs?: number;
  OutSrcQuenchs?: number;
  OutRedirects?: number;
  OutEchos?: number;
  OutEchoReps?: number;
  OutTimestamps?: number;
  OutTimestampReps?: number;
  OutAddrMasks?: number;
  OutAddrMaskReps?: number;
}

/** The kernel's TCP counters of a network namespace (`/proc/net/snmp`). */
export interface TcpStatistics {
  RtoAlgorithm?: number;
  RtoMin?: number;
  RtoMax?: number;
  MaxConn?: number;
  ActiveOpens?: number;
  PassiveOpens?: number;
  AttemptFails?: number;
  EstabResets?: number;
  CurrEstab?: number;
  InSegs?: number;
  OutSegs?: number;
  RetransSegs?: number;
  InErrs?: number;
  OutRsts?: number;
  InCsumErrors?: number;
}

/** The kernel's UDP counters of a network namespace (`/proc/net/snmp`). */
export interface UdpStatistics {
  InDatagrams?: number;
  NoPorts?: number;
  InErrors?: number;
  OutDatagrams?: number;
  RcvbufErrors?: number;
  SndbufErrors?: number;
  InCsumErrors?: number;
  IgnoredMulti?: number;
}

/** The kernel's network counters of a container. */
export interface SNMPStatistics {
  ip_stats?: IpStatistics;
  icmp_stats?: IcmpStatistics;
  tcp_stats?: TcpStatistics;
  udp_stats?: UdpStatistics;
}

/** How much of one disk a container uses. */
export interface DiskStatistics {
  /** Absent for the sandbox. */
  source?: ResourceDiskInfoSource;
  persistence?: ResourceDiskInfoPersistence;
  limit_bytes?: number;
  used_bytes?: number;
}

/** What a container uses and may use, at one moment. */
export interface ResourceStatistics {
  /** Seconds since 1970. */
  timestamp: number;
  processes?: number;
  threads?: number;
  /** Since the container started. */
  cpus_user_time_secs?: number;
  cpus_system_time_secs?: number;
  /** The most it may use. */
  cpus_limit?: number;
  /** What it asked for; more is possible while there is more. */
  cpus_soft_limit?: number;
  /** Scheduling periods in which it wanted to run. */
  cpus_nr_periods?: number;
  /** Periods in which it was held back. */
  cpus_nr_throttled?: number;
  cpus_throttled_time_secs?: number;
  /** Everything counted for the container, cache included. */
  mem_total_bytes?: number;
  /** The same with swap. */
  mem_total_memsw_bytes?: number;
  /** Used by the kernel on its behalf. */
  mem_kmem_usage_bytes?: number;
  mem_kmem_tcp_usage_bytes?: number;
  /** The most it may use before it is killed. */
  mem_limit_bytes?: number;
  /** What it asked for. */
  mem_soft_limit_bytes?: number;
  /** Page cache; the older name of `mem_cache_bytes`. */
  mem_file_bytes?: number;
  /** Memory without a file behind it; the older name of `mem_rss_bytes`. */
  mem_anon_bytes?: number;
  mem_cache_bytes?: number;
  mem_rss_bytes?: number;
  mem_mapped_file_bytes?: number;
  mem_swap_bytes?: number;
  mem_unevictable_bytes?: number;
  /** Times that the kernel reported pressure, since the container started. */
  mem_low_pressure_counter?: number;
  mem_medium_pressure_counter?: number;
  mem_critical_pressure_counter?: number;
  /** Of the sandbox. */
  disk_limit_bytes?: number;
  disk_used_bytes?: number;
  /** One for each disk, the sandbox among them. */
  disk_statistics?: DiskStatistics[];
  blkio_statistics?: CgroupInfoBlkioStatistics;
  /** Hardware counters, when the agent samples them. */
  perf?: PerfStatistics;
  /** Counted from the container's side. */
  net_rx_packets?: number;
  net_rx_bytes?: number;
  net_rx_errors?: number;
  net_rx_dropped?: number;
  net_tx_packets?: number;
  net_tx_bytes?: number;
  net_tx_errors?: number;
  net_tx_dropped?: number;
  /** Bytes a second that the agent lets through. */
  net_tx_rate_limit?: number;
  net_tx_burst_rate_limit?: number;
  net_tx_burst_size?: number;
  net_rx_rate_limit?: number;
  net_rx_burst_rate_limit?: number;
  net_rx_burst_size?: number;
  net_rate_statistics?: ResourceStatisticsRateStatistics;
  /** Ports for outgoing connections of this container. */
  net_ephemeral_ports?: ValueRange;
  net_tcp_rtt_microsecs_p50?: number;
  net_tcp_rtt_microsecs_p90?: number;
  net_tcp_rtt_microsecs_p95?: number;
  net_tcp_rtt_microsecs_p99?: number;
  net_tcp_active_connections?: number;
  net_tcp_time_wait_connections?: number;
  net_traffic_control_statistics?: TrafficControlStatistics[];
  net_snmp_statistics?: SNMPStatistics;
}

/** The spread of a rate over a window. */
export interface ResourceStatisticsRatePercentiles {
  min?: number;
  max?: number;
  p50?: number;
  p90?: number;
  p95?: number;
  p99?: number;
  p999?: number;
  p9999?: number;
  samples?: number;
}

/** The spread of a link's rates, in bytes or packets a second. */
export interface ResourceStatisticsRateStatistics {
  rx_rate?: ResourceStatisticsRatePercentiles;
  rx_packet_rate?: ResourceStatisticsRatePercentiles;
  rx_drop_rate?: ResourceStatisticsRatePercentiles;
  rx_error_rate?: ResourceStatisticsRatePercentiles;
  tx_rate?: ResourceStatisticsRatePercentiles;
  tx_packet_rate?: ResourceStatisticsRatePercentiles;
  tx_drop_rate?: ResourceStatisticsRatePercentiles;
  tx_error_rate?: ResourceStatisticsRatePercentiles;
  sampling_window_secs?: number;
  sampling_interval_secs?: number;
}

/** What every executor of an agent uses, for estimators of oversubscription. */
export interface ResourceUsage {
  executors?: ResourceUsageExecutor[];
  /** All that the agent has. */
  total?: Resource[];
}

/** One executor and its tasks. */
export interface ResourceUsageExecutor {
  executor_info: ExecutorInfo;
  allocated?: Resource[];
  statistics?: ResourceStatistics;
  container_id: ContainerID;
  tasks?: ResourceUsageExecutorTask[];
}

/** One task of it. */
export interface ResourceUsageExecutorTask {
  name: string;
  id: TaskID;
  resources?: Resource[];
  labels?: Labels;
}

/** Hardware and kernel counters of a container over one sample (`perf stat`). */
export interface PerfStatistics {
  /** When the sample began, in seconds since 1970. */
  timestamp: number;
  /** Seconds. */
  duration: number;
  cycles?: number;
  stalled_cycles_frontend?: number;
  stalled_cycles_backend?: number;
  instructions?: number;
  cache_references?: number;
  cache_misses?: number;
  branches?: number;
  branch_misses?: number;
  bus_cycles?: number;
  ref_cycles?: number;
  cpu_clock?: number;
  task_clock?: number;
  page_faults?: number;
  minor_faults?: number;
  major_faults?: number;
  context_switches?: number;
  cpu_migrations?: number;
  alignment_faults?: number;
  emulation_faults?: number;
  l1_dcache_loads?: number;
  l1_dcache_load_misses?: number;
  l1_dcache_stores?: number;
  l1_dcache_store_misses?: number;
  l1_dcache_prefetches?: number;
  l1_dcache_prefetch_misses?: number;
  l1_icache_loads?: number;
  l1_icache_load_misses?: number;
  l1_icache_prefetches?: number;
  l1_icache_prefetch_misses?: number;
  llc_loads?: number;
  llc_load_misses?: number;
  llc_stores?: number;
  llc_store_misses?: number;
  llc_prefetches?: number;
  llc_prefetch_misses?: number;
  dtlb_loads?: number;
  dtlb_load_misses?: number;
  dtlb_stores?: number;
  dtlb_store_misses?: number;
  dtlb_prefetches?: number;
  dtlb_prefetch_misses?: number;
  itlb_loads?: number;
  itlb_load_misses?: number;
  branch_loads?: number;
  branch_load_misses?: number;
  node_loads?: number;
  node_load_misses?: number;
  node_stores?: number;
  node_store_misses?: number;
  node_prefetches?: number;
  node_prefetch_misses?: number;
}

/** What a framework does not want to be offered. */
export interface OfferFilters {
  min_allocatable_resources?: OfferFiltersMinAllocatableResources;
}

/** Amounts by name of resource. */
export interface OfferFiltersResourceQuantities {
  quantities?: Record<string, ValueScalar>;
}

/** An offer must hold at least one of these amounts; an empty list lets every offer pass. */
export interface OfferFiltersMinAllocatableResources {
  quantities?: OfferFiltersResourceQuantities[];
}

/** What a framework would like to be offered; a hint that the built-in allocator does not heed. */
export interface Request {
  agent_id?: AgentID;
  resources?: Resource[];
}

/** Resources of one agent that a framework may use until it answers or the offer is rescinded. */
export interface Offer {
  id: OfferID;
  framework_id: FrameworkID;
  agent_id: AgentID;
  hostname: string;
  /** The agent's HTTP API. */
  url?: URL;
  domain?: DomainInfo;
  resources?: Resource[];
  attributes?: Attribute[];
  /** Executors of this framework that run on the agent already. */
  executor_ids?: ExecutorID[];
  /** Planned maintenance of the agent's machine. */
  unavailability?: Unavailability;
  /** The role that the offer is for. */
  allocation_info?: ResourceAllocationInfo;
}

/** Something to be done with offered resources. */
export interface OfferOperation {
  type?: OfferOperationType;
  /** Set to be told of the outcome. */
  id?: OperationID;
  launch?: OfferOperationLaunch;
  launch_group?: OfferOperationLaunchGroup;
  reserve?: OfferOperationReserve;
  unreserve?: OfferOperationUnreserve;
  create?: OfferOperationCreate;
  destroy?: OfferOperationDestroy;
  grow_volume?: OfferOperationGrowVolume;
  shrink_volume?: OfferOperationShrinkVolume;
  create_disk?: OfferOperationCreateDisk;
  destroy_disk?: OfferOperationDestroyDisk;
}

/** Starts tasks, each by itself. */
export interface OfferOperationLaunch {
  task_infos?: TaskInfo[];
}

/** Starts tasks together in one executor: all of them or none. */
export interface OfferOperationLaunchGroup {
  /** Of type DEFAULT, or CUSTOM with its own command. */
  executor: ExecutorInfo;
  task_group: TaskGroupInfo;
}

/** Reserves resources for the role on top of their last reservation. */
export interface OfferOperationReserve {
  /** What is reserved now: the same resources with other reservations. */
  source?: Resource[];
  resources?: Resource[];
}

/** Takes the last reservation away. */
export interface OfferOperationUnreserve {
  resources?: Resource[];
}

/** Makes persistent volumes of reserved disk. */
export interface OfferOperationCreate {
  volumes?: Resource[];
}

/** Deletes persistent volumes and their data. */
export interface OfferOperationDestroy {
  volumes?: Resource[];
}

/** Adds free disk of the same kind to a volume. */
export interface OfferOperationGrowVolume {
  volume: Resource;
  addition: Resource;
}

/** Gives a part of a volume back. */
export interface OfferOperationShrinkVolume {
  volume: Resource;
  subtract: ValueScalar;
}

/** Makes a MOUNT or BLOCK disk of raw storage. */
export interface OfferOperationCreateDisk {
  source: Resource;
  target_type: ResourceDiskInfoSourceType;
  /** For storage that has no profile yet. */
  target_profile?: string;
}

/** Makes it raw storage again. */
export interface OfferOperationDestroyDisk {
  source: Resource;
}

/** Asks a framework to give resources back before the machine goes away. */
export interface InverseOffer {
  id: OfferID;
  url?: URL;
  framework_id: FrameworkID;
  /** Absent when any agent would do. */
  agent_id?: AgentID;
  /** When the resources will be gone. */
  unavailability: Unavailability;
  resources?: Resource[];
}

/** A task to be started; exactly one of `executor` and `command` is set, except in task groups. */
export interface TaskInfo {
  name: string;
  /** May be used again once the earlier task has ended. */
  task_id: TaskID;
  agent_id: AgentID;
  resources?: Resource[];
  /** Runs the task; it is started if it does not run yet. */
  executor?: ExecutorInfo;
  /** Run by the built-in command executor. */
  command?: CommandInfo;
  /** Where the command runs; with an executor, only if that executor supports it. */
  container?: ContainerInfo;
  health_check?: HealthCheck;
  check?: CheckInfo;
  kill_policy?: KillPolicy;
  /** For the executor. */
  data?: string;
  labels?: Labels;
  discovery?: DiscoveryInfo;
  /** From the start; the task is killed when it takes longer. */
  max_completion_time?: DurationInfo;
  /** The most of `cpus` and `mem` that it may use, when more than it asked for; Infinity is without limit. */
  limits?: Record<string, ValueScalar>;
}

/** Tasks that are started and, if one fails, stopped together. */
export interface TaskGroupInfo {
  tasks?: TaskInfo[];
}

/** A task as master and agent keep it. */
export interface Task {
  name: string;
  task_id: TaskID;
  framework_id: FrameworkID;
  /** Absent for the command executor. */
  executor_id?: ExecutorID;
  agent_id: AgentID;
  /** The latest state known, acknowledged or not. */
  state: TaskState;
  resources?: Resource[];
  /** The latest status of each state that it went through, without data. */
  statuses?: TaskStatus[];
  /** The state that is waiting for acknowledgement. */
  status_update_state?: TaskState;
  /** The update that is waiting for acknowledgement. */
  status_update_uuid?: string;
  labels?: Labels;
  discovery?: DiscoveryInfo;
  container?: ContainerInfo;
  health_check?: HealthCheck;
  kill_policy?: KillPolicy;
  /** Who it runs as. */
  user?: string;
  limits?: Record<string, ValueScalar>;
}

/** The resources whose limit a task exceeded. */
export interface TaskResourceLimitation {
  resources?: Resource[];
}

/** 16 bytes; version 4, or Mesos ignores the message that holds it. */
export interface UUID {
  value: string;
}

/** An operation as master and agent keep it. */
export interface Operation {
  /** Absent for an operator's. */
  framework_id?: FrameworkID;
  agent_id?: AgentID;
  info: OfferOperation;
  latest_status: OperationStatus;
  /** Every status so far, the latest last. */
  statuses?: OperationStatus[];
  /** Given by the master; ties updates and acknowledgements to the operation. */
  uuid: UUID;
}

/** What became of an operation so far. */
export interface OperationStatus {
  operation_id?: OperationID;
  state: OperationState;
  message?: string;
  /** What the resources are after success. */
  converted_resources?: Resource[];
  /** Present when the framework has to acknowledge it. */
  uuid?: UUID;
  agent_id?: AgentID;
  resource_provider_id?: ResourceProviderID;
}

/** The result of a check; an empty part says that it has not succeeded in looking yet. */
export interface CheckStatusInfo {
  type?: CheckInfoType;
  command?: CheckStatusInfoCommand;
  http?: CheckStatusInfoHttp;
  tcp?: CheckStatusInfoTcp;
}

/** Of a command. */
export interface CheckStatusInfoCommand {
  exit_code?: number;
}

/** Of a request. */
export interface CheckStatusInfoHttp {
  status_code?: number;
}

/** Of a connection. */
export interface CheckStatusInfoTcp {
  succeeded?: boolean;
}

/** One report about a task. */
export interface TaskStatus {
  task_id: TaskID;
  state: TaskState;
  message?: string;
  source?: TaskStatusSource;
  reason?: TaskStatusReason;
  /** From the executor, for the scheduler. */
  data?: string;
  agent_id?: AgentID;
  executor_id?: ExecutorID;
  /** When it was made, in seconds since 1970. */
  timestamp?: number;
  /** Present when the framework has to acknowledge it. */
  uuid?: string;
  /** From the health check; absent without one. */
  healthy?: boolean;
  check_status?: CheckStatusInfo;
  labels?: Labels;
  /** The container's addresses and more, added by the agent. */
  container_status?: ContainerStatus;
  /** When its agent stopped answering. */
  unreachable_time?: TimeInfo;
  /** With the reasons REASON_CONTAINER_LIMITATION*. */
  limitation?: TaskResourceLimitation;
}

/** What the master should remember when a framework does not use an offer. */
export interface Filters {
  /** How long what was left of the offer is not offered again. */
  refuse_seconds?: number;
}

/** Environment variables of a process. */
export interface Environment {
  variables?: EnvironmentVariable[];
}

/** One of them, in the open or kept secret. */
export interface EnvironmentVariable {
  name: string;
  type?: EnvironmentVariableType;
  value?: string;
  secret?: Secret;
}

/** A name and a value. */
export interface Parameter {
  key: string;
  value: string;
}

/** Several of them. */
export interface Parameters {
  parameter?: Parameter[];
}

/** A name and its password. */
export interface Credential {
  principal: string;
  secret?: string;
}

/** Several of them, as in a file for `--credentials`. */
export interface Credentials {
  credentials?: Credential[];
}

/** Something that must not be shown. */
export interface Secret {
  type?: SecretType;
  reference?: SecretReference;
  value?: SecretValue;
}

/** A secret that a resolver on the agent looks up. */
export interface SecretReference {
  name: string;
  /** For a secret of several parts. */
  key?: string;
}

/** The secret itself. */
export interface SecretValue {
  data: string;
}

/** How many messages of a principal the master handles. */
export interface RateLimit {
  /** Messages a second; absent for no limit. */
  qps?: number;
  principal: string;
  /** Messages that may wait; one more and the framework is stopped with an error. */
  capacity?: number;
}

/** The limits of a master, by principal. */
export interface RateLimits {
  limits?: RateLimit[];
  /** For all principals without a limit of their own, together. */
  aggregate_default_qps?: number;
  aggregate_default_capacity?: number;
}

/** What a container's file system is made of. */
export interface Image {
  type: ImageType;
  appc?: ImageAppc;
  docker?: ImageDocker;
  /** False: look for a newer one in the registry before use. */
  cached?: boolean;
}

/** An image in the App Container format. */
export interface ImageAppc {
  name: string;
  /** `sha512-` and the digest. */
  id?: string;
  labels?: Labels;
}

/** An image from a Docker registry. */
export interface ImageDocker {
  /** `[registry/]repository[:tag|@digest]`. */
  name: string;
  credential?: Credential;
  /** A Docker configuration file with credentials. */
  config?: Secret;
}

/** Whether later mounts cross the border of the container. */
export interface MountPropagation {
  mode?: MountPropagationMode;
}

/** A file or folder that appears in a container. */
export interface Volume {
  /** Whether the container may write. */
  mode: VolumeMode;
  /** Relative to the sandbox unless it begins with a slash. */
  container_path: string;
  /** The older way to name a path of the host. */
  host_path?: string;
  /** The older way to mount an image. */
  image?: Image;
  source?: VolumeSource;
}

/** Where it comes from, when from neither of the two above. */
export interface VolumeSource {
  type?: VolumeSourceType;
  docker_volume?: VolumeSourceDockerVolume;
  host_path?: VolumeSourceHostPath;
  sandbox_path?: VolumeSourceSandboxPath;
  secret?: Secret;
  csi_volume?: VolumeSourceCSIVolume;
}

/** A volume of a Docker volume driver. */
export interface VolumeSourceDockerVolume {
  driver?: string;
  name: string;
  driver_options?: Parameters;
}

/** A path of the host. */
export interface VolumeSourceHostPath {
  path: string;
  mount_propagation?: MountPropagation;
}

/** A path of a sandbox: how tasks of a group share files. */
export interface VolumeSourceSandboxPath {
  type?: VolumeSourceSandboxPathType;
  path: string;
}

/** A volume of a storage plugin, made outside of the cluster. */
export interface VolumeSourceCSIVolume {
  plugin_name: string;
  static_provisioning?: VolumeSourceCSIVolumeStaticProvisioning;
}

/** How the volume is to be used. */
export interface VolumeSourceCSIVolumeVolumeCapability {
  block?: VolumeSourceCSIVolumeVolumeCapabilityBlockVolume;
  mount?: VolumeSourceCSIVolumeVolumeCapabilityMountVolume;
  access_mode: VolumeSourceCSIVolumeVolumeCapabilityAccessMode;
}

/** As a device. */
export type VolumeSourceCSIVolumeVolumeCapabilityBlockVolume = Record<string, never>;

/** As a file system. */
export interface VolumeSourceCSIVolumeVolumeCapabilityMountVolume {
  fs_type?: string;
  mount_flags?: string[];
}

/** From how many nodes at once. */
export interface VolumeSourceCSIVolumeVolumeCapabilityAccessMode {
  mode: VolumeSourceCSIVolumeVolumeCapabilityAccessModeMode;
}

/** A volume that exists already. */
export interface VolumeSourceCSIVolumeStaticProvisioning {
  volume_id: string;
  volume_capability: VolumeSourceCSIVolumeVolumeCapability;
  node_stage_secrets?: Record<string, Secret>;
  node_publish_secrets?: Record<string, Secret>;
  /** What the plugin wants to be told about it. */
  volume_context?: Record<string, string>;
}

/** One network that a container joins. */
export interface NetworkInfo {
  ip_addresses?: NetworkInfoIPAddress[];
  /** Of the CNI or Docker network; absent for the host's. */
  name?: string;
  /** Names that some networks isolate containers by. */
  groups?: string[];
  labels?: Labels;
  port_mappings?: NetworkInfoPortMapping[];
}

/** Asked for when empty, given when filled in. */
export interface NetworkInfoIPAddress {
  protocol?: NetworkInfoProtocol;
  ip_address?: string;
}

/** A port of the host that leads to one of the container. */
export interface NetworkInfoPortMapping {
  host_port: number;
  container_port: number;
  /** `tcp` or `udp`. */
  protocol?: string;
}

/** Linux capabilities of a process. */
export interface CapabilityInfo {
  capabilities?: CapabilityInfoCapability[];
}

/** Which system calls a container may make. */
export interface SeccompInfo {
  /** A file of the agent's profile folder. */
  profile_name?: string;
  /** True: all of them. */
  unconfined?: boolean;
}

/** What only Linux containers have. */
export interface LinuxInfo {
  /** The older name of `effective_capabilities`. */
  capability_info?: CapabilityInfo;
  /** The most that any process in the container can get. */
  bounding_capabilities?: CapabilityInfo;
  /** What its first process has. */
  effective_capabilities?: CapabilityInfo;
  /** See the processes of the container around it, or of the host. */
  share_pid_namespace?: boolean;
  seccomp?: SeccompInfo;
  ipc_mode?: LinuxInfoIpcMode;
  /** Of /dev/shm, in MB. */
  shm_size?: number;
  /** False: a nested container gets limits of its own. */
  share_cgroups?: boolean;
}

/** Limits that the kernel sets to each process; see getrlimit(2). */
export interface RLimitInfo {
  rlimits?: RLimitInfoRLimit[];
}

/** One limit; without numbers it is unlimited. */
export interface RLimitInfoRLimit {
  type?: RLimitInfoRLimitType;
  hard?: number;
  soft?: number;
}

/** The container has a terminal. */
export interface TTYInfo {
  window_size?: TTYInfoWindowSize;
}

/** In characters. */
export interface TTYInfoWindowSize {
  rows: number;
  columns: number;
}

/** What a task or executor runs in. */
export interface ContainerInfo {
  type: ContainerInfoType;
  volumes?: Volume[];
  hostname?: string;
  docker?: ContainerInfoDockerInfo;
  mesos?: ContainerInfoMesosInfo;
  network_infos?: NetworkInfo[];
  linux_info?: LinuxInfo;
  rlimit_info?: RLimitInfo;
  tty_info?: TTYInfo;
}

/** For the Docker containerizer. */
export interface ContainerInfoDockerInfo {
  image: string;
  network?: ContainerInfoDockerInfoNetwork;
  port_mappings?: ContainerInfoDockerInfoPortMapping[];
  privileged?: boolean;
  /** Further options of `docker run`. */
  parameters?: Parameter[];
  /** Ask the registry even if the image is here. */
  force_pull_image?: boolean;
  volume_driver?: string;
}

/** A port of the host that leads to one of the container. */
export interface ContainerInfoDockerInfoPortMapping {
  host_port: number;
  container_port: number;
  protocol?: string;
}

/** For the Mesos containerizer. */
export interface ContainerInfoMesosInfo {
  /** Absent: the host's file system. */
  image?: Image;
}

/** What the agent knows of a running container. */
export interface ContainerStatus {
  container_id?: ContainerID;
  /** Its addresses. */
  network_infos?: NetworkInfo[];
  cgroup_info?: CgroupInfo;
  /** Process id of the container's first process, on the host. */
  executor_pid?: number;
}

/** What the kernel's control groups tell of a container. */
export interface CgroupInfo {
  net_cls?: CgroupInfoNetCls;
}

/** Block devices. */
export type CgroupInfoBlkio = Record<string, never>;

/** A count for one kind of operation. */
export interface CgroupInfoBlkioValue {
  op?: CgroupInfoBlkioOperation;
  value?: number;
}

/** The CFQ scheduler, which newer kernels do not have. */
export type CgroupInfoBlkioCFQ = Record<string, never>;

/** Its counters for one device, or for all. */
export interface CgroupInfoBlkioCFQStatistics {
  device?: DeviceNumber;
  sectors?: number;
  time?: number;
  io_serviced?: CgroupInfoBlkioValue[];
  io_service_bytes?: CgroupInfoBlkioValue[];
  io_service_time?: CgroupInfoBlkioValue[];
  io_wait_time?: CgroupInfoBlkioValue[];
  io_merged?: CgroupInfoBlkioValue[];
  io_queued?: CgroupInfoBlkioValue[];
}

/** The throttling policy. */
export type CgroupInfoBlkioThrottling = Record<string, never>;

/** Its counters for one device, or for all. */
export interface CgroupInfoBlkioThrottlingStatistics {
  device?: DeviceNumber;
  io_serviced?: CgroupInfoBlkioValue[];
  io_service_bytes?: CgroupInfoBlkioValue[];
}

/** All counters. */
export interface CgroupInfoBlkioStatistics {
  cfq?: CgroupInfoBlkioCFQStatistics[];
  cfq_recursive?: CgroupInfoBlkioCFQStatistics[];
  throttling?: CgroupInfoBlkioThrottlingStatistics[];
}

/** Marks the container's packets for traffic control. */
export interface CgroupInfoNetCls {
  classid?: number;
}

/** Free pairs of key and value. */
export interface Labels {
  labels?: Label[];
}

/** One of them; the same key may occur again. */
export interface Label {
  key: string;
  value?: string;
}

/** A port that others may want to find. */
export interface Port {
  number: number;
  name?: string;
  /** `tcp` or `udp`. */
  protocol?: string;
  visibility?: DiscoveryInfoVisibility;
  labels?: Labels;
}

/** Several of them. */
export interface Ports {
  ports?: Port[];
}

/** What service discovery should tell about a task or executor. */
export interface DiscoveryInfo {
  visibility: DiscoveryInfoVisibility;
  name?: string;
  /** Such as `prod`. */
  environment?: string;
  location?: string;
  version?: string;
  ports?: Ports;
  labels?: Labels;
}

/** How large a role's share is, compared with that of others. */
export interface WeightInfo {
  weight: number;
  role?: string;
}

/** Of a master or agent. */
export interface VersionInfo {
  version: string;
  build_date?: string;
  /** Seconds since 1970. */
  build_time?: number;
  build_user?: string;
  git_sha?: string;
  git_branch?: string;
  git_tag?: string;
}

/** A flag of the command line and what it is set to. */
export interface Flag {
  name: string;
  value?: string;
}

/** A role and what it has. */
export interface Role {
  name: string;
  weight: number;
  frameworks?: FrameworkID[];
  /** Allocated or offered to it. */
  resources?: Resource[];
}

/** A number by which something is measured. */
export interface Metric {
  name: string;
  value?: number;
}

/** A file or folder, as `ls -l` shows it. */
export interface FileInfo {
  path: string;
  /** Hard links. */
  nlink?: number;
  size?: number;
  mtime?: TimeInfo;
  /** Type and permissions as stat(2) gives them. */
  mode?: number;
  uid?: string;
  gid?: string;
}

/** A device file. */
export interface Device {
  path?: string;
  number?: DeviceNumber;
}

/** The kernel's name for it. */
export interface DeviceNumber {
  major_number: number;
  minor_number: number;
}

/** What may be done with a device. */
export interface DeviceAccess {
  device: Device;
  access: DeviceAccessAccess;
}

/** Read, write, make its file. */
export interface DeviceAccessAccess {
  read?: boolean;
  write?: boolean;
  mknod?: boolean;
}

/** The devices that containers may use. */
export interface DeviceWhitelist {
  allowed_devices?: DeviceAccess[];
}

/** How an agent is drained. */
export interface DrainConfig {
  /** The most that a task gets between SIGTERM and SIGKILL, whatever its own policy says. */
  max_grace_period?: DurationInfo;
  /** Mark the agent gone as soon as it is empty. */
  mark_gone?: boolean;
}

/** The draining of an agent. */
export interface DrainInfo {
  state: DrainState;
  config: DrainConfig;
}

/** The guarantee of a role, which is its limit too, in the older form. */
export interface QuotaInfo {
  role?: string;
  principal?: string;
  /** Scalars only, without roles or reservations. */
  guarantee?: Resource[];
}

/** Asks for a guarantee in the older form. */
export interface QuotaRequest {
  /** Set it even if the cluster has not as much. */
  force?: boolean;
  role?: string;
  guarantee?: Resource[];
}

/** What a role is sure to get and the most that it gets. */
export interface QuotaConfig {
  role: string;
  /** Amounts by name of resource; never more than the limit. */
  guarantees?: Record<string, ValueScalar>;
  /** Amounts by name of resource; one that is not here is unlimited. */
  limits?: Record<string, ValueScalar>;
}

/** The quotas of all roles that have one. */
export interface QuotaStatus {
  /** The same in the older form. */
  infos?: QuotaInfo[];
  configs?: QuotaConfig[];
}

/** From the agent to a resource provider, on the stream that SUBSCRIBE opens. */
export interface ResourceProviderEvent {
  type?: ResourceProviderEventType;
  subscribed?: ResourceProviderEventSubscribed;
  apply_operation?: ResourceProviderEventApplyOperation;
  publish_resources?: ResourceProviderEventPublishResources;
  acknowledge_operation_status?: ResourceProviderEventAcknowledgeOperationStatus;
  reconcile_operations?: ResourceProviderEventReconcileOperations;
}

/** First on the stream. */
export interface ResourceProviderEventSubscribed {
  provider_id: ResourceProviderID;
}

/** Do this with your resources. */
export interface ResourceProviderEventApplyOperation {
  /** Absent for an operator's. */
  framework_id?: FrameworkID;
  info: OfferOperation;
  operation_uuid: UUID;
  /** The version that the operation was meant for; the provider drops it if it has another. */
  resource_version_uuid: UUID;
}

/** Make these resources usable on the agent's machine. */
export interface ResourceProviderEventPublishResources {
  /** To be given back in the answer. */
  uuid: UUID;
  resources?: Resource[];
}

/** An update has been taken in and need not be sent again. */
export interface ResourceProviderEventAcknowledgeOperationStatus {
  status_uuid: UUID;
  operation_uuid: UUID;
}

/** Tell about these operations, which somebody believes to exist. */
export interface ResourceProviderEventReconcileOperations {
  operation_uuids?: UUID[];
}

/** From a resource provider to its agent. */
export interface ResourceProviderCall {
  resource_provider_id?: ResourceProviderID;
  type?: ResourceProviderCallType;
  subscribe?: ResourceProviderCallSubscribe;
  update_operation_status?: ResourceProviderCallUpdateOperationStatus;
  update_state?: ResourceProviderCallUpdateState;
  update_publish_resources_status?: ResourceProviderCallUpdatePublishResourcesStatus;
}

/** Opens the stream of events. */
export interface ResourceProviderCallSubscribe {
  resource_provider_info: ResourceProviderInfo;
}

/** An operation has changed; to be sent again until acknowledged. */
export interface ResourceProviderCallUpdateOperationStatus {
  framework_id?: FrameworkID;
  status: OperationStatus;
  /** May be newer than `status`. */
  latest_status?: OperationStatus;
  operation_uuid: UUID;
}

/** All resources and operations, after subscribing and whenever they change. */
export interface ResourceProviderCallUpdateState {
  operations?: Operation[];
  resources?: Resource[];
  /** New with every change that no operation caused. */
  resource_version_uuid: UUID;
}

/** The answer to PUBLISH_RESOURCES. */
export interface ResourceProviderCallUpdatePublishResourcesStatus {
  uuid: UUID;
  status: ResourceProviderCallUpdatePublishResourcesStatusStatus;
}

/** From the master to a scheduler, on the stream that SUBSCRIBE opens. */
export interface SchedulerEvent {
  type?: SchedulerEventType;
  subscribed?: SchedulerEventSubscribed;
  offers?: SchedulerEventOffers;
  inverse_offers?: SchedulerEventInverseOffers;
  rescind?: SchedulerEventRescind;
  rescind_inverse_offer?: SchedulerEventRescindInverseOffer;
  update?: SchedulerEventUpdate;
  update_operation_status?: SchedulerEventUpdateOperationStatus;
  message?: SchedulerEventMessage;
  failure?: SchedulerEventFailure;
  error?: SchedulerEventError;
}

/** First on the stream. */
export interface SchedulerEventSubscribed {
  /** To be sent with every later call. */
  framework_id: FrameworkID;
  /** Longer silence means that the connection is dead. */
  heartbeat_interval_seconds?: number;
  master_info?: MasterInfo;
}

/** New offers. */
export interface SchedulerEventOffers {
  offers?: Offer[];
}

/** Requests to give resources back. */
export interface SchedulerEventInverseOffers {
  inverse_offers?: InverseOffer[];
}

/** An offer is no longer good. */
export interface SchedulerEventRescind {
  offer_id: OfferID;
}

/** An inverse offer is no longer asked. */
export interface SchedulerEventRescindInverseOffer {
  inverse_offer_id: OfferID;
}

/** A task has changed; comes again until acknowledged, if it has a uuid. */
export interface SchedulerEventUpdate {
  status: TaskStatus;
}

/** An operation has changed; comes again until acknowledged, if it has a uuid. */
export interface SchedulerEventUpdateOperationStatus {
  status: OperationStatus;
}

/** From an executor; may get lost. */
export interface SchedulerEventMessage {
  agent_id: AgentID;
  executor_id: ExecutorID;
  data: string;
}

/** An agent, or one executor on it, is gone; may get lost. */
export interface SchedulerEventFailure {
  agent_id?: AgentID;
  /** Absent when the whole agent is gone. */
  executor_id?: ExecutorID;
  /** The executor's exit status, as wait(2) gives it. */
  status?: number;
}

/** The subscription is over, for this reason. */
export interface SchedulerEventError {
  message: string;
}

/** To the calls that have an answer of their own. */
export interface SchedulerResponse {
  type?: SchedulerResponseType;
  reconcile_operations?: SchedulerResponseReconcileOperations;
}

/** The answer to RECONCILE_OPERATIONS of older versions. */
export interface SchedulerResponseReconcileOperations {
  operation_statuses?: OperationStatus[];
}

/** A condition on an agent. */
export interface SchedulerAttributeConstraint {
  selector: SchedulerAttributeConstraintSelector;
  predicate: SchedulerAttributeConstraintPredicate;
}

/** Which attribute to look at. */
export interface SchedulerAttributeConstraintSelector {
  pseudoattribute_type?: SchedulerAttributeConstraintSelectorPseudoattributeType;
  attribute_name?: string;
}

/** What must be true of it. The text predicates also hold for an attribute that is no text. */
export interface SchedulerAttributeConstraintPredicate {
  exists?: SchedulerAttributeConstraintPredicateExists;
  not_exists?: SchedulerAttributeConstraintPredicateNotExists;
  text_equals?: SchedulerAttributeConstraintPredicateTextEquals;
  text_not_equals?: SchedulerAttributeConstraintPredicateTextNotEquals;
  text_matches?: SchedulerAttributeConstraintPredicateTextMatches;
  text_not_matches?: SchedulerAttributeConstraintPredicateTextNotMatches;
}

/** The agent has it. */
export type SchedulerAttributeConstraintPredicateExists = Record<string, never>;

/** The agent does not have it. */
export type SchedulerAttributeConstraintPredicateNotExists = Record<string, never>;

/** It is there and equal to the value. */
export interface SchedulerAttributeConstraintPredicateTextEquals {
  value: string;
}

/** It is not there, or not equal to the value. */
export interface SchedulerAttributeConstraintPredicateTextNotEquals {
  value: string;
}

/** It is there and all of it matches the expression (RE2). */
export interface SchedulerAttributeConstraintPredicateTextMatches {
  regex: string;
}

/** It is not there, or does not match. */
export interface SchedulerAttributeConstraintPredicateTextNotMatches {
  regex: string;
}

/** Which agents to offer to a framework. */
export interface SchedulerOfferConstraints {
  /** By role; one that is not here has no constraints. */
  role_constraints?: Record<string, SchedulerOfferConstraintsRoleConstraints>;
}

/** For one role: an agent must meet at least one of the groups. */
export interface SchedulerOfferConstraintsRoleConstraints {
  groups?: SchedulerOfferConstraintsRoleConstraintsGroup[];
}

/** Conditions that an agent must meet together. */
export interface SchedulerOfferConstraintsRoleConstraintsGroup {
  attribute_constraints?: SchedulerAttributeConstraint[];
}

/** From a scheduler to the master. */
export interface SchedulerCall {
  /** In every call but the first SUBSCRIBE. */
  framework_id?: FrameworkID;
  type?: SchedulerCallType;
  subscribe?: SchedulerCallSubscribe;
  accept?: SchedulerCallAccept;
  decline?: SchedulerCallDecline;
  accept_inverse_offers?: SchedulerCallAcceptInverseOffers;
  decline_inverse_offers?: SchedulerCallDeclineInverseOffers;
  revive?: SchedulerCallRevive;
  kill?: SchedulerCallKill;
  shutdown?: SchedulerCallShutdown;
  acknowledge?: SchedulerCallAcknowledge;
  acknowledge_operation_status?: SchedulerCallAcknowledgeOperationStatus;
  reconcile?: SchedulerCallReconcile;
  reconcile_operations?: SchedulerCallReconcileOperations;
  message?: SchedulerCallMessage;
  request?: SchedulerCallRequest;
  suppress?: SchedulerCallSuppress;
  update_framework?: SchedulerCallUpdateFramework;
}

/** Opens the stream of events. */
export interface SchedulerCallSubscribe {
  /** With an id: takes over from the scheduler that has it. */
  framework_info: FrameworkInfo;
  /** Roles that want no offers for now. */
  suppressed_roles?: string[];
  offer_constraints?: SchedulerOfferConstraints;
}

/** Uses offers of one agent, all at once; what is left goes back. */
export interface SchedulerCallAccept {
  offer_ids?: OfferID[];
  /** In the order in which they are to be done. */
  operations?: OfferOperation[];
  filters?: Filters;
}

/** Gives offers back. */
export interface SchedulerCallDecline {
  offer_ids?: OfferID[];
  filters?: Filters;
}

/** Promises to be gone in time. */
export interface SchedulerCallAcceptInverseOffers {
  inverse_offer_ids?: OfferID[];
  filters?: Filters;
}

/** Does not promise. */
export interface SchedulerCallDeclineInverseOffers {
  inverse_offer_ids?: OfferID[];
  filters?: Filters;
}

/** Wants offers again and drops all filters. */
export interface SchedulerCallRevive {
  /** Empty: every role of the framework. */
  roles?: string[];
}

/** Stops a task. */
export interface SchedulerCallKill {
  task_id: TaskID;
  /** Helps the master to find a task that it does not know. */
  agent_id?: AgentID;
  /** Overrides the task's. */
  kill_policy?: KillPolicy;
}

/** Stops an executor and its tasks. */
export interface SchedulerCallShutdown {
  executor_id: ExecutorID;
  agent_id: AgentID;
}

/** Says that an update has been taken in. */
export interface SchedulerCallAcknowledge {
  agent_id: AgentID;
  task_id: TaskID;
  uuid: string;
}

/** Says that an update of an operation has been taken in. */
export interface SchedulerCallAcknowledgeOperationStatus {
  agent_id?: AgentID;
  resource_provider_id?: ResourceProviderID;
  uuid: string;
  operation_id: OperationID;
}

/** Asks for the state of tasks; the answers come as updates. */
export interface SchedulerCallReconcile {
  /** Empty: all that the master knows. */
  tasks?: SchedulerCallReconcileTask[];
}

/** One of them. */
export interface SchedulerCallReconcileTask {
  task_id: TaskID;
  agent_id?: AgentID;
}

/** Asks for the state of operations; the answers come as updates. */
export interface SchedulerCallReconcileOperations {
  operations?: SchedulerCallReconcileOperationsOperation[];
}

/** One of them. */
export interface SchedulerCallReconcileOperationsOperation {
  operation_id: OperationID;
  agent_id?: AgentID;
  resource_provider_id?: ResourceProviderID;
}

/** To an executor; may get lost. */
export interface SchedulerCallMessage {
  agent_id: AgentID;
  executor_id: ExecutorID;
  data: string;
}

/** Says what the framework would like to be offered. */
export interface SchedulerCallRequest {
  requests?: Request[];
}

/** Wants no offers for now. */
export interface SchedulerCallSuppress {
  /** Empty: every role of the framework. */
  roles?: string[];
}

/** Changes what SUBSCRIBE said. */
export interface SchedulerCallUpdateFramework {
  framework_info: FrameworkInfo;
  suppressed_roles?: string[];
  offer_constraints?: SchedulerOfferConstraints;
}

/** What a C++ scheduler library hands to its user for a call; not on any wire. */
export interface SchedulerAPIResult {
  status_code: number;
  response?: SchedulerResponse;
  error?: string;
}

/** An agent or driver asks to be authenticated before it registers. */
export interface AuthenticateMessage {
  /** Where the answers go: the sender's libprocess address. */
  pid: string;
}

/** The authenticator lists what it can do. */
export interface AuthenticationMechanismsMessage {
  /** Names of SASL mechanisms, such as `CRAM-MD5`. */
  mechanisms?: string[];
}

/** The client picks a mechanism. */
export interface AuthenticationStartMessage {
  mechanism: string;
  /** The client's first answer, for mechanisms in which the client speaks first. */
  data?: string;
}

/** One challenge or answer of the mechanism, in either direction. */
export interface AuthenticationStepMessage {
  data: string;
}

/** The client is who it says it is. */
export type AuthenticationCompletedMessage = Record<string, never>;

/** The client's proof was wrong: trying again with the same secret is useless. */
export type AuthenticationFailedMessage = Record<string, never>;

/** Something broke on the way; the client may try again. */
export interface AuthenticationErrorMessage {
  error?: string;
}

/** A task's status on its way from executor to scheduler. */
export interface StatusUpdate {
  framework_id: FrameworkID;
  executor_id?: ExecutorID;
  agent_id?: AgentID;
  status: TaskStatus;
  /** When it was made, in seconds since 1970. */
  timestamp: number;
  /** Absent when nobody waits for an acknowledgement. */
  uuid?: string;
  /** The task's latest state, which may be newer than that of `status`; added by the agent. */
  latest_state?: TaskState;
}

/** One entry of a task's checkpointed updates. */
export interface StatusUpdateRecord {
  type: StatusUpdateRecordType;
  update?: StatusUpdate;
  /** Of the update that is acknowledged. */
  uuid?: string;
}

/** Unused. */
export interface SubmitSchedulerRequest {
  name: string;
}

/** Unused. */
export interface SubmitSchedulerResponse {
  okay: boolean;
}

/** An executor's message on its way to the scheduler. */
export interface ExecutorToFrameworkMessage {
  agent_id: AgentID;
  framework_id: FrameworkID;
  executor_id: ExecutorID;
  data: string;
}

/** A scheduler's message on its way to the executor. */
export interface FrameworkToExecutorMessage {
  agent_id: AgentID;
  framework_id: FrameworkID;
  executor_id: ExecutorID;
  data: string;
}

/** A driver of an older version registers its framework. */
export interface RegisterFrameworkMessage {
  framework: FrameworkInfo;
}

/** A driver of an older version registers its framework again. */
export interface ReregisterFrameworkMessage {
  framework: FrameworkInfo;
  /** True: this is another scheduler than before. */
  failover: boolean;
}

/** The master has registered a driver's framework. */
export interface FrameworkRegisteredMessage {
  framework_id: FrameworkID;
  master_info: MasterInfo;
}

/** The master has registered a driver's framework again. */
export interface FrameworkReregisteredMessage {
  framework_id: FrameworkID;
  master_info: MasterInfo;
}

/** A driver ends its framework. */
export interface UnregisterFrameworkMessage {
  framework_id: FrameworkID;
}

/** A driver wants no more offers. */
export interface DeactivateFrameworkMessage {
  framework_id: FrameworkID;
}

/** A driver of an older version says what it would like to be offered. */
export interface ResourceRequestMessage {
  framework_id: FrameworkID;
  requests?: Request[];
}

/** Offers for a driver. */
export interface ResourceOffersMessage {
  offers?: Offer[];
  /** The agents' addresses, in the order of the offers. */
  pids?: string[];
}

/** Inverse offers for a driver. */
export interface InverseOffersMessage {
  inverse_offers?: InverseOffer[];
  pids?: string[];
}

/** A driver of an older version accepts offers; without tasks it declines them. */
export interface LaunchTasksMessage {
  framework_id: FrameworkID;
  tasks?: TaskInfo[];
  filters: Filters;
  offer_ids?: OfferID[];
}

/** An offer to a driver is no longer good. */
export interface RescindResourceOfferMessage {
  offer_id: OfferID;
}

/** An inverse offer to a driver is no longer asked. */
export interface RescindInverseOfferMessage {
  inverse_offer_id: OfferID;
}

/** A driver of an older version wants offers again. */
export interface ReviveOffersMessage {
  framework_id: FrameworkID;
  roles?: string[];
}

/** The master tells an agent to start a task. */
export interface RunTaskMessage {
  framework_id?: FrameworkID;
  framework: FrameworkInfo;
  task: TaskInfo;
  /** The versions of the resources that the task was meant for; the agent drops it if it has others. */
  resource_version_uuids?: ResourceVersionUUID[];
  /** The scheduler's address, empty for one on HTTP. */
  pid?: string;
  /** False: the executor must run already, or the task is dropped. */
  launch_executor?: boolean;
}

/** The master tells an agent to start a task group. */
export interface RunTaskGroupMessage {
  framework: FrameworkInfo;
  executor: ExecutorInfo;
  task_group: TaskGroupInfo;
  /** As in RunTaskMessage. */
  resource_version_uuids?: ResourceVersionUUID[];
  /** As in RunTaskMessage. */
  launch_executor?: boolean;
}

/** The master tells an agent, and the agent an executor on the older driver, to stop a task. */
export interface KillTaskMessage {
  framework_id: FrameworkID;
  task_id: TaskID;
  kill_policy?: KillPolicy;
}

/** Brings a status update to the agent, the master or a driver. */
export interface StatusUpdateMessage {
  update: StatusUpdate;
  /** Where the acknowledgement goes. */
  pid?: string;
}

/** Takes the acknowledgement the other way. */
export interface StatusUpdateAcknowledgementMessage {
  agent_id: AgentID;
  framework_id: FrameworkID;
  task_id: TaskID;
  uuid: string;
}

/** The master acknowledges an operation's status to its agent. */
export interface AcknowledgeOperationStatusMessage {
  status_uuid: UUID;
  operation_uuid: UUID;
  resource_provider_id?: ResourceProviderID;
}

/** The master tells drivers that an agent is gone. */
export interface LostSlaveMessage {
  agent_id: AgentID;
}

/** Asks a driver's master for tasks, or an agent for tasks that the master believes to be there. */
export interface ReconcileTasksMessage {
  framework_id: FrameworkID;
  /** Empty: all. */
  statuses?: TaskStatus[];
  framework?: FrameworkInfo;
}

/** The master asks an agent for operations that it believes to be there. */
export interface ReconcileOperationsMessage {
  operations?: ReconcileOperationsMessageOperation[];
  framework_id?: FrameworkID;
}

/** One of them. */
export interface ReconcileOperationsMessageOperation {
  operation_uuid?: UUID;
  operation_id?: OperationID;
  resource_provider_id?: ResourceProviderID;
}

/** The master stops a driver, for this reason. */
export interface FrameworkErrorMessage {
  message: string;
}

/** An agent that has no id yet asks to be admitted. */
export interface RegisterSlaveMessage {
  agent: AgentInfo;
  /** Dynamic reservations and volumes on its own resources. */
  checkpointed_resources?: Resource[];
  /** Of Mesos, not of what implements it. */
  version?: string;
  agent_capabilities?: AgentInfoCapability[];
  /** New at every start and with every change that no operation caused. */
  resource_version_uuid?: UUID;
}

/** An agent that has an id comes back and says all that it knows. */
export interface ReregisterSlaveMessage {
  agent: AgentInfo;
  /** As in RegisterSlaveMessage. */
  checkpointed_resources?: Resource[];
  /** Of executors that run, each with its framework's id. */
  executor_infos?: ExecutorInfo[];
  /** Not ended, or with updates to be acknowledged. */
  tasks?: Task[];
  /** Of the executors and tasks. */
  frameworks?: FrameworkInfo[];
  /** Ended, for the master's history. */
  completed_frameworks?: ArchiveFramework[];
  version?: string;
  agent_capabilities?: AgentInfoCapability[];
  resource_version_uuid?: UUID;
}

/** The master has admitted an agent. */
export interface SlaveRegisteredMessage {
  agent_id: AgentID;
  connection?: MasterSlaveConnection;
}

/** The master has taken an agent back. */
export interface SlaveReregisteredMessage {
  agent_id: AgentID;
  /** Tasks that the master knows and the agent did not report. */
  reconciliations?: ReconcileTasksMessage[];
  connection?: MasterSlaveConnection;
}

/** An agent leaves for good. */
export interface UnregisterSlaveMessage {
  agent_id: AgentID;
}

/** How master and agent watch each other. */
export interface MasterSlaveConnection {
  /** Silence after which the agent looks for the master anew. */
  total_ping_timeout_seconds?: number;
}

/** The master asks whether an agent is there. */
export interface PingSlaveMessage {
  /** False: the master holds the agent for disconnected, so it should re-register. */
  connected: boolean;
}

/** The agent is there. */
export type PongSlaveMessage = Record<string, never>;

/** The master tells an agent to stop all of a framework. */
export interface ShutdownFrameworkMessage {
  framework_id: FrameworkID;
}

/** Tells an agent, or an executor on the older driver, to stop an executor. */
export interface ShutdownExecutorMessage {
  executor_id?: ExecutorID;
  framework_id?: FrameworkID;
}

/** The master tells agents that a framework has changed. */
export interface UpdateFrameworkMessage {
  framework_id: FrameworkID;
  /** The scheduler's address, empty for one on HTTP. */
  pid?: string;
  framework_info?: FrameworkInfo;
}

/** The master tells an agent of an older version what to checkpoint. */
export interface CheckpointResourcesMessage {
  resources?: Resource[];
}

/** The version of a provider's resources, or of the agent's own. */
export interface ResourceVersionUUID {
  resource_provider_id?: ResourceProviderID;
  uuid: UUID;
}

/** An agent tells that its resources have changed. */
export interface UpdateSlaveMessage {
  agent_id: AgentID;
  /** False: the next field says nothing. */
  update_oversubscribed_resources?: boolean;
  /** All revocable resources now. */
  oversubscribed_resources?: Resource[];
  operations?: UpdateSlaveMessageOperations;
  resource_version_uuid?: UUID;
  resource_providers?: UpdateSlaveMessageResourceProviders;
}

/** Operations that are not over, or with updates to be acknowledged. */
export interface UpdateSlaveMessageOperations {
  operations?: Operation[];
}

/** A provider and what it brings. */
export interface UpdateSlaveMessageResourceProvider {
  info?: ResourceProviderInfo;
  total_resources?: Resource[];
  operations: UpdateSlaveMessageOperations;
  resource_version_uuid: UUID;
}

/** Every provider; absent: nothing is said about them. */
export interface UpdateSlaveMessageResourceProviders {
  providers?: UpdateSlaveMessageResourceProvider[];
}

/** Brings an operation's status from the agent to the master. */
export interface UpdateOperationStatusMessage {
  framework_id?: FrameworkID;
  agent_id?: AgentID;
  status: OperationStatus;
  /** May be newer than `status`. */
  latest_status?: OperationStatus;
  operation_uuid?: UUID;
}

/** One entry of an operation's checkpointed updates. */
export interface UpdateOperationStatusRecord {
  type: UpdateOperationStatusRecordType;
  update?: UpdateOperationStatusMessage;
  /** Of the update that is acknowledged. */
  uuid?: UUID;
}

/** The master tells an agent to do an operation. */
export interface ApplyOperationMessage {
  /** Absent for an operator's. */
  framework_id?: FrameworkID;
  operation_info: OfferOperation;
  operation_uuid: UUID;
  /** The version that the operation was meant for; the agent drops it if it has another. */
  resource_version_uuid: ResourceVersionUUID;
}

/** A call of a resource provider beyond the agent. */
export interface ResourceProviderCallMessage {
  call: ResourceProviderCall;
  uuid?: UUID;
}

/** An event for a resource provider beyond the agent. */
export interface ResourceProviderEventMessage {
  resource_provider_id: ResourceProviderID;
  event: ResourceProviderEvent;
  uuid?: UUID;
}

/** An executor on the older driver registers with its agent. */
export interface RegisterExecutorMessage {
  framework_id: FrameworkID;
  executor_id: ExecutorID;
}

/** The agent has registered it. */
export interface ExecutorRegisteredMessage {
  executor_info: ExecutorInfo;
  framework_id: FrameworkID;
  framework_info: FrameworkInfo;
  agent_id: AgentID;
  agent_info: AgentInfo;
}

/** The agent, having restarted, has registered it again. */
export interface ExecutorReregisteredMessage {
  agent_id: AgentID;
  agent_info: AgentInfo;
}

/** An agent tells the master that an executor has ended. */
export interface ExitedExecutorMessage {
  agent_id: AgentID;
  framework_id: FrameworkID;
  executor_id: ExecutorID;
  /** As wait(2) gives it. */
  status: number;
}

/** An agent that has restarted tells executors on the older driver to register again. */
export interface ReconnectExecutorMessage {
  agent_id: AgentID;
}

/** An executor on the older driver registers again and says what is not acknowledged. */
export interface ReregisterExecutorMessage {
  executor_id: ExecutorID;
  framework_id: FrameworkID;
  tasks?: TaskInfo[];
  updates?: StatusUpdate[];
}

/** The master tells an agent to kill its tasks. */
export interface DrainSlaveMessage {
  config: DrainConfig;
}

/** The master tells an agent to stop itself, for this reason. */
export interface ShutdownMessage {
  message?: string;
}

/** Ended frameworks with their tasks, as an older master kept them. */
export interface Archive {
  frameworks?: ArchiveFramework[];
}

/** One of them. */
export interface ArchiveFramework {
  framework_info: FrameworkInfo;
  pid?: string;
  tasks?: Task[];
}

/** An older health checker tells its executor about a task. */
export interface TaskHealthStatus {
  task_id: TaskID;
  healthy: boolean;
  /** It has failed too often. */
  kill_task?: boolean;
  consecutive_failures?: number;
}

/** Sent by a hook module of Mesos' own tests. */
export interface HookExecuted {
  module?: string;
}

/** What a master remembers over restarts, in the form in which a C++ master stores it. */
export interface Registry {
  master?: RegistryMaster;
  slaves?: RegistrySlaves;
  unreachable?: RegistryUnreachableSlaves;
  gone?: RegistryGoneSlaves;
  machines?: RegistryMachines;
  /** At most one. */
  schedules?: MaintenanceSchedule[];
  quotas?: RegistryQuota[];
  quota_configs?: QuotaConfig[];
  weights?: RegistryWeight[];
  resource_provider_registry?: ResourceProviderRegistryRegistry;
  minimum_capabilities?: RegistryMinimumCapability[];
}

/** The master that wrote it last. */
export interface RegistryMaster {
  info: MasterInfo;
}

/** An agent that is admitted. */
export interface RegistrySlave {
  info: AgentInfo;
  /** While it drains. */
  drain_info?: DrainInfo;
  /** By an operator. */
  deactivated?: boolean;
}

/** Agents that may re-register. */
export interface RegistrySlaves {
  slaves?: RegistrySlave[];
}

/** An agent that stopped answering. */
export interface RegistryUnreachableSlave {
  id: AgentID;
  /** When it was declared unreachable. */
  timestamp: TimeInfo;
  drain_info?: DrainInfo;
  deactivated?: boolean;
}

/** Agents that stopped answering and may come back; a bounded number is kept. */
export interface RegistryUnreachableSlaves {
  slaves?: RegistryUnreachableSlave[];
}

/** An agent that an operator marked gone. */
export interface RegistryGoneSlave {
  id: AgentID;
  timestamp: TimeInfo;
}

/** Agents that are refused when they come back; a bounded number is kept. */
export interface RegistryGoneSlaves {
  slaves?: RegistryGoneSlave[];
}

/** A machine under maintenance. */
export interface RegistryMachine {
  info: MachineInfo;
}

/** Every machine under maintenance. */
export interface RegistryMachines {
  machines?: RegistryMachine[];
}

/** A quota in the older form. */
export interface RegistryQuota {
  info: QuotaInfo;
}

/** A weight that an operator has set. */
export interface RegistryWeight {
  info: WeightInfo;
}

/** Something that a master must be able to do to read this registry. */
export interface RegistryMinimumCapability {
  /** A name of MasterInfo.Capability.Type. */
  capability: string;
}

/** A provider that an agent has admitted. */
export interface ResourceProviderRegistryResourceProvider {
  id: ResourceProviderID;
  type?: string;
  name?: string;
}

/** What an agent remembers of its resource providers. */
export interface ResourceProviderRegistryRegistry {
  resource_providers?: ResourceProviderRegistryResourceProvider[];
  /** Marked gone: they are never admitted again. */
  removed_resource_providers?: ResourceProviderRegistryResourceProvider[];
}

/**
 * What a scheduler on the older driver sends as a libprocess message. It differs from `mesos.v1.scheduler.Call` in
 * nothing but the field numbers of SUBSCRIBE, so a decoded one can be taken for a v1 call as it is.
 */
export interface DriverCall {
  framework_id?: FrameworkID;
  type?: SchedulerCallType;
  subscribe?: DriverCallSubscribe;
  accept?: SchedulerCallAccept;
  decline?: SchedulerCallDecline;
  accept_inverse_offers?: SchedulerCallAcceptInverseOffers;
  decline_inverse_offers?: SchedulerCallDeclineInverseOffers;
  revive?: SchedulerCallRevive;
  kill?: SchedulerCallKill;
  shutdown?: SchedulerCallShutdown;
  acknowledge?: SchedulerCallAcknowledge;
  acknowledge_operation_status?: SchedulerCallAcknowledgeOperationStatus;
  reconcile?: SchedulerCallReconcile;
  reconcile_operations?: SchedulerCallReconcileOperations;
  message?: SchedulerCallMessage;
  request?: SchedulerCallRequest;
  suppress?: SchedulerCallSuppress;
  update_framework?: SchedulerCallUpdateFramework;
}

export interface DriverCallSubscribe {
  framework_info: FrameworkInfo;
  /** Take the place of a scheduler that is subscribed under the same id. Schedulers on HTTP always do. */
  force?: boolean;
  suppressed_roles?: string[];
  offer_constraints?: SchedulerOfferConstraints;
}

/** Every message by the name that the codec takes. */
export interface Messages {
  GoogleDuration: GoogleDuration;
  ACL: ACL;
  ACLEntity: ACLEntity;
  ACLOnRoles: ACLOnRoles;
  ACLOnUsers: ACLOnUsers;
  ACLOnAgents: ACLOnAgents;
  ACLOnMachines: ACLOnMachines;
  ACLOnResourceProviders: ACLOnResourceProviders;
  ACLTeardownFramework: ACLTeardownFramework;
  ACLUnreserveResources: ACLUnreserveResources;
  ACLDestroyVolume: ACLDestroyVolume;
  ACLGetEndpoint: ACLGetEndpoint;
  ACLAccessMesosLog: ACLAccessMesosLog;
  ACLViewFlags: ACLViewFlags;
  ACLSetLogLevel: ACLSetLogLevel;
  ACLPruneImages: ACLPruneImages;
  ACLs: ACLs;
  AgentCall: AgentCall;
  AgentCallGetMetrics: AgentCallGetMetrics;
  AgentCallSetLoggingLevel: AgentCallSetLoggingLevel;
  AgentCallListFiles: AgentCallListFiles;
  AgentCallReadFile: AgentCallReadFile;
  AgentCallReadLog: AgentCallReadLog;
  AgentCallGetContainers: AgentCallGetContainers;
  AgentCallLaunchNestedContainer: AgentCallLaunchNestedContainer;
  AgentCallWaitNestedContainer: AgentCallWaitNestedContainer;
  AgentCallKillNestedContainer: AgentCallKillNestedContainer;
  AgentCallRemoveNestedContainer: AgentCallRemoveNestedContainer;
  AgentCallLaunchNestedContainerSession: AgentCallLaunchNestedContainerSession;
  AgentCallAttachContainerInput: AgentCallAttachContainerInput;
  AgentCallAttachContainerOutput: AgentCallAttachContainerOutput;
  AgentCallLaunchContainer: AgentCallLaunchContainer;
  AgentCallWaitContainer: AgentCallWaitContainer;
  AgentCallKillContainer: AgentCallKillContainer;
  AgentCallRemoveContainer: AgentCallRemoveContainer;
  AgentCallAddResourceProviderConfig: AgentCallAddResourceProviderConfig;
  AgentCallUpdateResourceProviderConfig: AgentCallUpdateResourceProviderConfig;
  AgentCallRemoveResourceProviderConfig: AgentCallRemoveResourceProviderConfig;
  AgentCallMarkResourceProviderGone: AgentCallMarkResourceProviderGone;
  AgentCallPruneImages: AgentCallPruneImages;
  AgentResponse: AgentResponse;
  AgentResponseGetHealth: AgentResponseGetHealth;
  AgentResponseGetFlags: AgentResponseGetFlags;
  AgentResponseGetVersion: AgentResponseGetVersion;
  AgentResponseGetMetrics: AgentResponseGetMetrics;
  AgentResponseGetLoggingLevel: AgentResponseGetLoggingLevel;
  AgentResponseListFiles: AgentResponseListFiles;
  AgentResponseReadFile: AgentResponseReadFile;
  AgentResponseReadLog: AgentResponseReadLog;
  AgentResponseReadLogData: AgentResponseReadLogData;
  AgentResponseGetState: AgentResponseGetState;
  AgentResponseGetContainers: AgentResponseGetContainers;
  AgentResponseGetContainersContainer: AgentResponseGetContainersContainer;
  AgentResponseGetFrameworks: AgentResponseGetFrameworks;
  AgentResponseGetFrameworksFramework: AgentResponseGetFrameworksFramework;
  AgentResponseGetExecutors: AgentResponseGetExecutors;
  AgentResponseGetExecutorsExecutor: AgentResponseGetExecutorsExecutor;
  AgentResponseGetOperations: AgentResponseGetOperations;
  AgentResponseGetTasks: AgentResponseGetTasks;
  AgentResponseGetAgent: AgentResponseGetAgent;
  AgentResponseGetResourceProviders: AgentResponseGetResourceProviders;
  AgentResponseGetResourceProvidersResourceProvider: AgentResponseGetResourceProvidersResourceProvider;
  AgentResponseWaitNestedContainer: AgentResponseWaitNestedContainer;
  AgentResponseWaitContainer: AgentResponseWaitContainer;
  AgentProcessIO: AgentProcessIO;
  AgentProcessIOData: AgentProcessIOData;
  AgentProcessIOControl: AgentProcessIOControl;
  AgentProcessIOControlHeartbeat: AgentProcessIOControlHeartbeat;
  InverseOfferStatus: InverseOfferStatus;
  ExecutorEvent: ExecutorEvent;
  ExecutorEventSubscribed: ExecutorEventSubscribed;
  ExecutorEventLaunch: ExecutorEventLaunch;
  ExecutorEventLaunchGroup: ExecutorEventLaunchGroup;
  ExecutorEventKill: ExecutorEventKill;
  ExecutorEventAcknowledged: ExecutorEventAcknowledged;
  ExecutorEventMessage: ExecutorEventMessage;
  ExecutorEventError: ExecutorEventError;
  ExecutorCall: ExecutorCall;
  ExecutorCallSubscribe: ExecutorCallSubscribe;
  ExecutorCallUpdate: ExecutorCallUpdate;
  ExecutorCallMessage: ExecutorCallMessage;
  MaintenanceWindow: MaintenanceWindow;
  MaintenanceSchedule: MaintenanceSchedule;
  MaintenanceClusterStatus: MaintenanceClusterStatus;
  MaintenanceClusterStatusDrainingMachine: MaintenanceClusterStatusDrainingMachine;
  MasterCall: MasterCall;
  MasterCallGetMetrics: MasterCallGetMetrics;
  MasterCallSetLoggingLevel: MasterCallSetLoggingLevel;
  MasterCallListFiles: MasterCallListFiles;
  MasterCallReadFile: MasterCallReadFile;
  MasterCallReadLog: MasterCallReadLog;
  MasterCallUpdateWeights: MasterCallUpdateWeights;
  MasterCallReserveResources: MasterCallReserveResources;
  MasterCallUnreserveResources: MasterCallUnreserveResources;
  MasterCallCreateVolumes: MasterCallCreateVolumes;
  MasterCallDestroyVolumes: MasterCallDestroyVolumes;
  MasterCallGrowVolume: MasterCallGrowVolume;
  MasterCallShrinkVolume: MasterCallShrinkVolume;
  MasterCallUpdateMaintenanceSchedule: MasterCallUpdateMaintenanceSchedule;
  MasterCallStartMaintenance: MasterCallStartMaintenance;
  MasterCallStopMaintenance: MasterCallStopMaintenance;
  MasterCallDrainAgent: MasterCallDrainAgent;
  MasterCallDeactivateAgent: MasterCallDeactivateAgent;
  MasterCallReactivateAgent: MasterCallReactivateAgent;
  MasterCallUpdateQuota: MasterCallUpdateQuota;
  MasterCallSetQuota: MasterCallSetQuota;
  MasterCallRemoveQuota: MasterCallRemoveQuota;
  MasterCallTeardown: MasterCallTeardown;
  MasterCallMarkAgentGone: MasterCallMarkAgentGone;
  MasterResponse: MasterResponse;
  MasterResponseGetHealth: MasterResponseGetHealth;
  MasterResponseGetFlags: MasterResponseGetFlags;
  MasterResponseGetVersion: MasterResponseGetVersion;
  MasterResponseGetMetrics: MasterResponseGetMetrics;
  MasterResponseGetLoggingLevel: MasterResponseGetLoggingLevel;
  MasterResponseListFiles: MasterResponseListFiles;
  MasterResponseReadFile: MasterResponseReadFile;
  MasterResponseReadLog: MasterResponseReadLog;
  MasterResponseGetState: MasterResponseGetState;
  MasterResponseGetAgents: MasterResponseGetAgents;
  MasterResponseGetAgentsAgent: MasterResponseGetAgentsAgent;
  MasterResponseGetAgentsAgentResourceProvider: MasterResponseGetAgentsAgentResourceProvider;
  MasterResponseGetFrameworks: MasterResponseGetFrameworks;
  MasterResponseGetFrameworksFramework: MasterResponseGetFrameworksFramework;
  MasterResponseGetExecutors: MasterResponseGetExecutors;
  MasterResponseGetExecutorsExecutor: MasterResponseGetExecutorsExecutor;
  MasterResponseGetOperations: MasterResponseGetOperations;
  MasterResponseGetTasks: MasterResponseGetTasks;
  MasterResponseGetRoles: MasterResponseGetRoles;
  MasterResponseGetWeights: MasterResponseGetWeights;
  MasterResponseGetMaster: MasterResponseGetMaster;
  MasterResponseGetMaintenanceStatus: MasterResponseGetMaintenanceStatus;
  MasterResponseGetMaintenanceSchedule: MasterResponseGetMaintenanceSchedule;
  MasterResponseGetQuota: MasterResponseGetQuota;
  MasterEvent: MasterEvent;
  MasterEventSubscribed: MasterEventSubscribed;
  MasterEventTaskAdded: MasterEventTaskAdded;
  MasterEventTaskUpdated: MasterEventTaskUpdated;
  MasterEventFrameworkAdded: MasterEventFrameworkAdded;
  MasterEventFrameworkUpdated: MasterEventFrameworkUpdated;
  MasterEventFrameworkRemoved: MasterEventFrameworkRemoved;
  MasterEventAgentAdded: MasterEventAgentAdded;
  MasterEventAgentRemoved: MasterEventAgentRemoved;
  FrameworkID: FrameworkID;
  OfferID: OfferID;
  AgentID: AgentID;
  TaskID: TaskID;
  ExecutorID: ExecutorID;
  ContainerID: ContainerID;
  ResourceProviderID: ResourceProviderID;
  OperationID: OperationID;
  TimeInfo: TimeInfo;
  DurationInfo: DurationInfo;
  Address: Address;
  URL: URL;
  Unavailability: Unavailability;
  MachineID: MachineID;
  MachineInfo: MachineInfo;
  FrameworkInfo: FrameworkInfo;
  FrameworkInfoCapability: FrameworkInfoCapability;
  CheckInfo: CheckInfo;
  CheckInfoCommand: CheckInfoCommand;
  CheckInfoHttp: CheckInfoHttp;
  CheckInfoTcp: CheckInfoTcp;
  HealthCheck: HealthCheck;
  HealthCheckHTTPCheckInfo: HealthCheckHTTPCheckInfo;
  HealthCheckTCPCheckInfo: HealthCheckTCPCheckInfo;
  KillPolicy: KillPolicy;
  CommandInfo: CommandInfo;
  CommandInfoURI: CommandInfoURI;
  ExecutorInfo: ExecutorInfo;
  DomainInfo: DomainInfo;
  DomainInfoFaultDomain: DomainInfoFaultDomain;
  DomainInfoFaultDomainRegionInfo: DomainInfoFaultDomainRegionInfo;
  DomainInfoFaultDomainZoneInfo: DomainInfoFaultDomainZoneInfo;
  MasterInfo: MasterInfo;
  MasterInfoCapability: MasterInfoCapability;
  AgentInfo: AgentInfo;
  AgentInfoCapability: AgentInfoCapability;
  CSIPluginContainerInfo: CSIPluginContainerInfo;
  CSIPluginEndpoint: CSIPluginEndpoint;
  CSIPluginInfo: CSIPluginInfo;
  ResourceProviderInfo: ResourceProviderInfo;
  ResourceProviderInfoStorage: ResourceProviderInfoStorage;
  Value: Value;
  ValueScalar: ValueScalar;
  ValueRange: ValueRange;
  ValueRanges: ValueRanges;
  ValueSet: ValueSet;
  ValueText: ValueText;
  Attribute: Attribute;
  Resource: Resource;
  ResourceAllocationInfo: ResourceAllocationInfo;
  ResourceReservationInfo: ResourceReservationInfo;
  ResourceDiskInfo: ResourceDiskInfo;
  ResourceDiskInfoPersistence: ResourceDiskInfoPersistence;
  ResourceDiskInfoSource: ResourceDiskInfoSource;
  ResourceDiskInfoSourcePath: ResourceDiskInfoSourcePath;
  ResourceDiskInfoSourceMount: ResourceDiskInfoSourceMount;
  ResourceRevocableInfo: ResourceRevocableInfo;
  ResourceSharedInfo: ResourceSharedInfo;
  TrafficControlStatistics: TrafficControlStatistics;
  IpStatistics: IpStatistics;
  IcmpStatistics: IcmpStatistics;
  TcpStatistics: TcpStatistics;
  UdpStatistics: UdpStatistics;
  SNMPStatistics: SNMPStatistics;
  DiskStatistics: DiskStatistics;
  ResourceStatistics: ResourceStatistics;
  ResourceStatisticsRatePercentiles: ResourceStatisticsRatePercentiles;
  ResourceStatisticsRateStatistics: ResourceStatisticsRateStatistics;
  ResourceUsage: ResourceUsage;
  ResourceUsageExecutor: ResourceUsageExecutor;
  ResourceUsageExecutorTask: ResourceUsageExecutorTask;
  PerfStatistics: PerfStatistics;
  OfferFilters: OfferFilters;
  OfferFiltersResourceQuantities: OfferFiltersResourceQuantities;
  OfferFiltersMinAllocatableResources: OfferFiltersMinAllocatableResources;
  Request: Request;
  Offer: Offer;
  OfferOperation: OfferOperation;
  OfferOperationLaunch: OfferOperationLaunch;
  OfferOperationLaunchGroup: OfferOperationLaunchGroup;
  OfferOperationReserve: OfferOperationReserve;
  OfferOperationUnreserve: OfferOperationUnreserve;
  OfferOperationCreate: OfferOperationCreate;
  OfferOperationDestroy: OfferOperationDestroy;
  OfferOperationGrowVolume: OfferOperationGrowVolume;
  OfferOperationShrinkVolume: OfferOperationShrinkVolume;
  OfferOperationCreateDisk: OfferOperationCreateDisk;
  OfferOperationDestroyDisk: OfferOperationDestroyDisk;
  InverseOffer: InverseOffer;
  TaskInfo: TaskInfo;
  TaskGroupInfo: TaskGroupInfo;
  Task: Task;
  TaskResourceLimitation: TaskResourceLimitation;
  UUID: UUID;
  Operation: Operation;
  OperationStatus: OperationStatus;
  CheckStatusInfo: CheckStatusInfo;
  CheckStatusInfoCommand: CheckStatusInfoCommand;
  CheckStatusInfoHttp: CheckStatusInfoHttp;
  CheckStatusInfoTcp: CheckStatusInfoTcp;
  TaskStatus: TaskStatus;
  Filters: Filters;
  Environment: Environment;
  EnvironmentVariable: EnvironmentVariable;
  Parameter: Parameter;
  Parameters: Parameters;
  Credential: Credential;
  Credentials: Credentials;
  Secret: Secret;
  SecretReference: SecretReference;
  SecretValue: SecretValue;
  RateLimit: RateLimit;
  RateLimits: RateLimits;
  Image: Image;
  ImageAppc: ImageAppc;
  ImageDocker: ImageDocker;
  MountPropagation: MountPropagation;
  Volume: Volume;
  VolumeSource: VolumeSource;
  VolumeSourceDockerVolume: VolumeSourceDockerVolume;
  VolumeSourceHostPath: VolumeSourceHostPath;
  VolumeSourceSandboxPath: VolumeSourceSandboxPath;
  VolumeSourceCSIVolume: VolumeSourceCSIVolume;
  VolumeSourceCSIVolumeVolumeCapability: VolumeSourceCSIVolumeVolumeCapability;
  VolumeSourceCSIVolumeVolumeCapabilityBlockVolume: VolumeSourceCSIVolumeVolumeCapabilityBlockVolume;
  VolumeSourceCSIVolumeVolumeCapabilityMountVolume: VolumeSourceCSIVolumeVolumeCapabilityMountVolume;
  VolumeSourceCSIVolumeVolumeCapabilityAccessMode: VolumeSourceCSIVolumeVolumeCapabilityAccessMode;
  VolumeSourceCSIVolumeStaticProvisioning: VolumeSourceCSIVolumeStaticProvisioning;
  NetworkInfo: NetworkInfo;
  NetworkInfoIPAddress: NetworkInfoIPAddress;
  NetworkInfoPortMapping: NetworkInfoPortMapping;
  CapabilityInfo: CapabilityInfo;
  SeccompInfo: SeccompInfo;
  LinuxInfo: LinuxInfo;
  RLimitInfo: RLimitInfo;
  RLimitInfoRLimit: RLimitInfoRLimit;
  TTYInfo: TTYInfo;
  TTYInfoWindowSize: TTYInfoWindowSize;
  ContainerInfo: ContainerInfo;
  ContainerInfoDockerInfo: ContainerInfoDockerInfo;
  ContainerInfoDockerInfoPortMapping: ContainerInfoDockerInfoPortMapping;
  ContainerInfoMesosInfo: ContainerInfoMesosInfo;
  ContainerStatus: ContainerStatus;
  CgroupInfo: CgroupInfo;
  CgroupInfoBlkio: CgroupInfoBlkio;
  CgroupInfoBlkioValue: CgroupInfoBlkioValue;
  CgroupInfoBlkioCFQ: CgroupInfoBlkioCFQ;
  CgroupInfoBlkioCFQStatistics: CgroupInfoBlkioCFQStatistics;
  CgroupInfoBlkioThrottling: CgroupInfoBlkioThrottling;
  CgroupInfoBlkioThrottlingStatistics: CgroupInfoBlkioThrottlingStatistics;
  CgroupInfoBlkioStatistics: CgroupInfoBlkioStatistics;
  CgroupInfoNetCls: CgroupInfoNetCls;
  Labels: Labels;
  Label: Label;
  Port: Port;
  Ports: Ports;
  DiscoveryInfo: DiscoveryInfo;
  WeightInfo: WeightInfo;
  VersionInfo: VersionInfo;
  Flag: Flag;
  Role: Role;
  Metric: Metric;
  FileInfo: FileInfo;
  Device: Device;
  DeviceNumber: DeviceNumber;
  DeviceAccess: DeviceAccess;
  DeviceAccessAccess: DeviceAccessAccess;
  DeviceWhitelist: DeviceWhitelist;
  DrainConfig: DrainConfig;
  DrainInfo: DrainInfo;
  QuotaInfo: QuotaInfo;
  QuotaRequest: QuotaRequest;
  QuotaConfig: QuotaConfig;
  QuotaStatus: QuotaStatus;
  ResourceProviderEvent: ResourceProviderEvent;
  ResourceProviderEventSubscribed: ResourceProviderEventSubscribed;
  ResourceProviderEventApplyOperation: ResourceProviderEventApplyOperation;
  ResourceProviderEventPublishResources: ResourceProviderEventPublishResources;
  ResourceProviderEventAcknowledgeOperationStatus: ResourceProviderEventAcknowledgeOperationStatus;
  ResourceProviderEventReconcileOperations: ResourceProviderEventReconcileOperations;
  ResourceProviderCall: ResourceProviderCall;
  ResourceProviderCallSubscribe: ResourceProviderCallSubscribe;
  ResourceProviderCallUpdateOperationStatus: ResourceProviderCallUpdateOperationStatus;
  ResourceProviderCallUpdateState: ResourceProviderCallUpdateState;
  ResourceProviderCallUpdatePublishResourcesStatus: ResourceProviderCallUpdatePublishResourcesStatus;
  SchedulerEvent: SchedulerEvent;
  SchedulerEventSubscribed: SchedulerEventSubscribed;
  SchedulerEventOffers: SchedulerEventOffers;
  SchedulerEventInverseOffers: SchedulerEventInverseOffers;
  SchedulerEventRescind: SchedulerEventRescind;
  SchedulerEventRescindInverseOffer: SchedulerEventRescindInverseOffer;
  SchedulerEventUpdate: SchedulerEventUpdate;
  SchedulerEventUpdateOperationStatus: SchedulerEventUpdateOperationStatus;
  SchedulerEventMessage: SchedulerEventMessage;
  SchedulerEventFailure: SchedulerEventFailure;
  SchedulerEventError: SchedulerEventError;
  SchedulerResponse: SchedulerResponse;
  SchedulerResponseReconcileOperations: SchedulerResponseReconcileOperations;
  SchedulerAttributeConstraint: SchedulerAttributeConstraint;
  SchedulerAttributeConstraintSelector: SchedulerAttributeConstraintSelector;
  SchedulerAttributeConstraintPredicate: SchedulerAttributeConstraintPredicate;
  SchedulerAttributeConstraintPredicateExists: SchedulerAttributeConstraintPredicateExists;
  SchedulerAttributeConstraintPredicateNotExists: SchedulerAttributeConstraintPredicateNotExists;
  SchedulerAttributeConstraintPredicateTextEquals: SchedulerAttributeConstraintPredicateTextEquals;
  SchedulerAttributeConstraintPredicateTextNotEquals: SchedulerAttributeConstraintPredicateTextNotEquals;
  SchedulerAttributeConstraintPredicateTextMatches: SchedulerAttributeConstraintPredicateTextMatches;
  SchedulerAttributeConstraintPredicateTextNotMatches: SchedulerAttributeConstraintPredicateTextNotMatches;
  SchedulerOfferConstraints: SchedulerOfferConstraints;
  SchedulerOfferConstraintsRoleConstraints: SchedulerOfferConstraintsRoleConstraints;
  SchedulerOfferConstraintsRoleConstraintsGroup: SchedulerOfferConstraintsRoleConstraintsGroup;
  SchedulerCall: SchedulerCall;
  SchedulerCallSubscribe: SchedulerCallSubscribe;
  SchedulerCallAccept: SchedulerCallAccept;
  SchedulerCallDecline: SchedulerCallDecline;
  SchedulerCallAcceptInverseOffers: SchedulerCallAcceptInverseOffers;
  SchedulerCallDeclineInverseOffers: SchedulerCallDeclineInverseOffers;
  SchedulerCallRevive: SchedulerCallRevive;
  SchedulerCallKill: SchedulerCallKill;
  SchedulerCallShutdown: SchedulerCallShutdown;
  SchedulerCallAcknowledge: SchedulerCallAcknowledge;
  SchedulerCallAcknowledgeOperationStatus: SchedulerCallAcknowledgeOperationStatus;
  SchedulerCallReconcile: SchedulerCallReconcile;
  SchedulerCallReconcileTask: SchedulerCallReconcileTask;
  SchedulerCallReconcileOperations: SchedulerCallReconcileOperations;
  SchedulerCallReconcileOperationsOperation: SchedulerCallReconcileOperationsOperation;
  SchedulerCallMessage: SchedulerCallMessage;
  SchedulerCallRequest: SchedulerCallRequest;
  SchedulerCallSuppress: SchedulerCallSuppress;
  SchedulerCallUpdateFramework: SchedulerCallUpdateFramework;
  SchedulerAPIResult: SchedulerAPIResult;
  AuthenticateMessage: AuthenticateMessage;
  AuthenticationMechanismsMessage: AuthenticationMechanismsMessage;
  AuthenticationStartMessage: AuthenticationStartMessage;
  AuthenticationStepMessage: AuthenticationStepMessage;
  AuthenticationCompletedMessage: AuthenticationCompletedMessage;
  AuthenticationFailedMessage: AuthenticationFailedMessage;
  AuthenticationErrorMessage: AuthenticationErrorMessage;
  StatusUpdate: StatusUpdate;
  StatusUpdateRecord: StatusUpdateRecord;
  SubmitSchedulerRequest: SubmitSchedulerRequest;
  SubmitSchedulerResponse: SubmitSchedulerResponse;
  ExecutorToFrameworkMessage: ExecutorToFrameworkMessage;
  FrameworkToExecutorMessage: FrameworkToExecutorMessage;
  RegisterFrameworkMessage: RegisterFrameworkMessage;
  ReregisterFrameworkMessage: ReregisterFrameworkMessage;
  FrameworkRegisteredMessage: FrameworkRegisteredMessage;
  FrameworkReregisteredMessage: FrameworkReregisteredMessage;
  UnregisterFrameworkMessage: UnregisterFrameworkMessage;
  DeactivateFrameworkMessage: DeactivateFrameworkMessage;
  ResourceRequestMessage: ResourceRequestMessage;
  ResourceOffersMessage: ResourceOffersMessage;
  InverseOffersMessage: InverseOffersMessage;
  LaunchTasksMessage: LaunchTasksMessage;
  RescindResourceOfferMessage: RescindResourceOfferMessage;
  RescindInverseOfferMessage: RescindInverseOfferMessage;
  ReviveOffersMessage: ReviveOffersMessage;
  RunTaskMessage: RunTaskMessage;
  RunTaskGroupMessage: RunTaskGroupMessage;
  KillTaskMessage: KillTaskMessage;
  StatusUpdateMessage: StatusUpdateMessage;
  StatusUpdateAcknowledgementMessage: StatusUpdateAcknowledgementMessage;
  AcknowledgeOperationStatusMessage: AcknowledgeOperationStatusMessage;
  LostSlaveMessage: LostSlaveMessage;
  ReconcileTasksMessage: ReconcileTasksMessage;
  ReconcileOperationsMessage: ReconcileOperationsMessage;
  ReconcileOperationsMessageOperation: ReconcileOperationsMessageOperation;
  FrameworkErrorMessage: FrameworkErrorMessage;
  RegisterSlaveMessage: RegisterSlaveMessage;
  ReregisterSlaveMessage: ReregisterSlaveMessage;
  SlaveRegisteredMessage: SlaveRegisteredMessage;
  SlaveReregisteredMessage: SlaveReregisteredMessage;
  UnregisterSlaveMessage: UnregisterSlaveMessage;
  MasterSlaveConnection: MasterSlaveConnection;
  PingSlaveMessage: PingSlaveMessage;
  PongSlaveMessage: PongSlaveMessage;
  ShutdownFrameworkMessage: ShutdownFrameworkMessage;
  ShutdownExecutorMessage: ShutdownExecutorMessage;
  UpdateFrameworkMessage: UpdateFrameworkMessage;
  CheckpointResourcesMessage: CheckpointResourcesMessage;
  ResourceVersionUUID: ResourceVersionUUID;
  UpdateSlaveMessage: UpdateSlaveMessage;
  UpdateSlaveMessageOperations: UpdateSlaveMessageOperations;
  UpdateSlaveMessageResourceProvider: UpdateSlaveMessageResourceProvider;
  UpdateSlaveMessageResourceProviders: UpdateSlaveMessageResourceProviders;
  UpdateOperationStatusMessage: UpdateOperationStatusMessage;
  UpdateOperationStatusRecord: UpdateOperationStatusRecord;
  ApplyOperationMessage: ApplyOperationMessage;
  ResourceProviderCallMessage: ResourceProviderCallMessage;
  ResourceProviderEventMessage: ResourceProviderEventMessage;
  RegisterExecutorMessage: RegisterExecutorMessage;
  ExecutorRegisteredMessage: ExecutorRegisteredMessage;
  ExecutorReregisteredMessage: ExecutorReregisteredMessage;
  ExitedExecutorMessage: ExitedExecutorMessage;
  ReconnectExecutorMessage: ReconnectExecutorMessage;
  ReregisterExecutorMessage: ReregisterExecutorMessage;
  DrainSlaveMessage: DrainSlaveMessage;
  ShutdownMessage: ShutdownMessage;
  Archive: Archive;
  ArchiveFramework: ArchiveFramework;
  TaskHealthStatus: TaskHealthStatus;
  HookExecuted: HookExecuted;
  Registry: Registry;
  RegistryMaster: RegistryMaster;
  RegistrySlave: RegistrySlave;
  RegistrySlaves: RegistrySlaves;
  RegistryUnreachableSlave: RegistryUnreachableSlave;
  RegistryUnreachableSlaves: RegistryUnreachableSlaves;
  RegistryGoneSlave: RegistryGoneSlave;
  RegistryGoneSlaves: RegistryGoneSlaves;
  RegistryMachine: RegistryMachine;
  RegistryMachines: RegistryMachines;
  RegistryQuota: RegistryQuota;
  RegistryWeight: RegistryWeight;
  RegistryMinimumCapability: RegistryMinimumCapability;
  ResourceProviderRegistryResourceProvider: ResourceProviderRegistryResourceProvider;
  ResourceProviderRegistryRegistry: ResourceProviderRegistryRegistry;
  DriverCall: DriverCall;
  DriverCallSubscribe: DriverCallSubscribe;
}
