// What an executor's container uses. That of the built-in default executor has no process here: it is its members together,
// as in Mesos the executor's cgroup holds those of its tasks.
import type { ResourceStatistics } from "@mezzo/wire";
import type { Containerizer } from "../containerizer/containerizer.ts";
import type { ExecutorState } from "../state.ts";

/** Amounts that a member without them has no bound for. */
const LIMIT = /_limit(_bytes)?$/;

/** Counted by network, not by container. */
const NETWORK = /^net_/;

/** Undefined when nothing of it can be measured; a containerizer that does not answer is no error. */
export async function executorUsage(
  containerizer: Containerizer,
  { containerId, group }: ExecutorState,
): Promise<ResourceStatistics | undefined> {
  const usageOf = (id: string): Promise<ResourceStatistics | undefined> =>
    containerizer.usage(id).catch(() => undefined);
  if (group === undefined) return usageOf(containerId);
  const members = [...group.runs.keys()];
  const measured = await Promise.all(
    members.map(async (id) => ({
      network: containerizer.networkNamespaceOf?.(id) ?? id,
      statistics: await usageOf(id),
    })),
  );
  return sumOf(
    measured.flatMap(({ network, statistics }) =>
      statistics === undefined ? [] : [{ network, statistics }],
    ),
  );
}

/** Sums counts and amounts; a network that several are in counts once, a limit that one lacks is none of the whole. */
function sumOf(
  members: readonly { network: string; statistics: ResourceStatistics }[],
): ResourceStatistics | undefined {
  if (members.length === 0) return undefined;
  const sums: Record<string, number> = {};
  const networks = new Set<string>();
  for (const { network, statistics } of members) {
    const { timestamp: _, ...amounts } = statistics;
    for (const [name, amount] of Object.entries(amounts)) {
      if (typeof amount !== "number" || (NETWORK.test(name) && networks.has(network))) continue;
      sums[name] = (sums[name] ?? 0) + amount;
    }
    networks.add(network);
  }
  const known = Object.entries(sums).filter(
    ([name]) => !LIMIT.test(name) || members.every(({ statistics }) => name in statistics),
  );
  const timestamp = Math.max(...members.map(({ statistics }) => statistics.timestamp));
  return { timestamp, ...Object.fromEntries(known) };
}
