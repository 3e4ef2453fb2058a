// Time to forget agents that have been unreachable or gone for long.
import type { TimeInfo } from "@mezzo/wire";
import type { MasterState } from "../state.ts";
import { fromTimeInfo } from "../time-info.ts";
import type { Turn } from "../turn.ts";

/** The oldest entries that are too many or too old; the map is ordered by time. */
function overdue(
  entries: ReadonlyMap<string, TimeInfo>,
  limits: { maxCount: number; oldestMs: number },
): string[] {
  const surplus = entries.size - limits.maxCount;
  return [...entries]
    .filter(([, time], index) => index < surplus || fromTimeInfo(time) < limits.oldestMs)
    .map(([id]) => id);
}

/** Agents that are coming back, or being marked gone, are left to whatever becomes of that. */
function isMoving({ agents }: MasterState, id: string): boolean {
  return agents.reregistering.has(id) || agents.leaving.has(id);
}

/** Prunes state and registry. @see Mesos src/master/master.cpp Master::doRegistryGc */
export function registryGcTimer(turn: Turn): void {
  const { state } = turn;
  const { registryGcInterval, registryMaxAgentAge, registryMaxAgentCount } = state.options;
  turn.effects.push({
    type: "set-timer",
    key: "registry-gc/",
    delayMs: registryGcInterval,
    input: { timer: "registry-gc" },
  });
  const limits = { maxCount: registryMaxAgentCount, oldestMs: turn.now - registryMaxAgentAge };
  const times = new Map([...state.agents.unreachable].map(([id, agent]) => [id, agent.time]));
  const unreachable = overdue(times, limits).filter((id) => !isMoving(state, id));
  const gone = overdue(state.agents.gone, limits);
  if (unreachable.length === 0 && gone.length === 0) return;
  for (const id of unreachable) {
    for (const [frameworkId, taskIds] of state.agents.unreachable.get(id)?.tasks ?? []) {
      const framework = state.frameworks.registered.get(frameworkId);
      for (const taskId of taskIds) framework?.unreachableTasks.delete(taskId);
    }
    state.agents.unreachable.delete(id);
  }
  for (const id of gone) state.agents.gone.delete(id);
  turn.effects.push({
    type: "persist",
    operations: [{ kind: "prune", unreachable, gone }],
    continuation: { kind: "nothing" },
  });
}
