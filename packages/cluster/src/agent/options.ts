// What an operator can set of an agent: one property a Mesos flag, named as the flag in camelCase.
import type {
  ACLs,
  Attribute,
  CapabilityInfo,
  ContainerInfo,
  DeviceWhitelist,
  DomainInfo,
  Resource,
  ValueRange,
} from "@mezzo/wire";
import type { ContainerDns } from "./containerizer/container-dns.ts";
import type { ImageGcConfig } from "./images/image-gc.ts";
import type { LogRotation } from "./run/log-rotation/rotation.ts";
import type { LoadThresholds } from "./run/load-watch.ts";

/**
 * The options of one agent. Durations are milliseconds, sizes bytes. Defaults are those of Mesos
 * (`src/slave/flags.cpp`, `src/slave/constants.hpp`).
 */
export interface AgentOptions {
  /** The address to bind and to tell others unless `advertiseIp` says otherwise. */
  ip: string;
  /** 0 lets the machine choose. */
  port: number;
  advertiseIp?: string;
  advertisePort?: number;
  hostname: string;
  /** `host:port` of the master, or where masters are elected. */
  master: string;
  /** How long a leader counts as one while that place does not answer, milliseconds. */
  electionSessionTimeout: number;
  workDir: string;
  /** The log to show over HTTP as `/slave/log`. */
  logFile?: string;
  runtimeDir: string;
  launcherDir: string;
  /** Total resources, post-refinement format. */
  resources: Resource[];
  attributes: Attribute[];
  domain?: DomainInfo;
  defaultRole: string;
  isolation: string;
  launcher: string;
  containerizers: string;
  /** Run a task as the user it names; otherwise as the agent's own. */
  switchUser: boolean;
  /** The directory for relative URIs and executors; empty for none. */
  frameworksHome: string;
  /** Where Hadoop is. */
  hadoopHome?: string;
  fetcherCacheDir: string;
  fetcherCacheSize: number;
  fetcherStallTimeout: number;
  /** The whole environment of executors instead of the agent's own. */
  executorEnvironmentVariables?: Record<string, string>;
  defaultContainerInfo?: ContainerInfo;
  executorRegistrationTimeout: number;
  executorReregistrationTimeout: number;
  executorReregistrationRetryInterval?: number;
  executorShutdownGracePeriod: number;
  registrationBackoffFactor: number;
  httpHeartbeatInterval: number;
  /** What the agent proves itself with to its master; absent: it does not authenticate. */
  credential?: AgentCredential;
  authenticationBackoffFactor: number;
  authenticationTimeoutMin: number;
  authenticationTimeoutMax: number;
  /** Secrets of clients by principal. */
  httpCredentials?: ReadonlyMap<string, string>;
  /** Who may do what; absent means that everybody may do everything. */
  acls?: ACLs;
  authenticateHttpReadonly: boolean;
  authenticateHttpReadwrite: boolean;
  authenticateHttpExecutors: boolean;
  /** The key that executors' tokens are signed with. */
  jwtSecretKey?: string;
  gcDelay: number;
  gcDiskHeadroom: number;
  diskWatchInterval: number;
  /** Absent: outputs grow as long as their tasks write. */
  logRotation?: LogRotation;
  /** Revocable resources beyond the total; absent: none. */
  oversubscribedResources?: Resource[];
  oversubscribedResourcesInterval: number;
  /** Load averages above which revocable executors end; absent: they never do for that. */
  loadThresholds?: LoadThresholds;
  qosCorrectionIntervalMin: number;
  /** Containers that fill more disk than they have end. */
  enforceContainerDiskQuota: boolean;
  containerDiskWatchInterval: number;
  recover: "reconnect" | "cleanup";
  recoveryTimeout: number;
  reconfigurationPolicy: "equal" | "additive";
  /** Any error in the checkpoints stops the agent; otherwise what is readable is used. */
  strict: boolean;
  maxCompletedExecutorsPerFramework: number;
  httpCommandExecutor: boolean;
  /** Where images show the sandbox. */
  sandboxDirectory: string;
  /** Paths that answer nobody. */
  disabledEndpoints?: string[];
  /** `docker`; absent: containers have no images. */
  imageProviders?: string;
  imageProvisionerBackend: "overlay" | "copy";
  /** When images are removed without being asked; absent: never. */
  imageGc?: ImageGcConfig;
  dockerRegistry: string;
  dockerStoreDir: string;
  /** Docker's config.json as text. */
  dockerConfig?: string;
  dockerIgnoreRuntime: boolean;
  /** `--gc_non_executor_container_sandboxes`: of tasks of groups and of nested containers, while their executor goes on. */
  gcNestedSandboxes: boolean;
  /** The `docker` command and the daemon's socket. */
  docker: string;
  dockerSocket: string;
  /** How long ended containers are kept, ms. */
  dockerRemoveDelay: number;
  /** Between asking a container to end and killing it, ms; 0 kills at once. */
  dockerStopTimeout: number;
  dockerKillOrphans: boolean;
  cgroupsHierarchy: string;
  cgroupsRoot: string;
  cgroupsEnableCfs: boolean;
  cgroupsLimitSwap: boolean;
  /** `--revocable_cpu_low_priority`: whoever has revocable CPUs gets them when nobody else wants them. */
  revocableCpuLowPriority: boolean;
  /** Where CNI networks and their plugins are; absent: there are none to join. */
  cni?: { configDir: string; pluginsDir: string };
  /** What is kept of the networks of containers survives a reboot of the machine. */
  networkCniRootDirPersist: boolean;
  networkCniMetrics: boolean;
  /** For the isolator network/ports. */
  containerPortsWatchInterval: number;
  enforceContainerPorts: boolean;
  /** The ports that it looks at; absent: all. */
  isolatedPorts?: readonly ValueRange[];
  /** `--default_container_dns`. */
  containerDns?: ContainerDns;
  /** Folders below which host paths of volumes are made on demand. */
  hostPathVolumeForceCreation?: string[];
  disallowSharingAgentPidNamespace: boolean;
  disallowSharingAgentIpcNamespace: boolean;
  defaultContainerShmSize?: number;
  effectiveCapabilities?: CapabilityInfo;
  boundingCapabilities?: CapabilityInfo;
  allowedDevices?: DeviceWhitelist;
  /** The GPUs that containers are given, N of `/dev/nvidiaN`. */
  gpuDevices?: readonly number[];
  /** `--cgroups_cpu_enable_pids_and_tids_count`. */
  countsProcesses: boolean;
  seccompConfigDir?: string;
  seccompProfileName?: string;
  /** Everything given, as text under the flags' own names: what `/flags` and `/state` show. */
  flags: Record<string, string>;
}

