// The flags of `mezzo local`, which `npm start` runs.
import type { FlagTable } from "../core/flags/flag.ts";

/** Each is a process of its own with some 100 MB. */
const MAX_AGENTS = 100;

export const localFlags = {
  agents: {
    type: "int",
    default: "3",
    help: "How many agents to start.",
    check: (value: number) =>
      value < 1 || value > MAX_AGENTS ? `Expected \`--agents\` to be from 1 to ${MAX_AGENTS}` : undefined,
  },
  port: { type: "port", default: "5050", help: "The master's port; agents take the ports after it." },
  demo: { type: "bool", default: "false", help: "Run the demonstration: two frameworks share the cluster." },
  input: {
    type: "path",
    help: "The folder whose text files the demonstration reads. Default: where it is started.",
  },
  once: {
    type: "bool",
    default: "false",
    help: "End after the demonstration, with exit code 0 when every task succeeded.",
  },
  work_dir: {
    type: "path",
    help: "Where the processes keep their files and logs. Default: a temporary folder, removed at the end.",
  },
  help: { type: "bool", default: "false", help: "Print this." },
} as const satisfies FlagTable;
