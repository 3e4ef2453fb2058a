// An agent and its executors only move forward, every task is in one place, and what they remember is bounded.
import {
  type AgentPhase,
  type AgentState,
  type ExecutorPhase,
  type ExecutorState,
  MAX_COMPLETED_FRAMEWORKS,
  MAX_COMPLETED_TASKS_PER_EXECUTOR,
} from "../../../cluster/src/agent/state.ts";
import { isTerminalState } from "../../../cluster/src/agent/task/task-states.ts";
import type { AgentRun } from "../agent/agent-run.ts";
import { violationsOf } from "../trace/violation.ts";

const violate = violationsOf("agent-lifecycle");

const NEXT_PHASES: Record<AgentPhase, readonly AgentPhase[]> = {
  RECOVERING: ["RECOVERING", "DISCONNECTED", "TERMINATING"],
  DISCONNECTED: ["DISCONNECTED", "RUNNING", "TERMINATING"],
  RUNNING: ["RUNNING", "DISCONNECTED", "TERMINATING"],
  TERMINATING: ["TERMINATING"],
};

const EXECUTOR_ORDER: readonly ExecutorPhase[] = ["REGISTERING", "RUNNING", "TERMINATING", "TERMINATED"];

/** Updates of one task that wait for acknowledgement: its states, and answers to repeated kills. */
const MAX_PENDING_UPDATES = 100;

/** Follows one machine's agent processes. */
export class AgentLifecycle {
  #run: AgentRun | undefined;
  #phase: AgentPhase = "RECOVERING";
  #agentId: string | undefined;
  readonly #executors = new WeakMap<ExecutorState, ExecutorPhase>();

  /** After a step. */
  check(run: AgentRun): void {
    const { state } = run;
    if (this.#run !== run) {
      this.#run = run;
      this.#phase = "RECOVERING";
      this.#agentId = undefined;
    }
    if (!NEXT_PHASES[this.#phase].includes(state.phase)) {
      violate(`${run.name} went from ${this.#phase} to ${state.phase}`, [run.name]);
    }
    this.#phase = state.phase;
    const id = state.info.id?.value;
    if (this.#agentId !== undefined && this.#agentId !== id) {
      violate(`${run.name} was ${this.#agentId} and became ${id}`, [run.name, this.#agentId]);
    }
    this.#agentId = id;
    for (const framework of state.frameworks.values()) {
      for (const executor of framework.executors.values()) this.#checkExecutor(run, executor);
    }
  }

  #checkExecutor(run: AgentRun, executor: ExecutorState): void {
    const before = this.#executors.get(executor);
    if (before !== undefined && EXECUTOR_ORDER.indexOf(executor.phase) < EXECUTOR_ORDER.indexOf(before)) {
      violate(`Executor ${executor.id} on ${run.name} went from ${before} back to ${executor.phase}`, [
        executor.id,
      ]);
    }
    this.#executors.set(executor, executor.phase);
    const places = [executor.queuedTasks, executor.launchedTasks, executor.terminatedTasks];
    const seen = new Set<string>();
    for (const taskId of places.flatMap((place) => [...place.keys()])) {
      if (seen.has(taskId)) violate(`Task ${taskId} is twice with executor ${executor.id}`, [taskId]);
      seen.add(taskId);
    }
    for (const [taskId, task] of executor.launchedTasks) {
      if (isTerminalState(task.state))
        violate(`Task ${taskId} ended and is still running on ${run.name}`, [taskId]);
    }
  }
}

/** Checks sizes. */
export function checkAgentBounds(name: string, state: AgentState): void {
  const atMost = (what: string, size: number, limit: number): void => {
    if (size > limit) violate(`${name}: ${size} ${what}, at most ${limit} are allowed`, [name]);
  };
  atMost("completed frameworks", state.completedFrameworks.length, MAX_COMPLETED_FRAMEWORKS);
  for (const framework of [...state.frameworks.values(), ...state.completedFrameworks]) {
    atMost(
      "completed executors",
      framework.completedExecutors.length,
      state.options.maxCompletedExecutorsPerFramework,
    );
    for (const executor of [...framework.executors.values(), ...framework.completedExecutors]) {
      atMost("completed tasks", executor.completedTasks.length, MAX_COMPLETED_TASKS_PER_EXECUTOR);
    }
  }
  for (const stream of state.streams.values()) {
    atMost(`updates of task ${stream.taskId} in line`, stream.pending.length, MAX_PENDING_UPDATES);
  }
}
