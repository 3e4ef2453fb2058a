// Runs of executors that are over and whose sandboxes may still be there, however much of them has been forgotten: what was
// written stays readable until it is removed. @see Mesos src/slave/slave.cpp Slave::detachFile
import type { RunsPath } from "../sandbox/paths.ts";
import type { AgentState, ExecutorState, FrameworkState } from "../state.ts";

/** One of them. */
export interface EndedRun {
  readonly frameworkId: string;
  readonly executorId: string;
  readonly containerId: string;
  /** Who may read the sandbox depends on its user. */
  readonly user?: string;
}

/** Bounded by what the garbage collection holds: whatever it removes is forgotten here. */
export class EndedRuns {
  /** By framework, then by executor; the newest last. */
  readonly #frameworks = new Map<string, Map<string, EndedRun[]>>();
  readonly #byContainer = new Map<string, EndedRun>();

  add(run: EndedRun): void {
    const executors = this.#frameworks.get(run.frameworkId) ?? new Map<string, EndedRun[]>();
    this.#frameworks.set(run.frameworkId, executors);
    const runs = executors.get(run.executorId) ?? [];
    executors.set(run.executorId, runs);
    runs.push(run);
    this.#byContainer.set(run.containerId, run);
  }

  /** Those of an executor, the newest last. */
  of({ frameworkId, executorId }: { frameworkId: string; executorId: string }): readonly EndedRun[] {
    return this.#frameworks.get(frameworkId)?.get(executorId) ?? [];
  }

  find(containerId: string): EndedRun | undefined {
    return this.#byContainer.get(containerId);
  }

  all(): Iterable<EndedRun> {
    return this.#byContainer.values();
  }

  /** The directory of a framework, of an executor or of one run is gone. */
  forget({ frameworkId, executorId, containerId }: Omit<RunsPath, "agentId">): void {
    const executors = this.#frameworks.get(frameworkId);
    for (const id of executorId === undefined ? [...(executors?.keys() ?? [])] : [executorId]) {
      const left: EndedRun[] = [];
      for (const run of executors?.get(id) ?? []) {
        const isGone = containerId === undefined || run.containerId === containerId;
        if (isGone) this.#byContainer.delete(run.containerId);
        else left.push(run);
      }
      if (left.length > 0) executors?.set(id, left);
      else executors?.delete(id);
    }
    if (executors?.size === 0) this.#frameworks.delete(frameworkId);
  }
}

/** Remembers the run of an executor that is over, or an earlier one of the same executor. */
export function rememberRun(
  { endedRuns }: AgentState,
  framework: FrameworkState,
  { id: executorId, info, containerId }: Pick<ExecutorState, "id" | "info" | "containerId">,
): void {
  const user = info.command?.user ?? framework.info.user;
  endedRuns.add({ frameworkId: framework.id, executorId, containerId, ...(user !== undefined && { user }) });
}
