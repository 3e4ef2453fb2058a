// The flags of `mezzo master`. @see Mesos src/master/flags.cpp
import type { FlagTable } from "../../core/flags/flag.ts";
import { checkPingTimeout, checkRemovalLimit, checkReregisterTimeout } from "./checks.ts";
import { loggingFlags } from "./logging-flags.ts";
import { masterSecurityFlags } from "./master-security-flags.ts";
import { networkFlags } from "./network-flags.ts";
import { NO_MODULES } from "./reasons.ts";

const allocationFlags = {
  allocation_interval: {
    type: "duration",
    default: "1secs",
    help:
      "How long resources that a framework declined without a filter are kept from it. When given, released resources " +
      "wait for this interval's next tick too, as in Mesos; when not, they are offered again at once.",
  },
  allocator: { type: "string", default: "hierarchical", help: "The allocator.", refused: NO_MODULES },
  role_sorter: {
    type: "string",
    default: "drf",
    alias: "user_sorter",
    values: ["drf", "random"],
    help: "How roles are ordered when resources are shared out: by dominant share, or at random by weight.",
  },
  framework_sorter: {
    type: "string",
    default: "drf",
    values: ["drf", "random"],
    help: "How the frameworks of a role are ordered when resources are shared out: by dominant share, or at random.",
  },
  allocator_agent_recovery_factor: {
    type: "double",
    default: "0.8",
    help: "After a failover, the part of the known agents that must be back before offers are made, where there is quota.",
  },
  allocator_recovery_timeout: {
    type: "duration",
    default: "10mins",
    help: "After a failover, the longest time to wait for that part.",
  },
  fair_sharing_excluded_resource_names: {
    type: "string",
    help: "Resources, separated by commas, that do not count in fair sharing, such as gpus.",
  },
  filter_gpu_resources: {
    type: "bool",
    default: "true",
    help: "Offer agents with GPUs only to frameworks with the GPU_RESOURCES capability.",
  },
  min_allocatable_resources: {
    type: "string",
    default: "cpus:0.01|mem:32",
    help:
      "Offer only what reaches one of these sets of amounts: sets are separated by |, the amounts of a set by " +
      "semicolons, as in disk:1|cpus:1;mem:32;ports:1.",
  },
  offer_timeout: {
    type: "duration",
    help: "Rescind an offer that nobody has answered for so long; never unless given.",
    check: (valueMs: number) => (valueMs <= 0 ? "Must be greater than zero" : undefined),
  },
  roles: {
    type: "string",
    help: "The only roles frameworks may have, separated by commas; any role unless given.",
  },
  weights: {
    type: "string",
    help: "Weights of roles, as role=weight,role=weight: a role of weight 2 gets twice the share of one of weight 1.",
  },
  offer_constraints_re2_max_mem: {
    type: "bytes",
    default: "4KB",
    help: "The largest memory that a regular expression in a framework's offer constraints may need, counted as RE2 needs it.",
  },
  offer_constraints_re2_max_program_size: {
    type: "int",
    default: "100",
    help: "The largest size of a regular expression in a framework's offer constraints.",
  },
} as const satisfies FlagTable;

const registryFlags = {
  work_dir: {
    type: "path",
    help: "The folder where the master keeps its registry; created if it is missing. Not one that is cleaned up.",
  },
  registry: {
    type: "string",
    default: "replicated_log",
    help:
      "Where the registry is kept: replicated_log (in Mezzo with --zk where the masters are elected, without it an " +
      "SQLite database in --work_dir) or in_memory (lost when the master stops).",
  },
  quorum: {
    type: "int",
    help: "The size of the quorum of several masters.",
    satisfied: "ZooKeeper or etcd keeps the registry and has a quorum of its own",
  },
  zk: {
    type: "string",
    help:
      "Where several masters elect the leading one and keep the registry: in ZooKeeper, as " +
      "zk://user:pass@host1:port1,host2:port2/path, or in etcd, as etcd://user:pass@host1:port1,host2:port2/path; or " +
      "file:///path of a file that holds that.",
  },
  master_contender: { type: "string", help: "The module that contends for leadership.", refused: NO_MODULES },
  master_detector: {
    type: "string",
    help: "The module that detects the leading master.",
    refused: NO_MODULES,
  },
  registry_strict: {
    type: "bool",
    default: "false",
    help: "Disabled in Mesos too.",
    refused: "Support for '--registry_strict' has been disabled in Mesos as well",
  },
  registry_fetch_timeout: {
    type: "duration",
    default: "1mins",
    help: "How long a new leader tries to read the registry where masters are elected; a local one is read at once.",
  },
  registry_store_timeout: {
    type: "duration",
    default: "20secs",
    help:
      "How long the leader tries to write to the registry where masters are elected before it stops; a write to a " +
      "local one that fails stops it at once.",
  },
  log_auto_initialize: {
    type: "bool",
    default: "true",
    help:
      "Create the registry when there is none; otherwise the master stops, and `mezzo registry --initialize` makes " +
      "one.",
  },
  registry_gc_interval: {
    type: "duration",
    default: "15mins",
    help: "How often old entries of unreachable and gone agents are dropped from the registry.",
  },
  registry_max_agent_age: {
    type: "duration",
    default: "2weeks",
    help: "How long an unreachable or gone agent is remembered.",
  },
  registry_max_agent_count: {
    type: "int",
    default: "102400",
    help: "How many unreachable or gone agents are remembered.",
  },
} as const satisfies FlagTable;