/** A principal and its secret. */
export interface AgentCredential {
  readonly principal: string;
  readonly secret: string;
}

/** What a default is known for: everything but what names this agent and its master. */
export type AgentDefaults = Omit<AgentOptions, "ip" | "hostname" | "master" | "workDir" | "resources">;

const SECOND = 1000;
const MINUTE = 60 * SECOND;

/** The defaults of Mesos 1.11. */
export const AGENT_DEFAULTS: AgentDefaults = {
  port: 5051,
  runtimeDir: "/var/run/mesos",
  launcherDir: "/usr/libexec/mesos",
  electionSessionTimeout: 10_000,
  attributes: [],
  defaultRole: "*",
  isolation: "posix/cpu,posix/mem",
  launcher: "posix",
  containerizers: "mesos",
  switchUser: true,
  frameworksHome: "",
  fetcherCacheDir: "/var/run/mesos/fetch",
  fetcherCacheSize: 2 * 1024 ** 3,
  fetcherStallTimeout: MINUTE,
  executorRegistrationTimeout: MINUTE,
  executorReregistrationTimeout: 2 * SECOND,
  executorShutdownGracePeriod: 5 * SECOND,
  registrationBackoffFactor: SECOND,
  httpHeartbeatInterval: 30 * SECOND,
  authenticationBackoffFactor: SECOND,
  authenticationTimeoutMin: 5 * SECOND,
  authenticationTimeoutMax: MINUTE,
  authenticateHttpReadonly: false,
  authenticateHttpReadwrite: false,
  authenticateHttpExecutors: false,
  gcDelay: 7 * 24 * 60 * MINUTE,
  gcDiskHeadroom: 0.1,
  diskWatchInterval: MINUTE,
  oversubscribedResourcesInterval: 15 * SECOND,
  qosCorrectionIntervalMin: 0,
  enforceContainerDiskQuota: false,
  containerDiskWatchInterval: 15 * SECOND,
  recover: "reconnect",
  recoveryTimeout: 15 * MINUTE,
  reconfigurationPolicy: "equal",
  strict: true,
  maxCompletedExecutorsPerFramework: 150,
  httpCommandExecutor: false,
  sandboxDirectory: "/mnt/mesos/sandbox",
  imageProvisionerBackend: "overlay",
  dockerRegistry: "https://registry-1.docker.io",
  dockerStoreDir: "/var/run/mesos/store/docker",
  dockerIgnoreRuntime: false,
  gcNestedSandboxes: false,
  docker: "docker",
  dockerSocket: "/var/run/docker.sock",
  dockerRemoveDelay: 6 * 3_600_000,
  dockerStopTimeout: 0,
  dockerKillOrphans: true,
  countsProcesses: false,
  networkCniRootDirPersist: false,
  networkCniMetrics: true,
  containerPortsWatchInterval: 30 * SECOND,
  enforceContainerPorts: false,
  cgroupsHierarchy: "/sys/fs/cgroup",
  cgroupsRoot: "mesos",
  cgroupsEnableCfs: false,
  cgroupsLimitSwap: false,
  revocableCpuLowPriority: true,
  disallowSharingAgentPidNamespace: false,
  disallowSharingAgentIpcNamespace: false,
  flags: {},
};
