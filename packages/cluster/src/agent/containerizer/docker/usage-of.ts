// Statistics of the Docker daemon as Mesos' own.
import type { ResourceStatistics } from "@mezzo/wire";
import type { EngineStatistics } from "./engine.ts";

const NANOSECONDS = 1e9;

/** Without the limits, which the agent knows. */
export function usageOf({
  cpu_stats,
  memory_stats,
  networks,
}: EngineStatistics): Partial<ResourceStatistics> {
  const { usage_in_usermode: user, usage_in_kernelmode: kernel } = cpu_stats?.cpu_usage ?? {};
  const { usage, stats = {} } = memory_stats ?? {};
  const rss = stats["total_rss"] ?? stats["rss"] ?? stats["anon"];
  const cards = Object.values(networks ?? {});
  const sum = (name: "rx_bytes" | "rx_packets" | "tx_bytes" | "tx_packets"): number =>
    cards.reduce((total, card) => total + (card[name] ?? 0), 0);
  return {
    ...(user !== undefined && { cpus_user_time_secs: user / NANOSECONDS }),
    ...(kernel !== undefined && { cpus_system_time_secs: kernel / NANOSECONDS }),
    ...(usage !== undefined && { mem_total_bytes: usage }),
    ...(rss !== undefined && { mem_rss_bytes: rss }),
    ...(cards.length > 0 && {
      net_rx_bytes: sum("rx_bytes"),
      net_rx_packets: sum("rx_packets"),
      net_tx_bytes: sum("tx_bytes"),
      net_tx_packets: sum("tx_packets"),
    }),
  };
}
