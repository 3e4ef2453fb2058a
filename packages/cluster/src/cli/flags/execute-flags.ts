// The flags of `mezzo execute`, those of mesos-execute. @see Mesos src/cli/execute.cpp
import type { FlagTable } from "../../core/flags/flag.ts";

export const executeFlags = {
  help: { type: "bool", default: "false", help: "Print this help and exit." },
  master: {
    type: "string",
    help: "The master, as host:port, or where masters are elected, as zk://host:port/path or etcd://host:port/path. Required.",
  },
  name: { type: "string", help: "The name of the task, and its id." },
  command: { type: "string", help: "The command to run." },
  shell: {
    type: "bool",
    default: "true",
    help: "Run the command in a shell; otherwise it is the path of a program without parameters.",
  },
  env: {
    type: "json",
    help: 'Environment variables of the command: {"NAME": "value"}, or file:///path of that.',
  },
  resources: { type: "string", default: "cpus:1;mem:128", help: "What the command needs." },
  task: {
    type: "json",
    help: "A whole TaskInfo as JSON, or the path of one, instead of --name and --command.",
  },
  task_group: { type: "json", help: "A whole TaskGroupInfo as JSON, or the path of one." },
  role: { type: "string", default: "*", help: "The role to use." },
  checkpoint: { type: "bool", default: "false", help: "Let the task survive a restart of its agent." },
  framework_capabilities: {
    type: "string",
    help:
      "Further capabilities, separated by commas: GPU_RESOURCES. RESERVATION_REFINEMENT and TASK_KILLING_STATE are " +
      "always there.",
  },
  partition_aware: {
    type: "bool",
    default: "true",
    help: "Hear of partitions instead of losing the task to them.",
  },
  kill_after: { type: "duration", help: "Kill the task when it has run for so long." },
  containerizer: {
    type: "string",
    default: "mesos",
    values: ["mesos", "docker"],
    help: "What contains the task where it has an image or anything else that needs a container.",
  },
  docker_image: { type: "string", help: "A Docker image to run in." },
  appc_image: { type: "string", help: "An appc image to run in." },
  networks: { type: "string", help: "Networks to join, separated by commas." },
  volumes: { type: "json", help: "Volumes as a JSON array, or the path of one." },
  effective_capabilities: {
    type: "json",
    help: 'What the task is capable of: {"capabilities": ["NET_RAW"]}.',
  },
  bounding_capabilities: { type: "json", help: "The most that the task may become capable of." },
  rlimits: {
    type: "json",
    help: 'Limits of the process: {"rlimits": [{"type": "RLMT_CPU", "soft": 1, "hard": 1}]}.',
  },
  tty: { type: "bool", default: "false", help: "Give the task a terminal." },
  principal: { type: "string", help: "The principal to authenticate as." },
  secret: { type: "string", help: "Its secret." },
  content_type: {
    type: "string",
    default: "protobuf",
    help: "How messages are encoded: json or protobuf.",
  },
  package: { type: "path", help: "A file to put into HDFS, and from there into the sandbox of the command." },
  overwrite: { type: "bool", default: "false", help: "Replace that file in HDFS." },
  hadoop: { type: "path", default: "hadoop", help: "Hadoop's program." },
  hdfs: { type: "string", default: "localhost:9000", help: "The NameNode." },
} as const satisfies FlagTable;
