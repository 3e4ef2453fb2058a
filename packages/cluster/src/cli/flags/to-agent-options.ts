// The flags of `mezzo agent` to the options of an agent.
import { checkElectionUrl, isElectionUrl } from "@mezzo/sdk";
import {
  failure,
  parseAttributes,
  rangesOf,
  success,
  type ACLs,
  type Attribute,
  type CapabilityInfo,
  type ContainerInfo,
  type DeviceWhitelist,
  type DomainInfo,
  type Resource,
  type Result,
} from "@mezzo/wire";
import { AGENT_DEFAULTS, type AgentOptions } from "../../agent/options.ts";
import type { LoadedFlags } from "../../core/flags/load-flags.ts";
import { withoutUndefined } from "../../core/without-undefined.ts";
import type { Machine } from "../../core/machine.ts";
import { readModuleOptions, type ModuleOptions } from "./agent/built-in-modules.ts";
import type { agentFlags } from "./agent-flags.ts";
import { type NetworkPlan, planNetworks } from "./agent/plan-networks.ts";
import { checkLauncherFor } from "./check-containers.ts";
import type { AgentAuthentication } from "./load-agent-authentication.ts";
import { parseAcls } from "../../authorization/validate-acls.ts";
import type { ImageGcConfig } from "../../agent/images/image-gc.ts";
import { parseImageGc } from "./parse-image-gc.ts";
import { parseFirewallRules } from "./parse-firewall-rules.ts";
import type { Place } from "./resolve-place.ts";

const DEFAULT_PORT = AGENT_DEFAULTS.port;

type Flags = LoadedFlags<typeof agentFlags>;

/** `host:port` of `--master`, which may be the content of a file and end with a newline. */
function masterAddress(text: string | undefined): Result<string> {
  if (text === undefined) return failure("Missing required option `--master` or `--master_detector`");
  const address = text.trim();
  if (isElectionUrl(address)) {
    const place = checkElectionUrl(address);
    return place.ok ? success(address) : failure(`Failed to create a master detector: ${place.error}`);
  }
  if (/^(master@)?[^\s:/@]+:\d+$/.test(address)) return success(address.replace("master@", ""));
  if (/^(master@)?\[[0-9a-fA-F:]+\]:\d+$/.test(address)) return success(address.replace("master@", ""));
  return failure(`Failed to create a master detector: '${address}' is not of the form host:port`);
}

/**
 * Where state is kept that a reboot may delete. Agents that share a machine and say nothing get a folder each, since
 * an agent takes what lies in its folder for its own.
 */
function runtimeFolders(
  { values, given }: Flags,
  machine: Machine,
): { runtimeDir: string; fetcherCacheDir: string } {
  const base = machine.isWritable("/var/run")
    ? values.runtime_dir
    : `${machine.temporaryFolder}/mesos/runtime`;
  const own = values.port === DEFAULT_PORT ? base : `${base}-${values.port}`;
  const runtimeDir = given.has("runtime_dir") ? values.runtime_dir : own;
  const fetcherCacheDir = given.has("fetcher_cache_dir") ? values.fetcher_cache_dir : `${runtimeDir}/fetch`;
  return { runtimeDir, fetcherCacheDir };
}

/** The parts of the flags that must be right before a folder is created. */
export interface AgentPlan extends ModuleOptions, NetworkPlan {
  master: string;
  workDir: string;
  attributes: Attribute[];
  disabledEndpoints?: string[];
  acls?: ACLs;
  imageGc?: ImageGcConfig;
}

/** What can be checked without touching the machine. */
export function planAgent({ values }: Flags): Result<AgentPlan> {
  const master = masterAddress(values.master);
  if (!master.ok) return master;
  if (values.work_dir === undefined) return failure("Missing required option `--work_dir`");
  const unfit = checkLauncherFor(values);
  if (unfit !== undefined) return failure(unfit);
  const attributes = parseAttributes(values.attributes ?? "");
  if (!attributes.ok) return attributes;
  const modules = readModuleOptions(values);
  if (!modules.ok) return modules;
  const firewall = parseFirewallRules(values.firewall_rules);
  if (!firewall.ok) return firewall;
  const acls = parseAcls(values.acls);
  if (!acls.ok) return acls;
  const imageGc = parseImageGc(values.image_gc_config);
  if (!imageGc.ok) return imageGc;
  const networks = planNetworks(values);
  if (!networks.ok) return networks;
  const { work_dir: workDir } = values;
  return success({
    ...modules.value,
    ...networks.value,
    master: master.value,
    workDir,
    attributes: attributes.value,
    ...(firewall.value && { disabledEndpoints: firewall.value }),
    ...(acls.value && { acls: acls.value }),
    ...(imageGc.value && { imageGc: imageGc.value }),
  });
}

