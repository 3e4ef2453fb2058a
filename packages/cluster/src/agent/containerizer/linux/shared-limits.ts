// Limits that several containers share, and what statistics say of them.
import { describeSystemError } from "../../../core/describe-system-error.ts";
import type { Logger } from "../../../core/logger.ts";
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

/** Notes other figures. Memory is never limited to less than before. That later agents will not know them is no failure. */
export function setFigures(
  { record, runtimeDir }: { record: LinuxRecord; runtimeDir: string },
  figures: LimitFigures,
  { logger }: { logger: Logger },
): void {
  const { mem_limit_bytes: before = 0 } = record.limits;
  const { mem_limit_bytes: now = 0 } = figures;
  record.limits = { ...figures, ...(before > now && { mem_limit_bytes: before }) };
  try {
    writeLinuxRecord(runtimeDir, record);
  } catch (error) {
    const { containerId } = record;
    const reason = describeSystemError(error);
    logger.warn("Cannot note the limits of a container", { containerId, reason });
  }
}
