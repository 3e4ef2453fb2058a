// The agent's flags of isolators that only the linux launcher has. @see Mesos src/slave/flags.cpp
import type { FlagTable } from "../../../core/flags/flag.ts";
import { NO_AGENT_CGROUPS, NO_NET_CLS, NO_PERF, NO_STORAGE } from "../reasons.ts";
import { oneOf } from "../checks.ts";
import { FIXED_ESTIMATOR, LOAD_CONTROLLER } from "./built-in-modules.ts";

const NO_DISK_QUOTA = "quotas of XFS are not built; the isolator disk/du has quotas on every filesystem";
const NO_PORT_MAPPING = "the network/port_mapping isolator is not built";

const cgroupFlags = {
  agent_subsystems: {
    type: "string",
    alias: "slave_subsystems",
    help: "The agent's own cgroups.",
    refused: NO_AGENT_CGROUPS,
  },
  allowed_devices: { type: "json", help: "Devices that containers may use." },
  bounding_capabilities: { type: "json", help: "The most that tasks may be capable of." },
  cgroups_cpu_enable_pids_and_tids_count: {
    type: "bool",
    default: "false",
    help: "Count processes and threads of containers, with the isolator cgroups/cpu.",
  },
  cgroups_destroy_timeout: {
    type: "duration",
    default: "1mins",
    help: "How long destroying a cgroup may take.",
    refused: "runc destroys cgroups, and takes no timeout",
  },
  cgroups_enable_cfs: { type: "bool", default: "false", help: "Limit CPU hard." },
  cgroups_hierarchy: {
    type: "path",
    default: "/sys/fs/cgroup",
    help: "Where cgroups are.",
  },
  cgroups_limit_swap: { type: "bool", default: "false", help: "Limit swap too." },
  cgroups_net_cls_primary_handle: { type: "string", help: "The net_cls handle.", refused: NO_NET_CLS },
  cgroups_net_cls_secondary_handles: { type: "string", help: "More net_cls handles.", refused: NO_NET_CLS },
  cgroups_root: {
    type: "string",
    default: "mesos",
    help: "The cgroup above all of Mezzo's.",
  },
  default_container_shm_size: { type: "bytes", help: "The size of /dev/shm." },
  disallow_sharing_agent_ipc_namespace: {
    type: "bool",
    default: "false",
    help: "Every container has an IPC namespace of its own.",
  },
  disallow_sharing_agent_pid_namespace: {
    type: "bool",
    default: "false",
    help: "Every container has a pid namespace of its own.",
  },
  effective_capabilities: {
    type: "json",
    alias: "allowed_capabilities",
    help: "What tasks are capable of.",
  },
  host_path_volume_force_creation: {
    type: "string",
    help: "Folders, joined by a colon, below which host paths of volumes are made on demand.",
  },
  nvidia_gpu_devices: {
    type: "string",
    help: "The GPUs to offer, by position, such as 0,1; with as many gpus in --resources, and the isolator gpu/nvidia.",
  },
  perf_events: { type: "string", help: "Events to sample.", refused: NO_PERF },
  perf_interval: { type: "duration", default: "1mins", help: "How often to sample.", refused: NO_PERF },
  perf_duration: { type: "duration", default: "10secs", help: "How long a sample is.", refused: NO_PERF },
  seccomp_config_dir: { type: "path", help: "The folder of seccomp profiles." },
  seccomp_profile_name: { type: "string", help: "The default seccomp profile." },
  volume_gid_range: {
    type: "string",
    help: "Group ids for shared volumes.",
    refused: "group ids for shared volumes are not built yet",
  },
} as const satisfies FlagTable;

const diskFlags = {
  container_disk_watch_interval: {
    type: "duration",
    default: "15secs",
    help: "How often containers' disk usage is measured, with the isolator disk/du.",
  },
  enforce_container_disk_quota: {
    type: "bool",
    default: "false",
    help: "Kill containers that use more disk than they have, with the isolator disk/du.",
  },
  xfs_project_range: { type: "string", help: "XFS project ids.", refused: NO_DISK_QUOTA },
  xfs_kill_containers: {
    type: "bool",
    help: "Kill containers over their XFS quota.",
    refused: NO_DISK_QUOTA,
  },
  xfs_quota_headroom: { type: "bytes", help: "Room above an XFS quota.", refused: NO_DISK_QUOTA },
  resource_provider_config_dir: { type: "path", help: "Local resource providers.", refused: NO_STORAGE },
  csi_plugin_config_dir: { type: "path", help: "CSI plugins.", refused: NO_STORAGE },
  disk_profile_adaptor: { type: "string", help: "The disk profile module.", refused: NO_STORAGE },
} as const satisfies FlagTable;

