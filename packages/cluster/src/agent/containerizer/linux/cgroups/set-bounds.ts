// Sets what a cgroup is bound to, as a runtime does for one that it makes. Follows `update` of Mesos' cpu and memory subsystems.
import type { OciResources } from "../oci-spec.ts";
import type { Cgroup } from "./cgroup.ts";

export type Bounds = Pick<OciResources, "cpu" | "memory">;

/** From the shares of version 1, 2 to 262144, to the weights of version 2, 1 to 10000, as runtimes do it. */
function weightOf(shares: number): number {
  return 1 + Math.trunc(((shares - 2) * 9999) / 262_142);
}

/** In a cgroup that is not new memory is only ever given: what is in use cannot be taken away. */
export function setBounds(cgroup: Cgroup, { cpu, memory }: Bounds, { isNew }: { isNew: boolean }): void {
  if (cpu) setCpu(cgroup, cpu);
  if (memory) setMemory(cgroup, memory, isNew);
}

function setCpu(cgroup: Cgroup, { shares, quota = -1, period }: NonNullable<Bounds["cpu"]>): void {
  if (cgroup.versionOf("cpu") === 2) {
    if (shares !== undefined) cgroup.write("cpu", "cpu.weight", weightOf(shares));
    cgroup.write(
      "cpu",
      "cpu.max",
      `${quota === -1 ? "max" : quota}${period === undefined ? "" : ` ${period}`}`,
    );
    return;
  }
  if (shares !== undefined) cgroup.write("cpu", "cpu.shares", shares);
  if (period !== undefined) cgroup.write("cpu", "cpu.cfs_period_us", period);
  cgroup.write("cpu", "cpu.cfs_quota_us", quota);
}

function setMemory(cgroup: Cgroup, memory: NonNullable<Bounds["memory"]>, isNew: boolean): void {
  const { reservation, limit = -1, swap } = memory;
  const isV2 = cgroup.versionOf("memory") === 2;
  if (reservation !== undefined)
    cgroup.write("memory", isV2 ? "memory.low" : "memory.soft_limit_in_bytes", reservation);
  const file = isV2 ? "memory.max" : "memory.limit_in_bytes";
  const current = cgroup.number("memory", file) ?? Infinity;
  if (!isNew && limit !== -1 && limit <= current) return;
  const text = isV2 && limit === -1 ? "max" : limit;
  const setSwap = (): void => {
    if (swap === undefined) return;
    // Version 1 counts memory with swap, version 2 swap alone, of which such a container gets none.
    cgroup.write("memory", isV2 ? "memory.swap.max" : "memory.memsw.limit_in_bytes", isV2 ? 0 : swap);
  };
  // Of the two limits of version 1 the one for both is never the smaller one.
  if (!isNew && !isV2) setSwap();
  cgroup.write("memory", file, text);
  if (isNew || isV2) setSwap();
}
