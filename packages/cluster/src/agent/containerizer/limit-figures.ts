// What statistics say of the limits of a container. Follows `usage()` of Mesos' containerizers.
import { cpus, totalmem } from "node:os";
import type { ResourceStatistics } from "@mezzo/wire";
import type { ContainerConfig } from "./containerizer.ts";
import { scalarOf } from "./scalar-of.ts";

/** What it asked for and what it may go up to; what is absent is not bound. */
export type LimitFigures = Pick<
  ResourceStatistics,
  "cpus_soft_limit" | "cpus_limit" | "mem_soft_limit_bytes" | "mem_limit_bytes"
>;

const MEGABYTE = 1024 * 1024;

/** `enableCfs`: `--cgroups_enable_cfs`, by which CPUs that are asked for are a limit, too. No limit is the whole machine. */
export function limitFigures(
  { resources, limits = {} }: Pick<ContainerConfig, "resources" | "limits">,
  { enableCfs }: { enableCfs: boolean },
): LimitFigures {
  const asked = scalarOf(resources, "cpus");
  const memory = scalarOf(resources, "mem") * MEGABYTE;
  const { cpus: cpusLimit = enableCfs && asked > 0 ? asked : undefined, mem: memoryLimit } = limits;
  const most = memoryLimit === undefined ? memory : memoryLimit * MEGABYTE;
  return {
    ...(asked > 0 && { cpus_soft_limit: asked }),
    ...(cpusLimit !== undefined && { cpus_limit: cpusLimit === Infinity ? cpus().length : cpusLimit }),
    ...(memory > 0 && { mem_soft_limit_bytes: memory }),
    ...(most > 0 && { mem_limit_bytes: most === Infinity ? totalmem() : most }),
  };
}