const networkIsolatorFlags = {
  network_cni_plugins_dir: {
    type: "path",
    help: "Where programs of CNI plugins are: a folder, or several, joined by a colon.",
  },
  network_cni_config_dir: {
    type: "path",
    help: "The folder of CNI networks that containers may join by name, a .conf or .conflist file each.",
  },
  network_cni_root_dir_persist: {
    type: "bool",
    default: "false",
    help: "Keep what is known of containers' networks in the work directory, where it survives a reboot.",
  },
  network_cni_metrics: {
    type: "bool",
    default: "true",
    help: "Count what containers in CNI networks send and receive.",
  },
  default_container_dns: {
    type: "json",
    help:
      'Who resolves names in containers whose network does not say: {"mesos":[{"network_mode":"CNI",' +
      '"network_name":"net1","dns":{"nameservers":["192.0.2.1"]}}],"docker":[{"network_mode":"BRIDGE","dns":…}]}.',
  },
  // Without defaults: /flags of a Mesos without this isolator does not show them.
  container_ports_watch_interval: {
    type: "duration",
    help: "How often the isolator network/ports looks which ports containers listen on; 30secs unless it says otherwise.",
  },
  check_agent_port_range_only: {
    type: "bool",
    help: "It looks at the ports that the agent offers only.",
  },
  container_ports_isolated_range: { type: "string", help: "It looks at these ports only: [0-35000]." },
  enforce_container_ports: {
    type: "bool",
    help: "It ends containers that listen on ports they do not have, and does not only name them in the log.",
  },
  ephemeral_ports_per_container: { type: "int", help: "Ports of each container.", refused: NO_PORT_MAPPING },
  eth0_name: { type: "string", help: "The public interface.", refused: NO_PORT_MAPPING },
  lo_name: { type: "string", help: "The loopback interface.", refused: NO_PORT_MAPPING },
  egress_rate_limit_per_container: { type: "bytes", help: "Egress limit.", refused: NO_PORT_MAPPING },
  egress_rate_per_cpu: { type: "string", help: "Egress limit per CPU.", refused: NO_PORT_MAPPING },
  minimum_egress_rate_limit: { type: "bytes", help: "Least egress limit.", refused: NO_PORT_MAPPING },
  maximum_egress_rate_limit: { type: "bytes", help: "Most egress limit.", refused: NO_PORT_MAPPING },
  egress_ceil_limit: { type: "bytes", help: "Egress burst rate.", refused: NO_PORT_MAPPING },
  egress_burst: { type: "bytes", help: "Egress burst size.", refused: NO_PORT_MAPPING },
  egress_unique_flow_per_container: { type: "bool", help: "A flow a container.", refused: NO_PORT_MAPPING },
  egress_flow_classifier_parent: {
    type: "string",
    help: "Where flows are classified.",
    refused: NO_PORT_MAPPING,
  },
  ingress_rate_limit_per_container: { type: "bytes", help: "Ingress limit.", refused: NO_PORT_MAPPING },
  ingress_rate_per_cpu: { type: "string", help: "Ingress limit per CPU.", refused: NO_PORT_MAPPING },
  minimum_ingress_rate_limit: { type: "bytes", help: "Least ingress limit.", refused: NO_PORT_MAPPING },
  maximum_ingress_rate_limit: { type: "bytes", help: "Most ingress limit.", refused: NO_PORT_MAPPING },
  ingress_ceil_limit: { type: "bytes", help: "Ingress burst rate.", refused: NO_PORT_MAPPING },
  ingress_burst: { type: "bytes", help: "Ingress burst size.", refused: NO_PORT_MAPPING },
  ingress_isolate_existing_containers: {
    type: "bool",
    help: "Limit old containers.",
    refused: NO_PORT_MAPPING,
  },
  network_link_speed: { type: "bytes", help: "The link's speed.", refused: NO_PORT_MAPPING },
  network_enable_socket_statistics_summary: {
    type: "bool",
    help: "Socket statistics.",
    refused: NO_PORT_MAPPING,
  },
  network_enable_socket_statistics_details: {
    type: "bool",
    help: "Socket details.",
    refused: NO_PORT_MAPPING,
  },
  network_enable_snmp_statistics: { type: "bool", help: "SNMP statistics.", refused: NO_PORT_MAPPING },
  network_enable_rate_statistics: { type: "bool", help: "Rate statistics.", refused: NO_PORT_MAPPING },
  network_rate_statistics_window: { type: "duration", help: "Their window.", refused: NO_PORT_MAPPING },
  network_rate_statistics_interval: { type: "duration", help: "Their interval.", refused: NO_PORT_MAPPING },
} as const satisfies FlagTable;

const oversubscriptionFlags = {
  resource_estimator: {
    type: "string",
    help: `Who estimates spare resources: ${FIXED_ESTIMATOR}, with the parameter resources in --modules.`,
    check: oneOf("resource_estimator", [FIXED_ESTIMATOR]),
  },
  qos_controller: {
    type: "string",
    help: `Who takes them back: ${LOAD_CONTROLLER}, with load_threshold_5min or load_threshold_15min in --modules.`,
    check: oneOf("qos_controller", [LOAD_CONTROLLER]),
  },
  qos_correction_interval_min: {
    type: "duration",
    default: "0ns",
    help: "How often the load is looked at; at least a second passes.",
  },
  oversubscribed_resources_interval: {
    type: "duration",
    default: "15secs",
    help: "How often the master hears of spare resources.",
  },
  revocable_cpu_low_priority: {
    type: "bool",
    default: "true",
    help: "With cgroups/cpu, containers with revocable CPUs get what others leave: 10 shares a CPU, not 1024.",
  },
} as const satisfies FlagTable;

export const isolatorFlags = {
  ...cgroupFlags,
  ...diskFlags,
  ...networkIsolatorFlags,
  ...oversubscriptionFlags,
} as const satisfies FlagTable;
