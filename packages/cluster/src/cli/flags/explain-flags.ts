// The flags of `mezzo explain`.
import type { FlagTable } from "../../core/flags/flag.ts";
import { masterAddressFlags } from "./master-address-flags.ts";

export const explainFlags = {
  ...masterAddressFlags,
  framework: {
    type: "string",
    help: "The id of the framework that waits. Without it, those that wait are listed.",
  },
  agent: { type: "string", help: "The id of an agent: who is not offered it, and why." },
  role: { type: "string", help: "Only this role of the framework." },
  task: {
    type: "json",
    help: "What the framework wants to run, as a TaskInfo or TaskGroupInfo in JSON, or the path of one.",
  },
  resources: { type: "string", help: "The same by what it needs alone, such as cpus:1;mem:128." },
  agents: {
    type: "bool",
    default: "false",
    help: "List the reason on every agent, not only how many share one.",
  },
  offset: { type: "int", default: "0", help: "How many entries of a list to pass over." },
  limit: { type: "int", default: "100", help: "The most entries of a list, at most 1000." },
} as const satisfies FlagTable;
