// Who the agent is, once a master has said so.
import type { AgentID } from "@mezzo/wire";
import type { ExecutorRunPath } from "./sandbox/paths.ts";
import type { AgentState, ExecutorState } from "./state.ts";

/** The agent's id. Nothing that needs it happens before the first registration; asking earlier is a bug. */
export function agentIdOf(state: AgentState): AgentID {
  if (state.info.id === undefined) throw new Error("Cannot name the agent: it never registered");
  return state.info.id;
}

/** The ids that name an executor's run on disk. */
export function runPathOf(state: AgentState, executor: ExecutorState): ExecutorRunPath {
  return {
    agentId: agentIdOf(state).value,
    frameworkId: executor.frameworkId,
    executorId: executor.id,
    containerId: executor.containerId,
  };
}
