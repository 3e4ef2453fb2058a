// The machine has more to do than it may: revocable work goes (`Slave::_qosCorrections` of Mesos).
import { isRevocable } from "@mezzo/wire";
import { executorResources } from "../api/allocated-resources.ts";
import { destroyExecutor } from "../executor/shut-down-executor.ts";
import { partitionAwareState } from "../task/task-states.ts";
import { note, type Turn } from "../turn.ts";

/** Ends every executor that has revocable resources, at once. */
export function machineOverloaded(turn: Turn): void {
  const { state } = turn;
  if (state.phase === "RECOVERING" || state.phase === "TERMINATING") return;
  for (const framework of state.frameworks.values()) {
    if (framework.phase === "TERMINATING") continue;
    for (const executor of framework.executors.values()) {
      if (executor.phase === "TERMINATING" || executor.phase === "TERMINATED") continue;
      if (!executorResources(executor).some((resource) => isRevocable(resource))) continue;
      const facts = { frameworkId: framework.id, executorId: executor.id };
      note(turn, "info", { message: "Killing an executor as QoS correction", facts });
      executor.phase = "TERMINATING";
      executor.pendingTermination = {
        state: partitionAwareState(framework.info, "TASK_GONE"),
        reason: "REASON_CONTAINER_PREEMPTED",
        message: "Container preempted by QoS correction",
      };
      state.counters.executors_preempted += 1;
      destroyExecutor(turn, executor);
    }
  }
}
