import assert from "node:assert/strict";
import { test } from "node:test";
import type { ResourceStatistics } from "@mezzo/wire";
import type { Containerizer } from "../containerizer/containerizer.ts";
import type { ExecutorState } from "../state.ts";
import { executorUsage } from "./executor-usage.ts";

type Members = Record<string, Partial<ResourceStatistics> & { network?: string; away?: boolean }>;

function usageOfGroup(members: Members): Promise<ResourceStatistics | undefined> {
  const containerizer = {
    usage: async (id: string) => {
      const { network: _, away = false, ...statistics } = members[id] ?? assert.fail(id);
      if (away) throw new Error("away");
      return Promise.resolve(
        Object.keys(statistics).length > 0 ? { timestamp: 1, ...statistics } : undefined,
      );
    },
    networkNamespaceOf: (id: string) => members[id]?.network,
  } as unknown as Containerizer;
  const runs = new Map(Object.keys(members).map((id) => [id, {}]));
  return executorUsage(containerizer, { containerId: "whole", group: { runs } } as unknown as ExecutorState);
}

const net = { net_rx_bytes: 10, net_tx_packets: 2 };

const CASES: [string, Members, object | undefined][] = [
  ["no members", {}, undefined],
  ["members that cannot be measured", { a: {}, b: { away: true } }, undefined],
  [
    "two",
    {
      a: { timestamp: 5, cpus_user_time_secs: 1, mem_rss_bytes: 10, processes: 1, cpus_limit: 0.5 },
      b: { timestamp: 4, cpus_user_time_secs: 2, mem_rss_bytes: 30, processes: 2, cpus_limit: 1 },
    },
    { timestamp: 5, cpus_user_time_secs: 3, mem_rss_bytes: 40, processes: 3, cpus_limit: 1.5 },
  ],
  [
    "one that cannot be measured",
    { a: { mem_rss_bytes: 10 }, b: { away: true } },
    { timestamp: 1, mem_rss_bytes: 10 },
  ],
  [
    "one without a limit",
    {
      a: { cpus_limit: 1, mem_limit_bytes: 5, mem_soft_limit_bytes: 5 },
      b: { mem_limit_bytes: 6, mem_soft_limit_bytes: 6 },
    },
    { timestamp: 1, mem_limit_bytes: 11, mem_soft_limit_bytes: 11 },
  ],
  ["one network", { a: { network: "/n", ...net }, b: { network: "/n", ...net } }, { timestamp: 1, ...net }],
  [
    "networks of their own",
    { a: { network: "/m", ...net }, b: { network: "/n", ...net } },
    { timestamp: 1, net_rx_bytes: 20, net_tx_packets: 4 },
  ],
];

for (const [name, members, expected] of CASES) {
  test(`executorUsage() of a group with ${name}`, async () => {
    assert.deepEqual(await usageOfGroup(members), expected);
  });
}
