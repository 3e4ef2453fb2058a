// What an agent runs fits into what it has: whatever the master believed, no resource is in use twice.
import {
  type Resource,
  containsResources,
  formatResources,
  subtractResources,
  unallocateResources,
} from "@mezzo/wire";
import { totalResources } from "../../../cluster/src/agent/operations/total-resources.ts";
import type { AgentState } from "../../../cluster/src/agent/state.ts";
import { violationsOf } from "../trace/violation.ts";

const violate = violationsOf("agent-capacity");

/** Executors that are not over, and their tasks. The agent's own overhead for a command task counts for nobody. */
function* users(
  state: AgentState,
  isRegistered: (frameworkId: string) => boolean,
): Iterable<{ id: string; resources: readonly Resource[] }> {
  for (const framework of state.frameworks.values()) {
    // What a removed framework holds is given out at once, as in Mesos, while its executors have time to end.
    if (framework.phase === "TERMINATING" || !isRegistered(framework.id)) continue;
    for (const executor of framework.executors.values()) {
      if (executor.phase === "TERMINATED") continue;
      const { id, generated, info } = executor;
      if (!generated) yield { id, resources: info.resources ?? [] };
      for (const tasks of [executor.queuedTasks, executor.launchedTasks]) {
        for (const [taskId, { resources = [] }] of tasks) yield { id: taskId, resources };
      }
    }
  }
}

/** Checks one agent; `isRegistered` tells whether the master has a framework. */
export function checkAgentCapacity(
  name: string,
  state: AgentState,
  isRegistered: (frameworkId: string) => boolean,
): void {
  let left: readonly Resource[] = totalResources(state);
  for (const { id, resources } of users(state, isRegistered)) {
    const used = unallocateResources(resources);
    if (!containsResources(left, used)) {
      violate(`${name}: ${id} uses ${formatResources(used)}, but only ${formatResources(left)} is left`, [
        id,
        state.info.id?.value ?? name,
      ]);
    }
    left = subtractResources(left, used);
  }
}
