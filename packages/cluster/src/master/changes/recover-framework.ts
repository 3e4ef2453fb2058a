// A framework that is known from agents, or from a scheduler that comes back to a new master.
import type { FrameworkInfo } from "@mezzo/wire";
import type { Framework } from "../framework.ts";
import { sendFrameworkEvent } from "../send/send-operator-event.ts";
import type { Turn } from "../turn.ts";
import { addFramework } from "./add-framework.ts";
import { addTaskToFramework } from "./add-task.ts";
import { adoptOperations } from "./adopt-operations.ts";
import { adoptExecutors } from "./executors.ts";
import { NO_TERMS } from "./framework-terms.ts";

/** Lists the framework as `recovered`, with what registered agents run for it. `info.id` is set. */
export function recoverFramework(turn: Turn, info: FrameworkInfo, id: string): Framework {
  const { state } = turn;
  const framework = addFramework(turn, { info, id, terms: NO_TERMS });
  sendFrameworkEvent(turn, framework, "FRAMEWORK_ADDED");
  for (const agent of state.agents.registered.values()) {
    for (const task of agent.tasks.get(id)?.values() ?? []) addTaskToFramework(turn, framework, task);
    adoptExecutors(state, framework, agent);
    adoptOperations(state, framework, agent);
  }
  return framework;
}
