// Generated from proto/ by `npm run generate`; do not edit.

export type StatusUpdateRecordType =
  | "UPDATE"
  | "ACK";

export type UpdateOperationStatusRecordType =
  | "UPDATE"
  | "ACK";

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
  | "PRUNE_IMAGES";

export type AgentCallAttachContainerInputType =
  | "UNKNOWN"
  | "CONTAINER_ID"
  | "PROCESS_IO";

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
  | "WAIT_CONTAINER";

export type AgentProcessIOType =
  | "UNKNOWN"
  | "DATA"
  | "CONTROL";

export type AgentProcessIODataType =
  | "UNKNOWN"
  | "STDIN"
  | "STDOUT"
  | "STDERR";

export type AgentProcessIOControlType =
  | "UNKNOWN"
  | "TTY_INFO"
  | "HEARTBEAT";

export type InverseOfferStatusStatus =
  | "UNKNOWN"
  | "ACCEPT"
  | "DECLINE";

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

export type ExecutorCallType =
  | "UNKNOWN"
  | "SUBSCRIBE"
  | "UPDATE"
  | "MESSAGE"
  | "HEARTBEAT";

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
  | "MARK_AGENT_GONE";

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
  | "GET_QUOTA";

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

export type Status =
  | "DRIVER_NOT_STARTED"
  | "DRIVER_RUNNING"
  | "DRIVER_ABORTED"
  | "DRIVER_STOPPED";

export type MachineInfoMode =
  | "UP"
  | "DRAINING"
  | "DOWN";

export type FrameworkInfoCapabilityType =
  | "UNKNOWN"
  | "REVOCABLE_RESOURCES"
  | "TASK_KILLING_STATE"
  | "GPU_RESOURCES"
  | "SHARED_RESOURCES"
  | "PARTITION_AWARE"
  | "MULTI_ROLE"
  | "RESERVATION_REFINEMENT"
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
  | "DEFAULT"
  | "CUSTOM";

export type MasterInfoCapabilityType =
  | "UNKNOWN"
  | "AGENT_UPDATE"
  | "AGENT_DRAINING"
  | "QUOTA_V2";

export type AgentInfoCapabilityType =
  | "UNKNOWN"
  | "MULTI_ROLE"
  | "HIERARCHICAL_ROLE"
  | "RESERVATION_REFINEMENT"
  | "RESOURCE_PROVIDER"
  | "RESIZE_VOLUME"
  | "AGENT_OPERATION_FEEDBACK"
  | "AGENT_DRAINING"
  | "TASK_RESOURCE_LIMITS";

export type CSIPluginContainerInfoService =
  | "UNKNOWN"
  | "CONTROLLER_SERVICE"
  | "NODE_SERVICE";

export type ValueType =
  | "SCALAR"
  | "RANGES"
  | "SET"
  | "TEXT";

export type ResourceReservationInfoType =
  | "UNKNOWN"
  | "STATIC"
  | "DYNAMIC";

export type ResourceDiskInfoSourceType =
  | "UNKNOWN"
  | "PATH"
  | "MOUNT"
  | "BLOCK"
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

export type TaskState =
  | "TASK_STAGING"
  | "TASK_STARTING"
  | "TASK_RUNNING"
  | "TASK_KILLING"
  | "TASK_FINISHED"
  | "TASK_FAILED"
  | "TASK_KILLED"
  | "TASK_ERROR"
  | "TASK_LOST"
  | "TASK_DROPPED"
  | "TASK_UNREACHABLE"
  | "TASK_GONE"
  | "TASK_GONE_BY_OPERATOR"
  | "TASK_UNKNOWN";

export type OperationState =
  | "OPERATION_UNSUPPORTED"
  | "OPERATION_PENDING"
  | "OPERATION_FINISHED"
  | "OPERATION_FAILED"
  | "OPERATION_ERROR"
  | "OPERATION_DROPPED"
  | "OPERATION_UNREACHABLE"
  | "OPERATION_GONE_BY_OPERATOR"
  | "OPERATION_RECOVERING"
  | "OPERATION_UNKNOWN";

export type TaskStatusSource =
  | "SOURCE_MASTER"
  | "SOURCE_AGENT"
  | "SOURCE_EXECUTOR";

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

export type EnvironmentVariableType =
  | "UNKNOWN"
  | "VALUE"
  | "SECRET";

export type SecretType =
  | "UNKNOWN"
  | "REFERENCE"
  | "VALUE";

export type ImageType =
  | "APPC"
  | "DOCKER";

export type MountPropagationMode =
  | "UNKNOWN"
  | "HOST_TO_CONTAINER"
  | "BIDIRECTIONAL";

export type VolumeMode =
  | "RW"
  | "RO";

export type VolumeSourceType =
  | "UNKNOWN"
  | "DOCKER_VOLUME"
  | "HOST_PATH"
  | "SANDBOX_PATH"
  | "SECRET"
  | "CSI_VOLUME";

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

export type NetworkInfoProtocol =
  | "IPv4"
  | "IPv6";

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
  | "PRIVATE"
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

export type ContainerInfoType =
  | "DOCKER"
  | "MESOS";

export type ContainerInfoDockerInfoNetwork =
  | "HOST"
  | "BRIDGE"
  | "NONE"
  | "USER";

export type CgroupInfoBlkioOperation =
  | "UNKNOWN"
  | "TOTAL"
  | "READ"
  | "WRITE"
  | "SYNC"
  | "ASYNC"
  | "DISCARD";

export type DiscoveryInfoVisibility =
  | "FRAMEWORK"
  | "CLUSTER"
  | "EXTERNAL";

export type DrainState =
  | "UNKNOWN"
  | "DRAINING"
  | "DRAINED";

export type ResourceProviderEventType =
  | "UNKNOWN"
  | "SUBSCRIBED"
  | "APPLY_OPERATION"
  | "PUBLISH_RESOURCES"
  | "ACKNOWLEDGE_OPERATION_STATUS"
  | "RECONCILE_OPERATIONS"
  | "TEARDOWN";

export type ResourceProviderCallType =
  | "UNKNOWN"
  | "SUBSCRIBE"
  | "UPDATE_OPERATION_STATUS"
  | "UPDATE_STATE"
  | "UPDATE_PUBLISH_RESOURCES_STATUS";

export type ResourceProviderCallUpdatePublishResourcesStatusStatus =
  | "UNKNOWN"
  | "OK"
  | "FAILED";

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

export type SchedulerResponseType =
  | "UNKNOWN"
  | "RECONCILE_OPERATIONS";

export type SchedulerAttributeConstraintSelectorPseudoattributeType =
  | "UNKNOWN"
  | "HOSTNAME"
  | "REGION"
  | "ZONE";

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

