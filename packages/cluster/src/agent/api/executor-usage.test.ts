// How the figures of a group's members are added up to those of its executor.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Resource, ResourceStatistics } from "@mezzo/wire";
import type { Containerizer } from "../containerizer/containerizer.ts";
import type { ExecutorState } from "../state.ts";
import { executorUsage } from "./executor-usage.ts";

const MB = 1024 * 1024;
const mem = (value: number): Resource => ({ name: "mem", type: "SCALAR", scalar: { value } });

/** Of an executor with 32 MB whose tasks have 64 MB each. */
const limitsOf = (tasks: number): object => {
  const bytes = (32 + tasks * 64) * MB;
  return { mem_soft_limit_bytes: bytes, mem_limit_bytes: bytes };
};

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
  const executor = {
    containerId: "whole",
    group: { runs },
    info: { executor_id: { value: "e" }, resources: [mem(32)] },
    queuedTasks: new Map(),
    launchedTasks: new Map(Object.keys(members).map((id) => [id, { resources: [mem(64)] }])),
  } as unknown as ExecutorState;
  return executorUsage(containerizer, executor, { cgroupsEnableCfs: false });
}

const net = { net_rx_bytes: 10, net_tx_packets: 2 };

const CASES: [string, Members, object | undefined][] = [
  ["no members", {}, undefined],
  ["members that cannot be measured", { a: {}, b: { away: true } }, undefined],
  [
    "two",
    {
      a: { timestamp: 5, cpus_user_time_secs: 1, mem_rss_bytes: 10, processes: 1, mem_limit_bytes: 7 },
      b: { timestamp: 4, cpus_user_time_secs: 2, mem_rss_bytes: 30, processes: 2 },
    },
    { timestamp: 5, cpus_user_time_secs: 3, mem_rss_bytes: 40, processes: 3, ...limitsOf(2) },
  ],
  [
    "one that cannot be measured",
    { a: { mem_rss_bytes: 10 }, b: { away: true } },
    { timestamp: 1, mem_rss_bytes: 10, ...limitsOf(2) },
  ],
  [
    "one network",
    { a: { network: "/n", ...net }, b: { network: "/n", ...net } },
    { timestamp: 1, ...net, ...limitsOf(2) },
  ],
  [
    "networks of their own",
    { a: { network: "/m", ...net }, b: { network: "/n", ...net } },
    { timestamp: 1, net_rx_bytes: 20, net_tx_packets: 4, ...limitsOf(2) },
  ],
];

for (const [name, members, expected] of CASES) {
  test(`executorUsage() of a group with ${name}`, async () => {
    assert.deepEqual(await usageOfGroup(members), expected);
  });
}
