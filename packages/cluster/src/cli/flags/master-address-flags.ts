// The flags of every command that asks a master something.
import type { FlagTable } from "../../core/flags/flag.ts";

export const masterAddressFlags = {
  help: { type: "bool", default: "false", help: "Print this help and exit." },
  master: {
    type: "string",
    help: "A master, as host:port, or where masters are elected, as zk://host:port/path or etcd://host:port/path. One that does not lead sends on. Required.",
  },
  principal: { type: "string", help: "Who asks, where the master wants to know." },
  secret: { type: "string", help: "The principal's secret." },
  json: { type: "bool", default: "false", help: "Print the master's answer as it is." },
} as const satisfies FlagTable;