export interface GoogleDuration {
  seconds?: number;
  nanos?: number;
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

export interface StatusUpdate {
  framework_id: FrameworkID;
  executor_id?: ExecutorID;
  agent_id?: AgentID;
  status: TaskStatus;
  timestamp: number;
  uuid?: string;
  latest_state?: TaskState;
}

export interface StatusUpdateRecord {
  type: StatusUpdateRecordType;
  update?: StatusUpdate;
  uuid?: string;
}

export interface SubmitSchedulerRequest {
  name: string;
}

export interface SubmitSchedulerResponse {
  okay: boolean;
}

export interface ExecutorToFrameworkMessage {
  agent_id: AgentID;
  framework_id: FrameworkID;
  executor_id: ExecutorID;
  data: string;
}

export interface FrameworkToExecutorMessage {
  agent_id: AgentID;
  framework_id: FrameworkID;
  executor_id: ExecutorID;
  data: string;
}

export interface RegisterFrameworkMessage {
  framework: FrameworkInfo;
}

export interface ReregisterFrameworkMessage {
  framework: FrameworkInfo;
  failover: boolean;
}

export interface FrameworkRegisteredMessage {
  framework_id: FrameworkID;
  master_info: MasterInfo;
}

export interface FrameworkReregisteredMessage {
  framework_id: FrameworkID;
  master_info: MasterInfo;
}

export interface UnregisterFrameworkMessage {
  framework_id: FrameworkID;
}

export interface DeactivateFrameworkMessage {
  framework_id: FrameworkID;
}

export interface ResourceRequestMessage {
  framework_id: FrameworkID;
  requests?: Request[];
}

export interface ResourceOffersMessage {
  offers?: Offer[];
  pids?: string[];
}

export interface InverseOffersMessage {
  inverse_offers?: InverseOffer[];
  pids?: string[];
}

export interface LaunchTasksMessage {
  framework_id: FrameworkID;
  tasks?: TaskInfo[];
  filters: Filters;
  offer_ids?: OfferID[];
}

export interface RescindResourceOfferMessage {
  offer_id: OfferID;
}

export interface RescindInverseOfferMessage {
  inverse_offer_id: OfferID;
}

export interface ReviveOffersMessage {
  framework_id: FrameworkID;
  roles?: string[];
}

export interface RunTaskMessage {
  framework_id?: FrameworkID;
  framework: FrameworkInfo;
  task: TaskInfo;
  resource_version_uuids?: ResourceVersionUUID[];
  pid?: string;
  launch_executor?: boolean;
}

export interface RunTaskGroupMessage {
  framework: FrameworkInfo;
  executor: ExecutorInfo;
  task_group: TaskGroupInfo;
  resource_version_uuids?: ResourceVersionUUID[];
  launch_executor?: boolean;
}

export interface KillTaskMessage {
  framework_id: FrameworkID;
  task_id: TaskID;
  kill_policy?: KillPolicy;
}

export interface StatusUpdateMessage {
  update: StatusUpdate;
  pid?: string;
}

export interface StatusUpdateAcknowledgementMessage {
  agent_id: AgentID;
  framework_id: FrameworkID;
  task_id: TaskID;
  uuid: string;
}

export interface AcknowledgeOperationStatusMessage {
  status_uuid: UUID;
  operation_uuid: UUID;
  resource_provider_id?: ResourceProviderID;
}

export interface LostSlaveMessage {
  agent_id: AgentID;
}

export interface ReconcileTasksMessage {
  framework_id: FrameworkID;
  statuses?: TaskStatus[];
  framework?: FrameworkInfo;
}

export interface ReconcileOperationsMessage {
  operations?: ReconcileOperationsMessageOperation[];
  framework_id?: FrameworkID;
}

export interface ReconcileOperationsMessageOperation {
  operation_uuid?: UUID;
  operation_id?: OperationID;
  resource_provider_id?: ResourceProviderID;
}

export interface FrameworkErrorMessage {
  message: string;
}

export interface RegisterSlaveMessage {
  agent: AgentInfo;
  checkpointed_resources?: Resource[];
  version?: string;
  agent_capabilities?: AgentInfoCapability[];
  resource_version_uuid?: UUID;
}

export interface ReregisterSlaveMessage {
  agent: AgentInfo;
  checkpointed_resources?: Resource[];
  executor_infos?: ExecutorInfo[];
  tasks?: Task[];
  frameworks?: FrameworkInfo[];
  completed_frameworks?: ArchiveFramework[];
  version?: string;
  agent_capabilities?: AgentInfoCapability[];
  resource_version_uuid?: UUID;
}

export interface SlaveRegisteredMessage {
  agent_id: AgentID;
  connection?: MasterSlaveConnection;
}

export interface SlaveReregisteredMessage {
  agent_id: AgentID;
  reconciliations?: ReconcileTasksMessage[];
  connection?: MasterSlaveConnection;
}

export interface UnregisterSlaveMessage {
  agent_id: AgentID;
}

export interface MasterSlaveConnection {
  total_ping_timeout_seconds?: number;
}

export interface PingSlaveMessage {
  connected: boolean;
}

export type PongSlaveMessage = Record<string, never>;

export interface ShutdownFrameworkMessage {
  framework_id: FrameworkID;
}

export interface ShutdownExecutorMessage {
  executor_id?: ExecutorID;
  framework_id?: FrameworkID;
}

export interface UpdateFrameworkMessage {
  framework_id: FrameworkID;
  pid?: string;
  framework_info?: FrameworkInfo;
}

export interface CheckpointResourcesMessage {
  resources?: Resource[];
}

export interface ResourceVersionUUID {
  resource_provider_id?: ResourceProviderID;
  uuid: UUID;
}

export interface UpdateSlaveMessage {
  agent_id: AgentID;
  update_oversubscribed_resources?: boolean;
  oversubscribed_resources?: Resource[];
  operations?: UpdateSlaveMessageOperations;
  resource_version_uuid?: UUID;
  resource_providers?: UpdateSlaveMessageResourceProviders;
}

export interface UpdateSlaveMessageOperations {
  operations?: Operation[];
}

export interface UpdateSlaveMessageResourceProvider {
  info?: ResourceProviderInfo;
  total_resources?: Resource[];
  operations: UpdateSlaveMessageOperations;
  resource_version_uuid: UUID;
}

export interface UpdateSlaveMessageResourceProviders {
  providers?: UpdateSlaveMessageResourceProvider[];
}

export interface UpdateOperationStatusMessage {
  framework_id?: FrameworkID;
  agent_id?: AgentID;
  status: OperationStatus;
  latest_status?: OperationStatus;
  operation_uuid?: UUID;
}

export interface UpdateOperationStatusRecord {
  type: UpdateOperationStatusRecordType;
  update?: UpdateOperationStatusMessage;
  uuid?: UUID;
}

export interface ApplyOperationMessage {
  framework_id?: FrameworkID;
  operation_info: OfferOperation;
  operation_uuid: UUID;
  resource_version_uuid: ResourceVersionUUID;
}

export interface ResourceProviderCallMessage {
  call: ResourceProviderCall;
  uuid?: UUID;
}

export interface ResourceProviderEventMessage {
  resource_provider_id: ResourceProviderID;
  event: ResourceProviderEvent;
  uuid?: UUID;
}

export interface RegisterExecutorMessage {
  framework_id: FrameworkID;
  executor_id: ExecutorID;
}

export interface ExecutorRegisteredMessage {
  executor_info: ExecutorInfo;
  framework_id: FrameworkID;
  framework_info: FrameworkInfo;
  agent_id: AgentID;
  agent_info: AgentInfo;
}

export interface ExecutorReregisteredMessage {
  agent_id: AgentID;
  agent_info: AgentInfo;
}

export interface ExitedExecutorMessage {
  agent_id: AgentID;
  framework_id: FrameworkID;
  executor_id: ExecutorID;
  status: number;
}

export interface ReconnectExecutorMessage {
  agent_id: AgentID;
}

export interface ReregisterExecutorMessage {
  executor_id: ExecutorID;
  framework_id: FrameworkID;
  tasks?: TaskInfo[];
  updates?: StatusUpdate[];
}

export interface DrainSlaveMessage {
  config: DrainConfig;
}

export interface ShutdownMessage {
  message?: string;
}

export interface Archive {
  frameworks?: ArchiveFramework[];
}

export interface ArchiveFramework {
  framework_info: FrameworkInfo;
  pid?: string;
  tasks?: Task[];
}

export interface TaskHealthStatus {
  task_id: TaskID;
  healthy: boolean;
  kill_task?: boolean;
  consecutive_failures?: number;
}

export interface HookExecuted {
  module?: string;
}

export interface Registry {
  master?: RegistryMaster;
  slaves?: RegistrySlaves;
  unreachable?: RegistryUnreachableSlaves;
  gone?: RegistryGoneSlaves;
  machines?: RegistryMachines;
  schedules?: MaintenanceSchedule[];
  quotas?: RegistryQuota[];
  quota_configs?: QuotaConfig[];
  weights?: RegistryWeight[];
  resource_provider_registry?: ResourceProviderRegistryRegistry;
  minimum_capabilities?: RegistryMinimumCapability[];
}

export interface RegistryMaster {
  info: MasterInfo;
}

export interface RegistrySlave {
  info: AgentInfo;
  drain_info?: DrainInfo;
  deactivated?: boolean;
}

export interface RegistrySlaves {
  slaves?: RegistrySlave[];
}

export interface RegistryUnreachableSlave {
  id: AgentID;
  timestamp: TimeInfo;
  drain_info?: DrainInfo;
  deactivated?: boolean;
}

export interface RegistryUnreachableSlaves {
  slaves?: RegistryUnreachableSlave[];
}

export interface RegistryGoneSlave {
  id: AgentID;
  timestamp: TimeInfo;
}

export interface RegistryGoneSlaves {
  slaves?: RegistryGoneSlave[];
}

export interface RegistryMachine {
  info: MachineInfo;
}

export interface RegistryMachines {
  machines?: RegistryMachine[];
}

export interface RegistryQuota {
  info: QuotaInfo;
}

export interface RegistryWeight {
  info: WeightInfo;
}

export interface RegistryMinimumCapability {
  capability: string;
}

export interface ResourceProviderRegistryResourceProvider {
  id: ResourceProviderID;
  type?: string;
  name?: string;
}

export interface ResourceProviderRegistryRegistry {
  resource_providers?: ResourceProviderRegistryResourceProvider[];
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
  prune_images?: AgentCallPruneImages;
}

export interface AgentCallGetMetrics {
  timeout?: DurationInfo;
}

export interface AgentCallSetLoggingLevel {
  level: number;
  duration: DurationInfo;
}

export interface AgentCallListFiles {
  path: string;
}

export interface AgentCallReadFile {
  path: string;
  offset: number;
  length?: number;
}

export interface AgentCallGetContainers {
  show_nested?: boolean;
  show_standalone?: boolean;
}

export interface AgentCallLaunchNestedContainer {
  container_id: ContainerID;
  command?: CommandInfo;
  container?: ContainerInfo;
}

export interface AgentCallWaitNestedContainer {
  container_id: ContainerID;
}

export interface AgentCallKillNestedContainer {
  container_id: ContainerID;
  signal?: number;
}

export interface AgentCallRemoveNestedContainer {
  container_id: ContainerID;
}

export interface AgentCallLaunchNestedContainerSession {
  container_id: ContainerID;
  command?: CommandInfo;
  container?: ContainerInfo;
}

export interface AgentCallAttachContainerInput {
  type?: AgentCallAttachContainerInputType;
  container_id?: ContainerID;
  process_io?: AgentProcessIO;
}

export interface AgentCallAttachContainerOutput {
  container_id: ContainerID;
}

export interface AgentCallLaunchContainer {
  container_id: ContainerID;
  command?: CommandInfo;
  resources?: Resource[];
  container?: ContainerInfo;
  limits?: Record<string, ValueScalar>;
}

export interface AgentCallWaitContainer {
  container_id: ContainerID;
}

export interface AgentCallKillContainer {
  container_id: ContainerID;
  signal?: number;
}

export interface AgentCallRemoveContainer {
  container_id: ContainerID;
}

export interface AgentCallAddResourceProviderConfig {
  info: ResourceProviderInfo;
}

export interface AgentCallUpdateResourceProviderConfig {
  info: ResourceProviderInfo;
}

export interface AgentCallRemoveResourceProviderConfig {
  type: string;
  name: string;
}

export interface AgentCallMarkResourceProviderGone {
  resource_provider_id: ResourceProviderID;
}

export interface AgentCallPruneImages {
  excluded_images?: Image[];
}

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
}

