// The flags of `mezzo registry`.
import type { FlagTable } from "../../core/flags/flag.ts";

export const registryFlags = {
  help: { type: "bool", default: "false", help: "Print this help and exit." },
  from: {
    type: "string",
    help: "Where the registry is: the work directory of a master, zk://…, etcd://…, or a file that this command wrote.",
  },
  to: {
    type: "string",
    help: "Where it goes: a work directory, zk://…, etcd://…, or a file that must not exist.",
  },
  initialize: {
    type: "bool",
    default: "false",
    help: "Make a registry without records at --to, for masters with --no-log_auto_initialize.",
  },
  replace: {
    type: "bool",
    default: "false",
    help: "Replace the records at --to, which must have none otherwise; files are never replaced.",
  },
} as const satisfies FlagTable;
