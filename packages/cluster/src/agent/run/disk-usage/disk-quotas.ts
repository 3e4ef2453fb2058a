// Which directories of an executor have how much disk: its sandbox and its persistent volumes.
import type { Resource } from "@mezzo/wire";
import { executorResources } from "../../api/allocated-resources.ts";
import { volumePath } from "../../operations/volume-path.ts";
import type { ExecutorState } from "../../state.ts";

/** One directory and the disk resources that it may fill. */
export interface DiskQuota {
  path: string;
  isSandbox: boolean;
  limitBytes: number;
  resources: Resource[];
}

const MEGABYTE = 1024 * 1024;

/** As its tasks come and go; a sandbox without disk resources has no quota, as in Mesos. */
export function diskQuotas(workDir: string, executor: ExecutorState): DiskQuota[] {
  const quotas = new Map<string, DiskQuota>();
  for (const resource of executorResources(executor)) {
    if (resource.name !== "disk") continue;
    const volume = resource.disk?.volume === undefined ? undefined : volumePath(workDir, resource);
    const path = volume ?? executor.directory;
    const quota = quotas.get(path) ?? { path, isSandbox: volume === undefined, limitBytes: 0, resources: [] };
    quota.resources.push(resource);
    quota.limitBytes += (resource.scalar?.value ?? 0) * MEGABYTE;
    quotas.set(path, quota);
  }
  // Mesos counts whole megabytes.
  for (const quota of quotas.values()) {
    quota.limitBytes = Math.floor(quota.limitBytes / MEGABYTE + Number.EPSILON) * MEGABYTE;
  }
  return [...quotas.values()];
}