export interface AgentResponseGetHealth {
  healthy: boolean;
}

export interface AgentResponseGetFlags {
  flags?: Flag[];
}

export interface AgentResponseGetVersion {
  version_info: VersionInfo;
}

export interface AgentResponseGetMetrics {
  metrics?: Metric[];
}

export interface AgentResponseGetLoggingLevel {
  level: number;
}

export interface AgentResponseListFiles {
  file_infos?: FileInfo[];
}

export interface AgentResponseReadFile {
  size: number;
  data: string;
}

export interface AgentResponseGetState {
  get_tasks?: AgentResponseGetTasks;
  get_executors?: AgentResponseGetExecutors;
  get_frameworks?: AgentResponseGetFrameworks;
}

export interface AgentResponseGetContainers {
  containers?: AgentResponseGetContainersContainer[];
}

export interface AgentResponseGetContainersContainer {
  framework_id?: FrameworkID;
  executor_id?: ExecutorID;
  executor_name?: string;
  container_id: ContainerID;
  container_status?: ContainerStatus;
  resource_statistics?: ResourceStatistics;
}

export interface AgentResponseGetFrameworks {
  frameworks?: AgentResponseGetFrameworksFramework[];
  completed_frameworks?: AgentResponseGetFrameworksFramework[];
}

export interface AgentResponseGetFrameworksFramework {
  framework_info: FrameworkInfo;
}

export interface AgentResponseGetExecutors {
  executors?: AgentResponseGetExecutorsExecutor[];
  completed_executors?: AgentResponseGetExecutorsExecutor[];
}

export interface AgentResponseGetExecutorsExecutor {
  executor_info: ExecutorInfo;
}

export interface AgentResponseGetOperations {
  operations?: Operation[];
}

export interface AgentResponseGetTasks {
  pending_tasks?: Task[];
  queued_tasks?: Task[];
  launched_tasks?: Task[];
  terminated_tasks?: Task[];
  completed_tasks?: Task[];
}

export interface AgentResponseGetAgent {
  agent_info?: AgentInfo;
  drain_config?: DrainConfig;
  estimated_drain_start_time?: TimeInfo;
}

export interface AgentResponseGetResourceProviders {
  resource_providers?: AgentResponseGetResourceProvidersResourceProvider[];
}

export interface AgentResponseGetResourceProvidersResourceProvider {
  resource_provider_info: ResourceProviderInfo;
  total_resources?: Resource[];
}

export interface AgentResponseWaitNestedContainer {
  exit_status?: number;
  state?: TaskState;
  reason?: TaskStatusReason;
  limitation?: TaskResourceLimitation;
  message?: string;
}

export interface AgentResponseWaitContainer {
  exit_status?: number;
  state?: TaskState;
  reason?: TaskStatusReason;
  limitation?: TaskResourceLimitation;
  message?: string;
}

export interface AgentProcessIO {
  type?: AgentProcessIOType;
  data?: AgentProcessIOData;
  control?: AgentProcessIOControl;
}

export interface AgentProcessIOData {
  type?: AgentProcessIODataType;
  data?: string;
}

export interface AgentProcessIOControl {
  type?: AgentProcessIOControlType;
  tty_info?: TTYInfo;
  heartbeat?: AgentProcessIOControlHeartbeat;
}

export interface AgentProcessIOControlHeartbeat {
  interval?: DurationInfo;
}

export interface InverseOfferStatus {
  status: InverseOfferStatusStatus;
  framework_id: FrameworkID;
  timestamp: TimeInfo;
}

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

export interface ExecutorEventSubscribed {
  executor_info: ExecutorInfo;
  framework_info: FrameworkInfo;
  agent_info: AgentInfo;
  container_id?: ContainerID;
}

export interface ExecutorEventLaunch {
  task: TaskInfo;
}

export interface ExecutorEventLaunchGroup {
  task_group: TaskGroupInfo;
}

