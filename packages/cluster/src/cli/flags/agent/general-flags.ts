// The agent's flags about what it is and where it keeps things. @see Mesos src/slave/flags.cpp
import { checkModules, FIXED_ESTIMATOR, LOAD_CONTROLLER, LOGROTATE_LOGGER } from "./built-in-modules.ts";
import type { FlagTable } from "../../../core/flags/flag.ts";
import { checkBackoffFactor, checkDiskHeadroom, oneOf } from "../checks.ts";
import { NO_MODULES } from "../reasons.ts";

export const generalFlags = {
  port: { type: "port", default: "5051", help: "The port to listen on." },
  master: {
    type: "string",
    help:
      "The master to join, as host:port, or where masters are elected, as zk://host:port/path or " +
      "etcd://host:port/path; or file:///path of a file that holds that.",
  },
  work_dir: {
    type: "path",
    help:
      "The folder for sandboxes and for what the agent must remember when it is started again; created if it is " +
      "missing. Not one that is cleaned up.",
  },
  runtime_dir: {
    type: "path",
    default: "/var/run/mesos",
    help:
      "The folder for what must survive a restart of the agent but not of the machine; without permission to write " +
      "there, mesos/runtime in the temporary folder. With another port than 5051, the port is added to the name.",
  },
  launcher_dir: {
    type: "path",
    default: "/usr/libexec/mesos",
    help: "The folder of Mesos' helper binaries; handed to executors as MESOS_LAUNCHER_DIR.",
    satisfied: "Mezzo needs none of those binaries",
  },
  resources: {
    type: "string",
    help:
      "What the agent offers, as cpus:4;mem:4096;disk(role):1000;ports:[31000-32000], or JSON, or file:///path of " +
      "JSON. cpus, mem, disk and ports that are not mentioned are found out.",
  },
  default_role: { type: "string", default: "*", help: "The role of resources that name none." },
  attributes: { type: "string", help: "What else is true of this machine, as rack:r1;level:10." },
  registration_backoff_factor: {
    type: "duration",
    default: "1secs",
    help: "The first retry of a registration comes within so long; later ones take up to twice as long each.",
    check: checkBackoffFactor,
  },
  recover: {
    type: "string",
    default: "reconnect",
    help: "When started again: reconnect to executors that still run, or cleanup: kill them and exit.",
    check: oneOf("recover", ["reconnect", "cleanup"]),
  },
  recovery_timeout: {
    type: "duration",
    default: "15mins",
    help: "How long executors wait for an agent that is away before they end.",
  },
  reconfiguration_policy: {
    type: "string",
    default: "equal",
    help: "Which changes of resources and attributes are accepted at recovery: equal (none) or additive.",
    check: oneOf("reconfiguration_policy", ["equal", "additive"]),
  },
  strict: {
    type: "bool",
    default: "true",
    help: "Stop when something of the recovered state cannot be read; otherwise go on with the rest.",
  },
  max_completed_executors_per_framework: {
    type: "int",
    default: "150",
    help: "How many ended executors of each framework are remembered.",
  },
  gc_delay: {
    type: "duration",
    default: "1weeks",
    help: "How long sandboxes are kept, if the disk allows it.",
  },
  gc_disk_headroom: {
    type: "double",
    default: "0.1",
    help: "Sandboxes are kept for gc_delay × (1 − gc_disk_headroom − part of the disk that is used).",
    check: checkDiskHeadroom,
  },
  disk_watch_interval: {
    type: "duration",
    default: "1mins",
    help: "How often the disk's usage is looked at for that.",
  },
  http_heartbeat_interval: {
    type: "duration",
    default: "30secs",
    help: "The time between heartbeats on long answers of the agent's API.",
  },
  systemd_enable_support: {
    type: "bool",
    default: "false",
    help: "Keep executors alive in a systemd slice of their own.",
    refused: "executors survive the agent without systemd",
  },
  systemd_runtime_directory: {
    type: "path",
    default: "/run/systemd/system",
    help: "The folder of systemd's run-time units.",
    satisfied: "nothing is written there",
  },
  agent_features: {
    type: "json",
    help: "The capabilities of the agent.",
    refused: "an agent has every capability that is built",
  },
  modules: {
    type: "json",
    help: `Modules with parameters: those that are built in (${FIXED_ESTIMATOR}, ${LOAD_CONTROLLER}, ${LOGROTATE_LOGGER}).`,
    check: checkModules,
  },
  modules_dir: { type: "path", help: "The folder of module manifests.", refused: NO_MODULES },
  hooks: { type: "string", help: "Hook modules to install.", refused: NO_MODULES },
  master_detector: {
    type: "string",
    help: "The module that detects the leading master.",
    refused: NO_MODULES,
  },
  ip6: {
    type: "string",
    help: "The IPv6 address of containers on the host network.",
    refused: "IPv6 addresses of containers are not built yet",
  },
  ip6_discovery_command: {
    type: "string",
    help: "A command that prints that address.",
    refused: "IPv6 addresses of containers are not built yet",
  },
} as const satisfies FlagTable;
