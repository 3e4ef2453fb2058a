// Flags that say where a master or agent listens and how others reach it, the same for both.
import type { FlagTable } from "../../core/flags/flag.ts";

export const networkFlags = {
  help: { type: "bool", default: "false", help: "Print this help and exit." },
  version: { type: "bool", default: "false", help: "Print the version and exit." },
  ip: {
    type: "string",
    help:
      "The address to listen on; 127.0.0.1 unless given. An address that strangers can reach also needs " +
      "--allow_open_network while nobody has to authenticate. Not together with --ip_discovery_command.",
  },
  allow_open_network: {
    type: "bool",
    default: "false",
    own: true,
    help:
      "Listen on an address that other networks can reach although nobody has to authenticate: whoever reaches " +
      "the port can then run any command on the cluster.",
  },
  ip_discovery_command: {
    type: "string",
    help: "A shell command that prints the address to listen on. Not together with --ip.",
  },
  advertise_ip: {
    type: "string",
    help: "The address others are told to connect to, where it differs from the one listened on.",
  },
  advertise_port: { type: "port", help: "The port others are told to connect to, where it differs." },
  hostname: {
    type: "string",
    help: "The host name to report; found by looking up the address unless given.",
  },
  hostname_lookup: {
    type: "bool",
    default: "true",
    help: "Look the host name up when --hostname is absent; otherwise the address serves as the name.",
  },
  zk_session_timeout: {
    type: "duration",
    default: "10secs",
    help:
      "How long a master may be out of touch with ZooKeeper or etcd before another one has taken over, and how long " +
      "an agent that is out of touch with them knows who leads.",
  },
  memory_profiling: {
    type: "bool",
    default: "false",
    help: "Offer jemalloc's memory profiles over HTTP.",
    refused: "Node does not use jemalloc; start it with NODE_OPTIONS=--heap-prof instead",
  },
  domain: {
    type: "json",
    help:
      'The fault domain this process is in, as JSON or file: {"fault_domain": {"region": {"name": "r"}, "zone": ' +
      '{"name": "z"}}}.',
    check: (value: Record<string, unknown>) =>
      value["fault_domain"] === undefined ? "`domain` must define `fault_domain`" : undefined,
  },
} as const satisfies FlagTable;
