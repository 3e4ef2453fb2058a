// What the container around one that is started over the API may use, with all that is in it.
import type { ContainerID } from "@mezzo/wire";
import type { ContainerAmounts } from "../containerizer/containerizer.ts";
import { containerAmounts } from "../executor/container-amounts.ts";
import type { AgentState } from "../state.ts";
import { limitsOf } from "../task/limits-of.ts";
import { containerName } from "./container-name.ts";
import { findKnownContainer, type KnownContainer } from "./known-container.ts";
import type { LaunchedContainer } from "./launched-container.ts";

/** Of the nearest that is bound itself; undefined when none is. */
export function amountsAround(
  parent: ContainerID,
  of: { state: AgentState; launched: ReadonlyMap<string, LaunchedContainer> },
): ContainerAmounts | undefined {
  const launched = of.launched.get(containerName(parent));
  if (launched === undefined) {
    const known = findKnownContainer(of.state, parent);
    return known && amountsOf(of.state, known);
  }
  const { resources, limits, apart } = launched.record;
  if (parent.parent !== undefined && apart !== true) return amountsAround(parent.parent, of);
  return { resources, ...(limits && { limits }) };
}

/** A task of a group may have limits of its own; otherwise it shares those of its executor. */
function amountsOf(state: AgentState, { executor, containerId, isMember }: KnownContainer): ContainerAmounts {
  const run = isMember ? executor.group?.runs.get(containerId) : undefined;
  const task = run && executor.launchedTasks.get(run.taskId);
  if (task?.container?.linux_info?.share_cgroups !== false) return containerAmounts(state.options, executor);
  return { resources: task.resources ?? [], ...(task.limits && { limits: limitsOf(task) }) };
}
