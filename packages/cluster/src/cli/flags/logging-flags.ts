// Flags of logging, the same for master and agent. @see Mesos src/logging/flags.cpp
import type { FlagTable } from "../../core/flags/flag.ts";

export const loggingFlags = {
  quiet: { type: "bool", default: "false", help: "Log nothing to standard error." },
  logging_level: {
    type: "string",
    default: "INFO",
    values: ["INFO", "WARNING", "ERROR"],
    help: "Log messages of this level and above.",
  },
  log_format: {
    type: "string",
    default: "text",
    values: ["text", "json"],
    own: true,
    help: "Short lines for people, or one JSON object a line for machines.",
  },
  log_dir: {
    type: "path",
    help: "A folder to write a log file into as well; created if it is missing. Standard error is not affected.",
  },
  logbufsecs: {
    type: "int",
    default: "0",
    help: "For at most how many seconds log lines may be held back.",
    satisfied: "lines are always written at once",
  },
  initialize_driver_logging: {
    type: "bool",
    default: "true",
    help: "Whether scheduler and executor drivers inside this process log as well.",
    satisfied: "no driver runs inside a master or agent",
  },
  external_log_file: {
    type: "path",
    help: "The log file to show over HTTP as /master/log or /slave/log, where that is not the one in --log_dir.",
  },
} as const satisfies FlagTable;
