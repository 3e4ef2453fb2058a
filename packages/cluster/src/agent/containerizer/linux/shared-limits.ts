// Limits that several containers share, and what statistics say of them.
import type { LimitFigures } from "../limit-figures.ts";
import type { Cgroup } from "./cgroups/cgroup.ts";
import { type LinuxRecord, writeLinuxRecord } from "./container-record.ts";

/** Whether a container is bound by the cgroup around it, and that is this one. */
export function isSharedIn(
  { record, cgroup }: { record: LinuxRecord; cgroup: Cgroup },
  around: string,
): boolean {
  return record.shared === true && cgroup.parent().path === around;
}

/** Notes other figures. Memory is never limited to less than before. */
export function setFigures(
  { record, runtimeDir }: { record: LinuxRecord; runtimeDir: string },
  figures: LimitFigures,
): void {
  const { mem_limit_bytes: before = 0 } = record.limits;
  const { mem_limit_bytes: now = 0 } = figures;
  record.limits = { ...figures, ...(before > now && { mem_limit_bytes: before }) };
  writeLinuxRecord(runtimeDir, record);
}
