// What an executor's container uses. That of the built-in default executor has no process here: it is its members together,
// as in Mesos the executor's cgroup holds those of its tasks.
import type { ResourceStatistics } from "@mezzo/wire";
import type { Containerizer } from "../containerizer/containerizer.ts";
import { limitFigures } from "../containerizer/limit-figures.ts";
import { containerAmounts } from "../executor/container-amounts.ts";
import type { AgentOptions } from "../options.ts";
import type { ExecutorState } from "../state.ts";

/** Members' own are no more than parts of the whole's. */
const LIMIT = /_limit(_bytes)?$/;

/** Counted by network, not by container. */
const NETWORK = /^net_/;

/** Undefined when nothing of it can be measured; a containerizer that does not answer is no error. */
export async function executorUsage(
  containerizer: Containerizer,
  executor: ExecutorState,
  options: Pick<AgentOptions, "cgroupsEnableCfs">,
): Promise<ResourceStatistics | undefined> {
  const { containerId, group } = executor;
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
  const sum = sumOf(
    measured.flatMap(({ network, statistics }) =>
      statistics === undefined ? [] : [{ network, statistics }],
    ),
  );
  const amounts = containerAmounts(options, executor);
  return sum && { ...sum, ...limitFigures(amounts, { enableCfs: options.cgroupsEnableCfs }) };
}

/** Sums counts and amounts; a network that several are in counts once. */
function sumOf(
  members: readonly { network: string; statistics: ResourceStatistics }[],
): ResourceStatistics | undefined {
  if (members.length === 0) return undefined;
  const sums: Record<string, number> = {};
  const networks = new Set<string>();
  for (const { network, statistics } of members) {
    const { timestamp: _, ...amounts } = statistics;
    for (const [name, amount] of Object.entries(amounts)) {
      if (typeof amount !== "number" || LIMIT.test(name) || (NETWORK.test(name) && networks.has(network)))
        continue;
      sums[name] = (sums[name] ?? 0) + amount;
    }
    networks.add(network);
  }
  const timestamp = Math.max(...members.map(({ statistics }) => statistics.timestamp));
  return { timestamp, ...sums };
}
