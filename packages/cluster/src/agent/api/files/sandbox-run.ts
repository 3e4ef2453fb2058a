// The runs of executors whose sandboxes can be read: those that go on, and those that are over until they are removed.
import { userOf } from "../../authorization/container-access.ts";
import type { EndedRun } from "../../executor/ended-runs.ts";
import { agentIdOf } from "../../identity.ts";
import { executorRunPath } from "../../sandbox/paths.ts";
import type { AgentState, ExecutorState } from "../../state.ts";

/** One of them. */
export interface SandboxRun extends EndedRun {
  /** The sandbox. */
  directory: string;
}

/** The runs of an executor, the newest last. */
export function runsOf(state: AgentState, of: { frameworkId: string; executorId: string }): SandboxRun[] {
  const over = state.endedRuns.of(of).map((run) => overRun(state, run));
  const current = state.frameworks.get(of.frameworkId)?.executors.get(of.executorId);
  return current ? [...over, currentRun(state, current)] : over;
}

/** The run in a container. */
export function findSandboxRun(state: AgentState, containerId: string): SandboxRun | undefined {
  const over = state.endedRuns.find(containerId);
  if (over !== undefined) return overRun(state, over);
  for (const { executors } of state.frameworks.values()) {
    for (const executor of executors.values()) {
      if (executor.containerId === containerId) return currentRun(state, executor);
    }
  }
  return undefined;
}

/** Every run, the newest of an executor after its others. */
export function allRuns(state: AgentState): SandboxRun[] {
  const current = [...state.frameworks.values()].flatMap(({ executors }) => [...executors.values()]);
  return [
    ...[...state.endedRuns.all()].map((run) => overRun(state, run)),
    ...current.map((executor) => currentRun(state, executor)),
  ];
}

function overRun(state: AgentState, run: EndedRun): SandboxRun {
  const at = { ...run, agentId: agentIdOf(state).value };
  return { ...run, directory: executorRunPath(state.options.workDir, at) };
}

function currentRun(state: AgentState, executor: ExecutorState): SandboxRun {
  const { frameworkId, id: executorId, containerId, directory } = executor;
  const user = userOf(state, executor);
  return { frameworkId, executorId, containerId, directory, ...(user !== undefined && { user }) };
}
