// What a container uses of the memory.
import type { ResourceStatistics } from "@mezzo/wire";
import type { Cgroup } from "./cgroup.ts";

/** Names in `memory.stat` of version 1 and of version 2. */
const FIELDS = {
  mem_file_bytes: ["total_cache", "file"],
  mem_cache_bytes: ["total_cache", "file"],
  mem_anon_bytes: ["total_rss", "anon"],
  mem_rss_bytes: ["total_rss", "anon"],
  mem_mapped_file_bytes: ["total_mapped_file", "file_mapped"],
  mem_swap_bytes: ["total_swap", "swap"],
  mem_unevictable_bytes: ["total_unevictable", "unevictable"],
} as const satisfies Partial<Record<keyof ResourceStatistics, readonly [string, string]>>;

/** Follows `MemorySubsystemProcess::usage`. */
export function measureMemory(cgroup: Cgroup): Partial<ResourceStatistics> {
  const isV2 = cgroup.versionOf("memory") === 2;
  const stat = cgroup.table("memory", "memory.stat");
  const parts = Object.entries(FIELDS).flatMap(([field, [one, two]]) => {
    const value = stat[isV2 ? two : one];
    return value === undefined ? [] : [[field, value] as const];
  });
  const total = cgroup.number("memory", isV2 ? "memory.current" : "memory.usage_in_bytes");
  return { ...(total !== undefined && { mem_total_bytes: total }), ...Object.fromEntries(parts) };
}