const agentHealthFlags = {
  agent_ping_timeout: {
    type: "duration",
    default: "15secs",
    alias: "slave_ping_timeout",
    help: "How long an agent has to answer a ping.",
    check: checkPingTimeout,
  },
  max_agent_ping_timeouts: {
    type: "int",
    default: "5",
    alias: "max_slave_ping_timeouts",
    help: "After how many unanswered pings an agent is unreachable.",
    check: (value: number) =>
      value < 1 ? "Expected `--max_agent_ping_timeouts` to be at least 1" : undefined,
  },
  agent_reregister_timeout: {
    type: "duration",
    default: "10mins",
    alias: "slave_reregister_timeout",
    help: "How long an agent has to come back after it or the master was away, before it is unreachable.",
    check: checkReregisterTimeout,
  },
  recovery_agent_removal_limit: {
    type: "string",
    default: "100%",
    alias: "recovery_slave_removal_limit",
    help: "Stop the master rather than give up more than this part of the agents after a failover (0% to 100%).",
    check: checkRemovalLimit,
  },
  agent_removal_rate_limit: {
    type: "string",
    alias: "slave_removal_rate_limit",
    help: "How fast agents may be marked unreachable, as in 1/10mins or 2/3hrs; at once unless given.",
  },
  require_agent_domain: {
    type: "bool",
    default: "false",
    help: "Admit only agents that name their fault domain.",
  },
  whitelist: {
    type: "path",
    help:
      "A file with the host names of the only agents to offer, one a line, read again every 5 seconds; an empty one lets " +
      "no agent be offered.",
  },
  max_executors_per_agent: {
    type: "int",
    alias: "max_executors_per_slave",
    help: "How many executors an agent may run.",
    refused: "it belongs to the network/port_mapping isolator",
  },
} as const satisfies FlagTable;

const memoryFlags = {
  max_completed_frameworks: {
    type: "int",
    default: "50",
    help: "How many ended frameworks are remembered.",
  },
  max_completed_tasks_per_framework: {
    type: "int",
    default: "1000",
    help: "How many ended tasks of each framework are remembered.",
  },
  max_unreachable_tasks_per_framework: {
    type: "int",
    default: "1000",
    help: "How many unreachable tasks of each framework are remembered.",
  },
  max_operator_event_stream_subscribers: {
    type: "int",
    default: "1000",
    help: "How many clients may follow the operator's event stream; a further one replaces the oldest.",
  },
  publish_per_framework_metrics: {
    type: "bool",
    default: "true",
    help: "Publish metrics for each framework by itself.",
  },
} as const satisfies FlagTable;

const generalFlags = {
  port: { type: "port", default: "5050", help: "The port to listen on." },
  cluster: { type: "string", help: "A name for the cluster, shown in the web UI and in /state." },
  root_submissions: { type: "bool", default: "true", help: "Admit frameworks whose user is root." },
  webui_dir: {
    type: "path",
    default: "/usr/share/mesos/webui",
    help: "The folder of Mesos' web UI.",
    refused: "Mezzo has its own web UI, which is not built yet",
  },
  modules: { type: "json", help: "Modules to load.", refused: NO_MODULES },
  modules_dir: { type: "path", help: "The folder of module manifests.", refused: NO_MODULES },
  hooks: { type: "string", help: "Hook modules to install.", refused: NO_MODULES },
} as const satisfies FlagTable;

/** Every flag of Mesos' master, and Mezzo's own. */
export const masterFlags = {
  ...networkFlags,
  ...loggingFlags,
  ...generalFlags,
  ...allocationFlags,
  ...registryFlags,
  ...agentHealthFlags,
  ...memoryFlags,
  ...masterSecurityFlags,
} as const satisfies FlagTable;
