// Every isolator of the linux launcher, in the order in which they are asked.
import type { Isolator } from "../isolator.ts";
import { cpuIsolator } from "./cgroups-cpu.ts";
import { memoryIsolator } from "./cgroups-mem.ts";
import { pidNamespaceIsolator } from "./namespaces-pid.ts";

/** What flags say about isolators. */
export interface IsolatorOptions {
  /** `--isolation`. */
  isolation: string;
  cgroupsEnableCfs: boolean;
  cgroupsLimitSwap: boolean;
  disallowSharingAgentPidNamespace: boolean;
}

/** How each is made; cgroups/all stands for all that begin so. */
const MAKERS: Readonly<Record<string, (options: IsolatorOptions) => Isolator>> = {
  "cgroups/cpu": (options) => cpuIsolator({ enableCfs: options.cgroupsEnableCfs }),
  "cgroups/mem": (options) => memoryIsolator({ limitSwap: options.cgroupsLimitSwap }),
  "namespaces/pid": (options) =>
    pidNamespaceIsolator({ disallowSharing: options.disallowSharingAgentPidNamespace }),
};

/** Those that `--isolation` names. Names that stand for what the launcher does anyhow have no isolator. */
export function createIsolators(options: IsolatorOptions): Isolator[] {
  const wanted = new Set(options.isolation.split(","));
  return Object.entries(MAKERS)
    .filter(([name]) => wanted.has(name) || (name.startsWith("cgroups/") && wanted.has("cgroups/all")))
    .map(([, make]) => make(options));
}
