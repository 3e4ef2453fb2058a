// The agent's flags about executors and what they fetch. @see Mesos src/slave/flags.cpp
import { LOGROTATE_LOGGER } from "./built-in-modules.ts";
import type { FlagTable } from "../../../core/flags/flag.ts";
import { checkExecutorReregistrationTimeout, checkStringValues, oneOf } from "../checks.ts";

const NO_DOMAIN_SOCKETS = "domain sockets for executors are not built yet";

export const executorFlags = {
  executor_environment_variables: {
    type: "json",
    help: "The whole environment of executors, as a JSON object, instead of the agent's own.",
    check: checkStringValues,
  },
  executor_registration_timeout: {
    type: "duration",
    default: "1mins",
    help: "How long an executor may take to subscribe before it is killed.",
  },
  executor_reregistration_timeout: {
    type: "duration",
    default: "2secs",
    help: "How long executors have to come back after the agent was started again.",
    check: checkExecutorReregistrationTimeout,
  },
  executor_reregistration_retry_interval: {
    type: "duration",
    help: "How often driver-based executors are asked to come back.",
    satisfied: "executors use the HTTP API, where they come back by themselves",
  },
  executor_shutdown_grace_period: {
    type: "duration",
    default: "5secs",
    help: "How long an executor has to shut down before it is killed, unless its ExecutorInfo says otherwise.",
  },
  http_command_executor: {
    type: "bool",
    default: "false",
    help: "Whether Mesos' command executor uses the HTTP API.",
    satisfied: "the command executor is part of the agent",
  },
  http_executor_domain_sockets: {
    type: "bool",
    default: "false",
    help: "Executors connect over a domain socket.",
    refused: NO_DOMAIN_SOCKETS,
  },
  domain_socket_location: { type: "path", help: "Where that socket is.", refused: NO_DOMAIN_SOCKETS },
  switch_user: {
    type: "bool",
    default: "true",
    help: "Run tasks as the user they name, which needs root; otherwise as the agent's own user.",
  },
  frameworks_home: {
    type: "path",
    default: "",
    help: "The folder that relative URIs of executors are in.",
  },
  fetcher_cache_dir: {
    type: "path",
    default: "/var/run/mesos/fetch",
    help: "The folder of the fetcher's cache, emptied at start; in --runtime_dir unless given.",
  },
  fetcher_cache_size: {
    type: "bytes",
    default: "2GB",
    help: "How large the cache may become.",
  },
  fetcher_stall_timeout: {
    type: "duration",
    default: "1mins",
    help: "A download that brings nothing for so long has failed.",
  },
  hadoop_home: {
    type: "path",
    help:
      "Where Hadoop is, whose program fetches URIs that are neither files nor HTTP; otherwise as the variable HADOOP_HOME " +
      "says, or on the PATH.",
  },
  container_logger: {
    type: "string",
    help: `Rotate tasks' outputs: ${LOGROTATE_LOGGER}, with max_stdout_size and so on in --modules.`,
    check: oneOf("container_logger", [LOGROTATE_LOGGER]),
  },
} as const satisfies FlagTable;