/** The options of an agent at `place` that offers `resources`. @see Mesos src/slave/slave.cpp */
export function toAgentOptions(
  flags: Flags,
  parts: {
    plan: AgentPlan;
    place: Place;
    resources: Resource[];
    gpuDevices?: readonly number[];
    machine: Machine;
    authentication: AgentAuthentication;
  },
): AgentOptions {
  const { values } = flags;
  const folders = runtimeFolders(flags, parts.machine);
  return withoutUndefined({
    ...parts.place,
    ...parts.plan,
    ...parts.authentication,
    ...folders,
    launcherDir: values.launcher_dir,
    resources: parts.resources,
    domain: values.domain as DomainInfo | undefined,
    defaultRole: values.default_role,
    isolation: values.isolation,
    launcher: values.launcher,
    containerizers: values.containerizers,
    switchUser: values.switch_user,
    frameworksHome: values.frameworks_home,
    hadoopHome: values.hadoop_home,
    fetcherCacheSize: values.fetcher_cache_size,
    fetcherStallTimeout: values.fetcher_stall_timeout,
    executorEnvironmentVariables: values.executor_environment_variables as Record<string, string> | undefined,
    executorRegistrationTimeout: values.executor_registration_timeout,
    executorReregistrationTimeout: values.executor_reregistration_timeout,
    executorReregistrationRetryInterval: values.executor_reregistration_retry_interval,
    executorShutdownGracePeriod: values.executor_shutdown_grace_period,
    registrationBackoffFactor: values.registration_backoff_factor,
    authenticationBackoffFactor: values.authentication_backoff_factor,
    authenticationTimeoutMin: values.authentication_timeout_min,
    authenticationTimeoutMax: values.authentication_timeout_max,
    authenticateHttpReadonly: values.authenticate_http_readonly,
    authenticateHttpReadwrite: values.authenticate_http_readwrite,
    // Without a default it is absent from /flags, as from those of a Mesos without TLS.
    authenticateHttpExecutors: values.authenticate_http_executors ?? false,
    httpHeartbeatInterval: values.http_heartbeat_interval,
    gcDelay: values.gc_delay,
    gcDiskHeadroom: values.gc_disk_headroom,
    diskWatchInterval: values.disk_watch_interval,
    oversubscribedResourcesInterval: values.oversubscribed_resources_interval,
    qosCorrectionIntervalMin: values.qos_correction_interval_min,
    enforceContainerDiskQuota: values.enforce_container_disk_quota,
    containerDiskWatchInterval: values.container_disk_watch_interval,
    recover: values.recover as AgentOptions["recover"],
    recoveryTimeout: values.recovery_timeout,
    reconfigurationPolicy: values.reconfiguration_policy as AgentOptions["reconfigurationPolicy"],
    strict: values.strict,
    maxCompletedExecutorsPerFramework: values.max_completed_executors_per_framework,
    httpCommandExecutor: values.http_command_executor,
    sandboxDirectory: values.sandbox_directory,
    imageProviders: values.image_providers,
    imageProvisionerBackend: (values.image_provisioner_backend ??
      "overlay") as AgentOptions["imageProvisionerBackend"],
    electionSessionTimeout: values.zk_session_timeout,
    dockerRegistry: values.docker_registry,
    docker: values.docker,
    dockerSocket: values.docker_socket.replace(/^unix:\/\//, ""),
    dockerRemoveDelay: values.docker_remove_delay,
    dockerStopTimeout: values.docker_stop_timeout,
    dockerKillOrphans: values.docker_kill_orphans,
    dockerStoreDir: values.docker_store_dir,
    dockerConfig: values.docker_config === undefined ? undefined : JSON.stringify(values.docker_config),
    dockerIgnoreRuntime: values.docker_ignore_runtime,
    gcNestedSandboxes: values.gc_non_executor_container_sandboxes,
    gpuDevices: parts.gpuDevices,
    countsProcesses: values.cgroups_cpu_enable_pids_and_tids_count,
    networkCniRootDirPersist: values.network_cni_root_dir_persist,
    networkCniMetrics: values.network_cni_metrics,
    containerPortsWatchInterval:
      values.container_ports_watch_interval ?? AGENT_DEFAULTS.containerPortsWatchInterval,
    enforceContainerPorts: values.enforce_container_ports ?? AGENT_DEFAULTS.enforceContainerPorts,
    ...(values.check_agent_port_range_only === true && { isolatedPorts: rangesOf(parts.resources, "ports") }),
    cgroupsHierarchy: values.cgroups_hierarchy,
    cgroupsRoot: values.cgroups_root,
    hostPathVolumeForceCreation: values.host_path_volume_force_creation
      ?.split(":")
      .filter((folder) => folder !== ""),
    cgroupsEnableCfs: values.cgroups_enable_cfs,
    cgroupsLimitSwap: values.cgroups_limit_swap,
    revocableCpuLowPriority: values.revocable_cpu_low_priority,
    disallowSharingAgentPidNamespace: values.disallow_sharing_agent_pid_namespace,
    disallowSharingAgentIpcNamespace: values.disallow_sharing_agent_ipc_namespace,
    defaultContainerShmSize: values.default_container_shm_size,
    effectiveCapabilities: values.effective_capabilities as CapabilityInfo | undefined,
    boundingCapabilities: values.bounding_capabilities as CapabilityInfo | undefined,
    allowedDevices: values.allowed_devices as DeviceWhitelist | undefined,
    seccompConfigDir: values.seccomp_config_dir,
    seccompProfileName: values.seccomp_profile_name,
    defaultContainerInfo: values.default_container_info as ContainerInfo | undefined,
    flags: {
      ...flags.texts,
      // Everybody may read /flags.
      ...(values.docker_config !== undefined && { docker_config: "(not shown)" }),
      runtime_dir: folders.runtimeDir,
      fetcher_cache_dir: folders.fetcherCacheDir,
    },
  });
}