export interface ExecutorEventKill {
  task_id: TaskID;
  kill_policy?: KillPolicy;
}

export interface ExecutorEventAcknowledged {
  task_id: TaskID;
  uuid: string;
}

export interface ExecutorEventMessage {
  data: string;
}

export interface ExecutorEventError {
  message: string;
}

export interface ExecutorCall {
  executor_id: ExecutorID;
  framework_id: FrameworkID;
  type?: ExecutorCallType;
  subscribe?: ExecutorCallSubscribe;
  update?: ExecutorCallUpdate;
  message?: ExecutorCallMessage;
}

export interface ExecutorCallSubscribe {
  unacknowledged_tasks?: TaskInfo[];
  unacknowledged_updates?: ExecutorCallUpdate[];
}

export interface ExecutorCallUpdate {
  status: TaskStatus;
}

export interface ExecutorCallMessage {
  data: string;
}

export interface MaintenanceWindow {
  machine_ids?: MachineID[];
  unavailability: Unavailability;
}

export interface MaintenanceSchedule {
  windows?: MaintenanceWindow[];
}

export interface MaintenanceClusterStatus {
  draining_machines?: MaintenanceClusterStatusDrainingMachine[];
  down_machines?: MachineID[];
}

export interface MaintenanceClusterStatusDrainingMachine {
  id: MachineID;
  statuses?: InverseOfferStatus[];
}

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
  set_quota?: MasterCallSetQuota;
  remove_quota?: MasterCallRemoveQuota;
}

export interface MasterCallGetMetrics {
  timeout?: DurationInfo;
}

export interface MasterCallSetLoggingLevel {
  level: number;
  duration: DurationInfo;
}

export interface MasterCallListFiles {
  path: string;
}

export interface MasterCallReadFile {
  path: string;
  offset: number;
  length?: number;
}

export interface MasterCallUpdateWeights {
  weight_infos?: WeightInfo[];
}

export interface MasterCallReserveResources {
  agent_id: AgentID;
  source?: Resource[];
  resources?: Resource[];
}

export interface MasterCallUnreserveResources {
  agent_id: AgentID;
  resources?: Resource[];
}

export interface MasterCallCreateVolumes {
  agent_id: AgentID;
  volumes?: Resource[];
}

export interface MasterCallDestroyVolumes {
  agent_id: AgentID;
  volumes?: Resource[];
}

export interface MasterCallGrowVolume {
  agent_id?: AgentID;
  volume: Resource;
  addition: Resource;
}

export interface MasterCallShrinkVolume {
  agent_id?: AgentID;
  volume: Resource;
  subtract: ValueScalar;
}

export interface MasterCallUpdateMaintenanceSchedule {
  schedule: MaintenanceSchedule;
}

export interface MasterCallStartMaintenance {
  machines?: MachineID[];
}

export interface MasterCallStopMaintenance {
  machines?: MachineID[];
}

export interface MasterCallDrainAgent {
  agent_id: AgentID;
  max_grace_period?: GoogleDuration;
  mark_gone?: boolean;
}

export interface MasterCallDeactivateAgent {
  agent_id: AgentID;
}

export interface MasterCallReactivateAgent {
  agent_id: AgentID;
}

export interface MasterCallUpdateQuota {
  force?: boolean;
  quota_configs?: QuotaConfig[];
}

export interface MasterCallSetQuota {
  quota_request: QuotaRequest;
}

export interface MasterCallRemoveQuota {
  role: string;
}

export interface MasterCallTeardown {
  framework_id: FrameworkID;
}

export interface MasterCallMarkAgentGone {
  agent_id: AgentID;
}

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
}

export interface MasterResponseGetHealth {
  healthy: boolean;
}

export interface MasterResponseGetFlags {
  flags?: Flag[];
}

export interface MasterResponseGetVersion {
  version_info: VersionInfo;
}

export interface MasterResponseGetMetrics {
  metrics?: Metric[];
}

export interface MasterResponseGetLoggingLevel {
  level: number;
}

export interface MasterResponseListFiles {
  file_infos?: FileInfo[];
}

export interface MasterResponseReadFile {
  size: number;
  data: string;
}

export interface MasterResponseGetState {
  get_tasks?: MasterResponseGetTasks;
  get_executors?: MasterResponseGetExecutors;
  get_frameworks?: MasterResponseGetFrameworks;
  get_agents?: MasterResponseGetAgents;
}

export interface MasterResponseGetAgents {
  agents?: MasterResponseGetAgentsAgent[];
  recovered_agents?: AgentInfo[];
}

export interface MasterResponseGetAgentsAgent {
  agent_info: AgentInfo;
  active: boolean;
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
  estimated_drain_start_time?: TimeInfo;
}

export interface MasterResponseGetAgentsAgentResourceProvider {
  resource_provider_info: ResourceProviderInfo;
  total_resources?: Resource[];
}

export interface MasterResponseGetFrameworks {
  frameworks?: MasterResponseGetFrameworksFramework[];
  completed_frameworks?: MasterResponseGetFrameworksFramework[];
  recovered_frameworks?: FrameworkInfo[];
}

