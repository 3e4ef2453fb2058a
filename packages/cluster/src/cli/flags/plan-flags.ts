// The flags of `mezzo plan`.
import type { FlagTable } from "../../core/flags/flag.ts";
import { masterAddressFlags } from "./master-address-flags.ts";

export const planFlags = {
  ...masterAddressFlags,
  role: { type: "string", default: "*", help: "The role the tasks would run in." },
  framework: { type: "string", help: "The id of a framework, for its capabilities and offer constraints." },
  task: { type: "json", help: "A TaskInfo or TaskGroupInfo as JSON, or the path of one." },
  resources: { type: "string", help: "What one task needs, such as cpus:1;mem:128, instead of --task." },
  count: { type: "int", default: "1", help: "How many of them, at most 10000." },
  quotas: {
    type: "json",
    help: 'Quota to suppose, as for UPDATE_QUOTA: [{"role": "r", "limits": {"cpus": {"value": 8}}}].',
  },
  weights: { type: "json", help: 'Weights to suppose: [{"role": "r", "weight": 2}].' },
} as const satisfies FlagTable;
