// How far a task may go beyond what it requests.
import type { ExecutorInfo, TaskInfo } from "@mezzo/wire";
import { scalarOf } from "../containerizer/scalar-of.ts";

/** Amounts by resource name. Infinity is no limit. */
export function limitsOf({ limits = {} }: Pick<TaskInfo, "limits">): Record<string, number> {
  return Object.fromEntries(Object.entries(limits).map(([name, { value }]) => [name, value]));
}

/**
 * The limits of an executor's container, where one of its tasks has some: what they may use, and what the executor asks for
 * itself. Without `--cgroups_enable_cfs` CPUs of tasks without a limit have none. Follows `Slave::computeExecutorLimits` of Mesos.
 */
export function executorLimits(
  { resources = [] }: Pick<ExecutorInfo, "resources">,
  tasks: readonly Pick<TaskInfo, "limits" | "resources">[],
  { enableCfs }: { enableCfs: boolean },
): Record<string, number> | undefined {
  const all = tasks.map((task) => ({ limits: limitsOf(task), resources: task.resources ?? [] }));
  const names = ["cpus", "mem"].filter((name) => {
    const isBound = (one: (typeof all)[number]): boolean =>
      one.limits[name] !== undefined || scalarOf(one.resources, name) === 0;
    return (
      all.some(({ limits }) => limits[name] !== undefined) &&
      (name === "mem" || enableCfs || all.every(isBound))
    );
  });
  const sumOf = (name: string): number =>
    all.reduce(
      (sum, one) => sum + (one.limits[name] ?? scalarOf(one.resources, name)),
      scalarOf(resources, name),
    );
  return names.length === 0 ? undefined : Object.fromEntries(names.map((name) => [name, sumOf(name)]));
}