export interface MasterResponseGetFrameworksFramework {
  framework_info: FrameworkInfo;
  active: boolean;
  connected: boolean;
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

export interface MasterResponseGetExecutors {
  executors?: MasterResponseGetExecutorsExecutor[];
  orphan_executors?: MasterResponseGetExecutorsExecutor[];
}

export interface MasterResponseGetExecutorsExecutor {
  executor_info: ExecutorInfo;
  agent_id: AgentID;
}

export interface MasterResponseGetOperations {
  operations?: Operation[];
}

export interface MasterResponseGetTasks {
  pending_tasks?: Task[];
  tasks?: Task[];
  unreachable_tasks?: Task[];
  completed_tasks?: Task[];
  orphan_tasks?: Task[];
}

export interface MasterResponseGetRoles {
  roles?: Role[];
}

export interface MasterResponseGetWeights {
  weight_infos?: WeightInfo[];
}

export interface MasterResponseGetMaster {
  master_info?: MasterInfo;
  start_time?: number;
  elected_time?: number;
}

export interface MasterResponseGetMaintenanceStatus {
  status: MaintenanceClusterStatus;
}

export interface MasterResponseGetMaintenanceSchedule {
  schedule: MaintenanceSchedule;
}

export interface MasterResponseGetQuota {
  status: QuotaStatus;
}

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

export interface MasterEventSubscribed {
  get_state?: MasterResponseGetState;
  heartbeat_interval_seconds?: number;
}

export interface MasterEventTaskAdded {
  task: Task;
}

export interface MasterEventTaskUpdated {
  framework_id: FrameworkID;
  status: TaskStatus;
  state: TaskState;
}

export interface MasterEventFrameworkAdded {
  framework: MasterResponseGetFrameworksFramework;
}

export interface MasterEventFrameworkUpdated {
  framework: MasterResponseGetFrameworksFramework;
}

export interface MasterEventFrameworkRemoved {
  framework_info: FrameworkInfo;
}

export interface MasterEventAgentAdded {
  agent: MasterResponseGetAgentsAgent;
}

export interface MasterEventAgentRemoved {
  agent_id: AgentID;
}

export interface FrameworkID {
  value: string;
}

export interface OfferID {
  value: string;
}

export interface AgentID {
  value: string;
}

export interface TaskID {
  value: string;
}

export interface ExecutorID {
  value: string;
}

export interface ContainerID {
  value: string;
  parent?: ContainerID;
}

export interface ResourceProviderID {
  value: string;
}

export interface OperationID {
  value: string;
}

export interface TimeInfo {
  nanoseconds: number;
}

export interface DurationInfo {
  nanoseconds: number;
}

export interface Address {
  hostname?: string;
  ip?: string;
  port: number;
}

export interface URL {
  scheme: string;
  address: Address;
  path?: string;
  query?: Parameter[];
  fragment?: string;
}

export interface Unavailability {
  start: TimeInfo;
  duration?: DurationInfo;
}

export interface MachineID {
  hostname?: string;
  ip?: string;
}

export interface MachineInfo {
  id: MachineID;
  mode?: MachineInfoMode;
  unavailability?: Unavailability;
}

export interface FrameworkInfo {
  user: string;
  name: string;
  id?: FrameworkID;
  failover_timeout?: number;
  checkpoint?: boolean;
  role?: string;
  roles?: string[];
  hostname?: string;
  principal?: string;
  webui_url?: string;
  capabilities?: FrameworkInfoCapability[];
  labels?: Labels;
  offer_filters?: Record<string, OfferFilters>;
}

export interface FrameworkInfoCapability {
  type?: FrameworkInfoCapabilityType;
}

export interface CheckInfo {
  type?: CheckInfoType;
  command?: CheckInfoCommand;
  http?: CheckInfoHttp;
  tcp?: CheckInfoTcp;
  delay_seconds?: number;
  interval_seconds?: number;
  timeout_seconds?: number;
}

export interface CheckInfoCommand {
  command: CommandInfo;
}

export interface CheckInfoHttp {
  port: number;
  path?: string;
}

export interface CheckInfoTcp {
  port: number;
}

export interface HealthCheck {
  delay_seconds?: number;
  interval_seconds?: number;
  timeout_seconds?: number;
  consecutive_failures?: number;
  grace_period_seconds?: number;
  type?: HealthCheckType;
  command?: CommandInfo;
  http?: HealthCheckHTTPCheckInfo;
  tcp?: HealthCheckTCPCheckInfo;
}

export interface HealthCheckHTTPCheckInfo {
  protocol?: NetworkInfoProtocol;
  scheme?: string;
  port: number;
  path?: string;
  statuses?: number[];
}

export interface HealthCheckTCPCheckInfo {
  protocol?: NetworkInfoProtocol;
  port: number;
}

export interface KillPolicy {
  grace_period?: DurationInfo;
}

export interface CommandInfo {
  uris?: CommandInfoURI[];
  environment?: Environment;
  shell?: boolean;
  value?: string;
  arguments?: string[];
  user?: string;
}

export interface CommandInfoURI {
  value: string;
  executable?: boolean;
  extract?: boolean;
  cache?: boolean;
  output_file?: string;
}

export interface ExecutorInfo {
  type?: ExecutorInfoType;
  executor_id: ExecutorID;
  framework_id?: FrameworkID;
  command?: CommandInfo;
  container?: ContainerInfo;
  resources?: Resource[];
  name?: string;
  source?: string;
  data?: string;
  discovery?: DiscoveryInfo;
  shutdown_grace_period?: DurationInfo;
  labels?: Labels;
}

export interface DomainInfo {
  fault_domain?: DomainInfoFaultDomain;
}

export interface DomainInfoFaultDomain {
  region: DomainInfoFaultDomainRegionInfo;
  zone: DomainInfoFaultDomainZoneInfo;
}

export interface DomainInfoFaultDomainRegionInfo {
  name: string;
}

export interface DomainInfoFaultDomainZoneInfo {
  name: string;
}

export interface MasterInfo {
  id: string;
  ip: number;
  port: number;
  pid?: string;
  hostname?: string;
  version?: string;
  address?: Address;
  domain?: DomainInfo;
  capabilities?: MasterInfoCapability[];
}

export interface MasterInfoCapability {
  type?: MasterInfoCapabilityType;
}

export interface AgentInfo {
  hostname: string;
  port?: number;
  resources?: Resource[];
  attributes?: Attribute[];
  id?: AgentID;
  domain?: DomainInfo;
  /** Always true. Of the older schema only, but a C++ master takes checkpointed resources from no agent without it. */
  checkpoint?: boolean;
}

export interface AgentInfoCapability {
  type?: AgentInfoCapabilityType;
}

export interface CSIPluginContainerInfo {
  services?: CSIPluginContainerInfoService[];
  command?: CommandInfo;
  resources?: Resource[];
  container?: ContainerInfo;
}

export interface CSIPluginEndpoint {
  csi_service: CSIPluginContainerInfoService;
  endpoint: string;
}

export interface CSIPluginInfo {
  type: string;
  name?: string;
  containers?: CSIPluginContainerInfo[];
  endpoints?: CSIPluginEndpoint[];
  target_path_root?: string;
  target_path_exists?: boolean;
}

export interface ResourceProviderInfo {
  id?: ResourceProviderID;
  attributes?: Attribute[];
  type: string;
  name: string;
  default_reservations?: ResourceReservationInfo[];
  storage?: ResourceProviderInfoStorage;
}

export interface ResourceProviderInfoStorage {
  plugin: CSIPluginInfo;
  reconciliation_interval_seconds?: number;
}

export interface Value {
  type: ValueType;
  scalar?: ValueScalar;
  ranges?: ValueRanges;
  set?: ValueSet;
  text?: ValueText;
}

export interface ValueScalar {
  value: number;
}

export interface ValueRange {
  begin: number;
  end: number;
}

export interface ValueRanges {
  range?: ValueRange[];
}

export interface ValueSet {
  item?: string[];
}

export interface ValueText {
  value: string;
}

export interface Attribute {
  name: string;
  type: ValueType;
  scalar?: ValueScalar;
  ranges?: ValueRanges;
  set?: ValueSet;
  text?: ValueText;
}

export interface Resource {
  provider_id?: ResourceProviderID;
  name: string;
  type: ValueType;
  scalar?: ValueScalar;
  ranges?: ValueRanges;
  set?: ValueSet;
  role?: string;
  allocation_info?: ResourceAllocationInfo;
  reservation?: ResourceReservationInfo;
  reservations?: ResourceReservationInfo[];
  disk?: ResourceDiskInfo;
  revocable?: ResourceRevocableInfo;
  shared?: ResourceSharedInfo;
}

export interface ResourceAllocationInfo {
  role?: string;
}

export interface ResourceReservationInfo {
  type?: ResourceReservationInfoType;
  role?: string;
  principal?: string;
  labels?: Labels;
}

export interface ResourceDiskInfo {
  persistence?: ResourceDiskInfoPersistence;
  volume?: Volume;
  source?: ResourceDiskInfoSource;
}

export interface ResourceDiskInfoPersistence {
  id: string;
  principal?: string;
}

export interface ResourceDiskInfoSource {
  type: ResourceDiskInfoSourceType;
  path?: ResourceDiskInfoSourcePath;
  mount?: ResourceDiskInfoSourceMount;
  vendor?: string;
  id?: string;
  metadata?: Labels;
  profile?: string;
}

export interface ResourceDiskInfoSourcePath {
  root?: string;
}

export interface ResourceDiskInfoSourceMount {
  root?: string;
}

export type ResourceRevocableInfo = Record<string, never>;

export type ResourceSharedInfo = Record<string, never>;

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

export interface SNMPStatistics {
  ip_stats?: IpStatistics;
  icmp_stats?: IcmpStatistics;
  tcp_stats?: TcpStatistics;
  udp_stats?: UdpStatistics;
}

export interface DiskStatistics {
  source?: ResourceDiskInfoSource;
  persistence?: ResourceDiskInfoPersistence;
  limit_bytes?: number;
  used_bytes?: number;
}

export interface ResourceStatistics {
  timestamp: number;
  processes?: number;
  threads?: number;
  cpus_user_time_secs?: number;
  cpus_system_time_secs?: number;
  cpus_limit?: number;
  cpus_soft_limit?: number;
  cpus_nr_periods?: number;
  cpus_nr_throttled?: number;
  cpus_throttled_time_secs?: number;
  mem_total_bytes?: number;
  mem_total_memsw_bytes?: number;
  mem_kmem_usage_bytes?: number;
  mem_kmem_tcp_usage_bytes?: number;
  mem_limit_bytes?: number;
  mem_soft_limit_bytes?: number;
  mem_file_bytes?: number;
  mem_anon_bytes?: number;
  mem_cache_bytes?: number;
  mem_rss_bytes?: number;
  mem_mapped_file_bytes?: number;
  mem_swap_bytes?: number;
  mem_unevictable_bytes?: number;
  mem_low_pressure_counter?: number;
  mem_medium_pressure_counter?: number;
  mem_critical_pressure_counter?: number;
  disk_limit_bytes?: number;
  disk_used_bytes?: number;
  disk_statistics?: DiskStatistics[];
  blkio_statistics?: CgroupInfoBlkioStatistics;
  perf?: PerfStatistics;
  net_rx_packets?: number;
  net_rx_bytes?: number;
  net_rx_errors?: number;
  net_rx_dropped?: number;
  net_tx_packets?: number;
  net_tx_bytes?: number;
  net_tx_errors?: number;
  net_tx_dropped?: number;
  net_tx_rate_limit?: number;
  net_tx_burst_rate_limit?: number;
  net_tx_burst_size?: number;
  net_rx_rate_limit?: number;
  net_rx_burst_rate_limit?: number;
  net_rx_burst_size?: number;
  net_rate_statistics?: ResourceStatisticsRateStatistics;
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

export interface ResourceUsage {
  executors?: ResourceUsageExecutor[];
  total?: Resource[];
}

export interface ResourceUsageExecutor {
  executor_info: ExecutorInfo;
  allocated?: Resource[];
  statistics?: ResourceStatistics;
  container_id: ContainerID;
  tasks?: ResourceUsageExecutorTask[];
}

export interface ResourceUsageExecutorTask {
  name: string;
  id: TaskID;
  resources?: Resource[];
  labels?: Labels;
}

export interface PerfStatistics {
  timestamp: number;
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

export interface OfferFilters {
  min_allocatable_resources?: OfferFiltersMinAllocatableResources;
}

export interface OfferFiltersResourceQuantities {
  quantities?: Record<string, ValueScalar>;
}

export interface OfferFiltersMinAllocatableResources {
  quantities?: OfferFiltersResourceQuantities[];
}

export interface Request {
  agent_id?: AgentID;
  resources?: Resource[];
}

export interface Offer {
  id: OfferID;
  framework_id: FrameworkID;
  agent_id: AgentID;
  hostname: string;
  url?: URL;
  domain?: DomainInfo;
  resources?: Resource[];
  attributes?: Attribute[];
  executor_ids?: ExecutorID[];
  unavailability?: Unavailability;
  allocation_info?: ResourceAllocationInfo;
}

export interface OfferOperation {
  type?: OfferOperationType;
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

export interface OfferOperationLaunch {
  task_infos?: TaskInfo[];
}

export interface OfferOperationLaunchGroup {
  executor: ExecutorInfo;
  task_group: TaskGroupInfo;
}

export interface OfferOperationReserve {
  source?: Resource[];
  resources?: Resource[];
}

export interface OfferOperationUnreserve {
  resources?: Resource[];
}

export interface OfferOperationCreate {
  volumes?: Resource[];
}

export interface OfferOperationDestroy {
  volumes?: Resource[];
}

export interface OfferOperationGrowVolume {
  volume: Resource;
  addition: Resource;
}

export interface OfferOperationShrinkVolume {
  volume: Resource;
  subtract: ValueScalar;
}

export interface OfferOperationCreateDisk {
  source: Resource;
  target_type: ResourceDiskInfoSourceType;
  target_profile?: string;
}

export interface OfferOperationDestroyDisk {
  source: Resource;
}

export interface InverseOffer {
  id: OfferID;
  url?: URL;
  framework_id: FrameworkID;
  agent_id?: AgentID;
  unavailability: Unavailability;
  resources?: Resource[];
}

export interface TaskInfo {
  name: string;
  task_id: TaskID;
  agent_id: AgentID;
  resources?: Resource[];
  executor?: ExecutorInfo;
  command?: CommandInfo;
  container?: ContainerInfo;
  health_check?: HealthCheck;
  check?: CheckInfo;
  kill_policy?: KillPolicy;
  data?: string;
  labels?: Labels;
  discovery?: DiscoveryInfo;
  max_completion_time?: DurationInfo;
  limits?: Record<string, ValueScalar>;
}

export interface TaskGroupInfo {
  tasks?: TaskInfo[];
}

export interface Task {
  name: string;
  task_id: TaskID;
  framework_id: FrameworkID;
  executor_id?: ExecutorID;
  agent_id: AgentID;
  state: TaskState;
  resources?: Resource[];
  statuses?: TaskStatus[];
  status_update_state?: TaskState;
  status_update_uuid?: string;
  labels?: Labels;
  discovery?: DiscoveryInfo;
  container?: ContainerInfo;
  health_check?: HealthCheck;
  kill_policy?: KillPolicy;
  user?: string;
  limits?: Record<string, ValueScalar>;
}

export interface TaskResourceLimitation {
  resources?: Resource[];
}

export interface UUID {
  value: string;
}

export interface Operation {
  framework_id?: FrameworkID;
  agent_id?: AgentID;
  info: OfferOperation;
  latest_status: OperationStatus;
  statuses?: OperationStatus[];
  uuid: UUID;
}

export interface OperationStatus {
  operation_id?: OperationID;
  state: OperationState;
  message?: string;
  converted_resources?: Resource[];
  uuid?: UUID;
  agent_id?: AgentID;
  resource_provider_id?: ResourceProviderID;
}

export interface CheckStatusInfo {
  type?: CheckInfoType;
  command?: CheckStatusInfoCommand;
  http?: CheckStatusInfoHttp;
  tcp?: CheckStatusInfoTcp;
}

export interface CheckStatusInfoCommand {
  exit_code?: number;
}

export interface CheckStatusInfoHttp {
  status_code?: number;
}

export interface CheckStatusInfoTcp {
  succeeded?: boolean;
}

export interface TaskStatus {
  task_id: TaskID;
  state: TaskState;
  message?: string;
  source?: TaskStatusSource;
  reason?: TaskStatusReason;
  data?: string;
  agent_id?: AgentID;
  executor_id?: ExecutorID;
  timestamp?: number;
  uuid?: string;
  healthy?: boolean;
  check_status?: CheckStatusInfo;
  labels?: Labels;
  container_status?: ContainerStatus;
  unreachable_time?: TimeInfo;
  limitation?: TaskResourceLimitation;
}

export interface Filters {
  refuse_seconds?: number;
}

export interface Environment {
  variables?: EnvironmentVariable[];
}

export interface EnvironmentVariable {
  name: string;
  type?: EnvironmentVariableType;
  value?: string;
  secret?: Secret;
}

export interface Parameter {
  key: string;
  value: string;
}

export interface Parameters {
  parameter?: Parameter[];
}

export interface Credential {
  principal: string;
  secret?: string;
}

export interface Credentials {
  credentials?: Credential[];
}

export interface Secret {
  type?: SecretType;
  reference?: SecretReference;
  value?: SecretValue;
}

export interface SecretReference {
  name: string;
  key?: string;
}

export interface SecretValue {
  data: string;
}

export interface RateLimit {
  qps?: number;
  principal: string;
  capacity?: number;
}

export interface RateLimits {
  limits?: RateLimit[];
  aggregate_default_qps?: number;
  aggregate_default_capacity?: number;
}

export interface Image {
  type: ImageType;
  appc?: ImageAppc;
  docker?: ImageDocker;
  cached?: boolean;
}

export interface ImageAppc {
  name: string;
  id?: string;
  labels?: Labels;
}

export interface ImageDocker {
  name: string;
  credential?: Credential;
  config?: Secret;
}

export interface MountPropagation {
  mode?: MountPropagationMode;
}

export interface Volume {
  mode: VolumeMode;
  container_path: string;
  host_path?: string;
  image?: Image;
  source?: VolumeSource;
}

export interface VolumeSource {
  type?: VolumeSourceType;
  docker_volume?: VolumeSourceDockerVolume;
  host_path?: VolumeSourceHostPath;
  sandbox_path?: VolumeSourceSandboxPath;
  secret?: Secret;
  csi_volume?: VolumeSourceCSIVolume;
}

export interface VolumeSourceDockerVolume {
  driver?: string;
  name: string;
  driver_options?: Parameters;
}

export interface VolumeSourceHostPath {
  path: string;
  mount_propagation?: MountPropagation;
}

export interface VolumeSourceSandboxPath {
  type?: VolumeSourceSandboxPathType;
  path: string;
}

export interface VolumeSourceCSIVolume {
  plugin_name: string;
  static_provisioning?: VolumeSourceCSIVolumeStaticProvisioning;
}

export interface VolumeSourceCSIVolumeVolumeCapability {
  block?: VolumeSourceCSIVolumeVolumeCapabilityBlockVolume;
  mount?: VolumeSourceCSIVolumeVolumeCapabilityMountVolume;
  access_mode: VolumeSourceCSIVolumeVolumeCapabilityAccessMode;
}

export type VolumeSourceCSIVolumeVolumeCapabilityBlockVolume = Record<string, never>;

export interface VolumeSourceCSIVolumeVolumeCapabilityMountVolume {
  fs_type?: string;
  mount_flags?: string[];
}

export interface VolumeSourceCSIVolumeVolumeCapabilityAccessMode {
  mode: VolumeSourceCSIVolumeVolumeCapabilityAccessModeMode;
}

export interface VolumeSourceCSIVolumeStaticProvisioning {
  volume_id: string;
  volume_capability: VolumeSourceCSIVolumeVolumeCapability;
  node_stage_secrets?: Record<string, Secret>;
  node_publish_secrets?: Record<string, Secret>;
  volume_context?: Record<string, string>;
}

export interface NetworkInfo {
  ip_addresses?: NetworkInfoIPAddress[];
  name?: string;
  groups?: string[];
  labels?: Labels;
  port_mappings?: NetworkInfoPortMapping[];
}

export interface NetworkInfoIPAddress {
  protocol?: NetworkInfoProtocol;
  ip_address?: string;
}

export interface NetworkInfoPortMapping {
  host_port: number;
  container_port: number;
  protocol?: string;
}

export interface CapabilityInfo {
  capabilities?: CapabilityInfoCapability[];
}

export interface SeccompInfo {
  profile_name?: string;
  unconfined?: boolean;
}

export interface LinuxInfo {
  capability_info?: CapabilityInfo;
  bounding_capabilities?: CapabilityInfo;
  effective_capabilities?: CapabilityInfo;
  share_pid_namespace?: boolean;
  seccomp?: SeccompInfo;
  ipc_mode?: LinuxInfoIpcMode;
  shm_size?: number;
  share_cgroups?: boolean;
}

export interface RLimitInfo {
  rlimits?: RLimitInfoRLimit[];
}

export interface RLimitInfoRLimit {
  type?: RLimitInfoRLimitType;
  hard?: number;
  soft?: number;
}

export interface TTYInfo {
  window_size?: TTYInfoWindowSize;
}

export interface TTYInfoWindowSize {
  rows: number;
  columns: number;
}

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

export interface ContainerInfoDockerInfo {
  image: string;
  network?: ContainerInfoDockerInfoNetwork;
  port_mappings?: ContainerInfoDockerInfoPortMapping[];
  privileged?: boolean;
  parameters?: Parameter[];
  force_pull_image?: boolean;
  volume_driver?: string;
}

export interface ContainerInfoDockerInfoPortMapping {
  host_port: number;
  container_port: number;
  protocol?: string;
}

export interface ContainerInfoMesosInfo {
  image?: Image;
}

export interface ContainerStatus {
  container_id?: ContainerID;
  network_infos?: NetworkInfo[];
  cgroup_info?: CgroupInfo;
  executor_pid?: number;
}

export interface CgroupInfo {
  net_cls?: CgroupInfoNetCls;
}

export type CgroupInfoBlkio = Record<string, never>;

export interface CgroupInfoBlkioValue {
  op?: CgroupInfoBlkioOperation;
  value?: number;
}

export type CgroupInfoBlkioCFQ = Record<string, never>;

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

export type CgroupInfoBlkioThrottling = Record<string, never>;

export interface CgroupInfoBlkioThrottlingStatistics {
  device?: DeviceNumber;
  io_serviced?: CgroupInfoBlkioValue[];
  io_service_bytes?: CgroupInfoBlkioValue[];
}

export interface CgroupInfoBlkioStatistics {
  cfq?: CgroupInfoBlkioCFQStatistics[];
  cfq_recursive?: CgroupInfoBlkioCFQStatistics[];
  throttling?: CgroupInfoBlkioThrottlingStatistics[];
}

export interface CgroupInfoNetCls {
  classid?: number;
}

export interface Labels {
  labels?: Label[];
}

export interface Label {
  key: string;
  value?: string;
}

export interface Port {
  number: number;
  name?: string;
  protocol?: string;
  visibility?: DiscoveryInfoVisibility;
  labels?: Labels;
}

export interface Ports {
  ports?: Port[];
}

export interface DiscoveryInfo {
  visibility: DiscoveryInfoVisibility;
  name?: string;
  environment?: string;
  location?: string;
  version?: string;
  ports?: Ports;
  labels?: Labels;
}

export interface WeightInfo {
  weight: number;
  role?: string;
}

export interface VersionInfo {
  version: string;
  build_date?: string;
  build_time?: number;
  build_user?: string;
  git_sha?: string;
  git_branch?: string;
  git_tag?: string;
}

export interface Flag {
  name: string;
  value?: string;
}

export interface Role {
  name: string;
  weight: number;
  frameworks?: FrameworkID[];
  resources?: Resource[];
}

export interface Metric {
  name: string;
  value?: number;
}

export interface FileInfo {
  path: string;
  nlink?: number;
  size?: number;
  mtime?: TimeInfo;
  mode?: number;
  uid?: string;
  gid?: string;
}

export interface Device {
  path?: string;
  number?: DeviceNumber;
}

export interface DeviceNumber {
  major_number: number;
  minor_number: number;
}

export interface DeviceAccess {
  device: Device;
  access: DeviceAccessAccess;
}

export interface DeviceAccessAccess {
  read?: boolean;
  write?: boolean;
  mknod?: boolean;
}

export interface DeviceWhitelist {
  allowed_devices?: DeviceAccess[];
}

export interface DrainConfig {
  max_grace_period?: DurationInfo;
  mark_gone?: boolean;
}

export interface DrainInfo {
  state: DrainState;
  config: DrainConfig;
}

export interface QuotaInfo {
  role?: string;
  principal?: string;
  guarantee?: Resource[];
}

export interface QuotaRequest {
  force?: boolean;
  role?: string;
  guarantee?: Resource[];
}

export interface QuotaConfig {
  role: string;
  guarantees?: Record<string, ValueScalar>;
  limits?: Record<string, ValueScalar>;
}

export interface QuotaStatus {
  infos?: QuotaInfo[];
  configs?: QuotaConfig[];
}

export interface ResourceProviderEvent {
  type?: ResourceProviderEventType;
  subscribed?: ResourceProviderEventSubscribed;
  apply_operation?: ResourceProviderEventApplyOperation;
  publish_resources?: ResourceProviderEventPublishResources;
  acknowledge_operation_status?: ResourceProviderEventAcknowledgeOperationStatus;
  reconcile_operations?: ResourceProviderEventReconcileOperations;
}

export interface ResourceProviderEventSubscribed {
  provider_id: ResourceProviderID;
}

export interface ResourceProviderEventApplyOperation {
  framework_id?: FrameworkID;
  info: OfferOperation;
  operation_uuid: UUID;
  resource_version_uuid: UUID;
}

export interface ResourceProviderEventPublishResources {
  uuid: UUID;
  resources?: Resource[];
}

export interface ResourceProviderEventAcknowledgeOperationStatus {
  status_uuid: UUID;
  operation_uuid: UUID;
}

export interface ResourceProviderEventReconcileOperations {
  operation_uuids?: UUID[];
}

export interface ResourceProviderCall {
  resource_provider_id?: ResourceProviderID;
  type?: ResourceProviderCallType;
  subscribe?: ResourceProviderCallSubscribe;
  update_operation_status?: ResourceProviderCallUpdateOperationStatus;
  update_state?: ResourceProviderCallUpdateState;
  update_publish_resources_status?: ResourceProviderCallUpdatePublishResourcesStatus;
}

export interface ResourceProviderCallSubscribe {
  resource_provider_info: ResourceProviderInfo;
}

export interface ResourceProviderCallUpdateOperationStatus {
  framework_id?: FrameworkID;
  status: OperationStatus;
  latest_status?: OperationStatus;
  operation_uuid: UUID;
}

export interface ResourceProviderCallUpdateState {
  operations?: Operation[];
  resources?: Resource[];
  resource_version_uuid: UUID;
}

export interface ResourceProviderCallUpdatePublishResourcesStatus {
  uuid: UUID;
  status: ResourceProviderCallUpdatePublishResourcesStatusStatus;
}

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

export interface SchedulerEventSubscribed {
  framework_id: FrameworkID;
  heartbeat_interval_seconds?: number;
  master_info?: MasterInfo;
}

export interface SchedulerEventOffers {
  offers?: Offer[];
}

export interface SchedulerEventInverseOffers {
  inverse_offers?: InverseOffer[];
}

export interface SchedulerEventRescind {
  offer_id: OfferID;
}

export interface SchedulerEventRescindInverseOffer {
  inverse_offer_id: OfferID;
}

export interface SchedulerEventUpdate {
  status: TaskStatus;
}

export interface SchedulerEventUpdateOperationStatus {
  status: OperationStatus;
}

export interface SchedulerEventMessage {
  agent_id: AgentID;
  executor_id: ExecutorID;
  data: string;
}

export interface SchedulerEventFailure {
  agent_id?: AgentID;
  executor_id?: ExecutorID;
  status?: number;
}

export interface SchedulerEventError {
  message: string;
}

export interface SchedulerResponse {
  type?: SchedulerResponseType;
  reconcile_operations?: SchedulerResponseReconcileOperations;
}

export interface SchedulerResponseReconcileOperations {
  operation_statuses?: OperationStatus[];
}

export interface SchedulerAttributeConstraint {
  selector: SchedulerAttributeConstraintSelector;
  predicate: SchedulerAttributeConstraintPredicate;
}

export interface SchedulerAttributeConstraintSelector {
  pseudoattribute_type?: SchedulerAttributeConstraintSelectorPseudoattributeType;
  attribute_name?: string;
}

export interface SchedulerAttributeConstraintPredicate {
  exists?: SchedulerAttributeConstraintPredicateExists;
  not_exists?: SchedulerAttributeConstraintPredicateNotExists;
  text_equals?: SchedulerAttributeConstraintPredicateTextEquals;
  text_not_equals?: SchedulerAttributeConstraintPredicateTextNotEquals;
  text_matches?: SchedulerAttributeConstraintPredicateTextMatches;
  text_not_matches?: SchedulerAttributeConstraintPredicateTextNotMatches;
}

export type SchedulerAttributeConstraintPredicateExists = Record<string, never>;

export type SchedulerAttributeConstraintPredicateNotExists = Record<string, never>;

export interface SchedulerAttributeConstraintPredicateTextEquals {
  value: string;
}

export interface SchedulerAttributeConstraintPredicateTextNotEquals {
  value: string;
}

export interface SchedulerAttributeConstraintPredicateTextMatches {
  regex: string;
}

export interface SchedulerAttributeConstraintPredicateTextNotMatches {
  regex: string;
}

export interface SchedulerOfferConstraints {
  role_constraints?: Record<string, SchedulerOfferConstraintsRoleConstraints>;
}

export interface SchedulerOfferConstraintsRoleConstraints {
  groups?: SchedulerOfferConstraintsRoleConstraintsGroup[];
}

export interface SchedulerOfferConstraintsRoleConstraintsGroup {
  attribute_constraints?: SchedulerAttributeConstraint[];
}

export interface SchedulerCall {
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

export interface SchedulerCallSubscribe {
  framework_info: FrameworkInfo;
  suppressed_roles?: string[];
  offer_constraints?: SchedulerOfferConstraints;
}

export interface SchedulerCallAccept {
  offer_ids?: OfferID[];
  operations?: OfferOperation[];
  filters?: Filters;
}

export interface SchedulerCallDecline {
  offer_ids?: OfferID[];
  filters?: Filters;
}

export interface SchedulerCallAcceptInverseOffers {
  inverse_offer_ids?: OfferID[];
  filters?: Filters;
}

export interface SchedulerCallDeclineInverseOffers {
  inverse_offer_ids?: OfferID[];
  filters?: Filters;
}

export interface SchedulerCallRevive {
  roles?: string[];
}

export interface SchedulerCallKill {
  task_id: TaskID;
  agent_id?: AgentID;
  kill_policy?: KillPolicy;
}

export interface SchedulerCallShutdown {
  executor_id: ExecutorID;
  agent_id: AgentID;
}

export interface SchedulerCallAcknowledge {
  agent_id: AgentID;
  task_id: TaskID;
  uuid: string;
}

export interface SchedulerCallAcknowledgeOperationStatus {
  agent_id?: AgentID;
  resource_provider_id?: ResourceProviderID;
  uuid: string;
  operation_id: OperationID;
}

export interface SchedulerCallReconcile {
  tasks?: SchedulerCallReconcileTask[];
}

export interface SchedulerCallReconcileTask {
  task_id: TaskID;
  agent_id?: AgentID;
}

export interface SchedulerCallReconcileOperations {
  operations?: SchedulerCallReconcileOperationsOperation[];
}

export interface SchedulerCallReconcileOperationsOperation {
  operation_id: OperationID;
  agent_id?: AgentID;
  resource_provider_id?: ResourceProviderID;
}

export interface SchedulerCallMessage {
  agent_id: AgentID;
  executor_id: ExecutorID;
  data: string;
}

export interface SchedulerCallRequest {
  requests?: Request[];
}

export interface SchedulerCallSuppress {
  roles?: string[];
}

export interface SchedulerCallUpdateFramework {
  framework_info: FrameworkInfo;
  suppressed_roles?: string[];
  offer_constraints?: SchedulerOfferConstraints;
}

export interface SchedulerAPIResult {
  status_code: number;
  response?: SchedulerResponse;
  error?: string;
}

/** Every message by the name that the codec takes. */
export interface Messages {
  GoogleDuration: GoogleDuration;
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
  AgentCall: AgentCall;
  AgentCallGetMetrics: AgentCallGetMetrics;
  AgentCallSetLoggingLevel: AgentCallSetLoggingLevel;
  AgentCallListFiles: AgentCallListFiles;
  AgentCallReadFile: AgentCallReadFile;
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
}
