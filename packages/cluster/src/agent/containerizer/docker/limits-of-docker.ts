// The limits of a container that an earlier agent process started, as Docker remembers them.
import type { LimitFigures } from "../limit-figures.ts";
import { CFS_PERIOD_US, SHARES_PER_CPU } from "./create-arguments.ts";
import type { InspectedContainer } from "./engine.ts";

/** What it was created with, to a hundredth of a CPU: an earlier agent knew it exactly. */
export function limitsOfDocker({ HostConfig }: Pick<InspectedContainer, "HostConfig">): LimitFigures {
  const { CpuShares = 0, CpuQuota = 0, Memory = 0, MemoryReservation = Memory } = HostConfig;
  const soft = MemoryReservation > 0 ? MemoryReservation : Memory;
  return {
    ...(CpuShares > 0 && { cpus_soft_limit: Math.round((CpuShares / SHARES_PER_CPU) * 100) / 100 }),
    ...(CpuQuota > 0 && { cpus_limit: CpuQuota / CFS_PERIOD_US }),
    ...(soft > 0 && { mem_soft_limit_bytes: soft }),
    ...(Memory > 0 && { mem_limit_bytes: Memory }),
  };
}
