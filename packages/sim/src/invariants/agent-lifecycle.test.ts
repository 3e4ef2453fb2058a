// Whatever is broken in an agent's lifecycle is objected to.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { ExecutorState } from "../../../cluster/src/agent/state.ts";
import type { AgentRun } from "../agent/agent-run.ts";
import { runningCluster } from "../testing/running-cluster.ts";
import { InvariantViolation } from "../trace/violation.ts";
import { AgentLifecycle } from "./agent-lifecycle.ts";

function executorOf(run: AgentRun): ExecutorState {
  for (const framework of run.state.frameworks.values()) {
    for (const executor of framework.executors.values()) if (executor.launchedTasks.size > 0) return executor;
  }
  throw new Error("No executor runs a task");
}

const CASES: readonly { what: string; harm: (run: AgentRun) => void }[] = [
  { what: "an agent that recovers twice", harm: ({ state }) => void (state.phase = "RECOVERING") },
  {
    what: "an agent with another id",
    harm: ({ state }) => void (state.info = { ...state.info, id: { value: "other" } }),
  },
  { what: "an executor that registers again", harm: (run) => void (executorOf(run).phase = "REGISTERING") },
  {
    what: "a task that runs and has ended",
    harm: (run) => {
      const executor = executorOf(run);
      for (const [id, task] of executor.launchedTasks) executor.terminatedTasks.set(id, task);
    },
  },
  {
    what: "a running task in a final state",
    harm: (run) => {
      const executor = executorOf(run);
      for (const [id, task] of executor.launchedTasks) {
        executor.launchedTasks.set(id, { ...task, state: "TASK_FINISHED" });
      }
    },
  },
];

for (const { what, harm } of CASES) {
  test(`check() objects to ${what}`, () => {
    const { agentRun } = runningCluster();
    const lifecycle = new AgentLifecycle();
    const { phase } = agentRun.state;
    // The check follows an agent from its start.
    for (const before of ["RECOVERING", "DISCONNECTED"] as const) {
      agentRun.state.phase = before;
      lifecycle.check(agentRun);
    }
    agentRun.state.phase = phase;
    lifecycle.check(agentRun);
    harm(agentRun);
    assert.throws(
      () => lifecycle.check(agentRun),
      (error) => error instanceof InvariantViolation && error.invariant === "agent-lifecycle",
    );
  });
}
