// Where a container's cgroup is, and what binds it.
//
//   /mesos ─┬─ container                      of its own
//           ├─ executor ─┬─ nested            in its executor's, which binds it unless it asks for limits of its own
//           │            └─ nested
//           └─ executor   nested              version 2 keeps processes out of a cgroup that has others below it: in one
//                                             that has a process nothing is nested, it is bound to as much beside it
//
// A default executor has no process; its cgroup is there as long as any of its members.
import { join } from "node:path";
import type { ContainerAmounts, ContainerConfig } from "../../containerizer.ts";

/** What decides it. */
export interface CgroupSurroundings {
  /** `--cgroups_root`. */
  root: string;
  /** Of the machine's memory controller. */
  isV2: boolean;
  /** The cgroup of the container around it, if that has a process. */
  above: string | undefined;
}

export interface CgroupPlace {
  path: string;
  /** Its own bounds; absent: those of the cgroup around it bind it. */
  amounts: ContainerAmounts | undefined;
  /** What the cgroup around it is bound to, where that is nobody's but has to be there. */
  around?: ContainerAmounts;
}

/** Follows `--isolation=cgroups/…` with `LinuxInfo.share_cgroups`, which is true unless it is set. */
export function placeCgroup(
  { containerId, parent, around, resources, limits, container }: ContainerConfig,
  { root, isV2, above }: CgroupSurroundings,
): CgroupPlace {
  const own = { resources, ...(limits && { limits }) };
  const shares = around !== undefined && container?.linux_info?.share_cgroups !== false;
  const beside = join("/", root, containerId);
  if (parent === undefined || (above !== undefined && isV2)) {
    return { path: beside, amounts: shares ? around : own };
  }
  const path = join(above ?? join("/", root, parent), containerId);
  if (above !== undefined) return { path, amounts: shares ? undefined : own };
  return around === undefined
    ? { path: beside, amounts: own }
    : { path, amounts: shares ? undefined : own, around };
}
