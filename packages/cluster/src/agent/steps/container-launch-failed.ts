// The container of an executor could not be started (`Slave::executorLaunched` of Mesos).
import { terminateExecutor } from "../executor/terminate-executor.ts";
import type { ContainerLaunchFailed } from "../inputs.ts";
import { findCommand } from "../command/find-command.ts";
import { memberEnded } from "../group/member-ended.ts";
import { findRun } from "../lookup.ts";
import { partitionAwareState } from "../task/task-states.ts";
import { note, type Turn } from "../turn.ts";

/** Its tasks fail with the reason. */
export function containerLaunchFailed(turn: Turn, input: ContainerLaunchFailed): void {
  const member = findCommand(turn.state, input);
  if (member?.command.group && member.executor.group) {
    const { executor, command } = member;
    // Whatever went wrong, it is the group's executor that could not launch it.
    const reason = "REASON_CONTAINER_LAUNCH_FAILED";
    const end = { launchError: `Failed to launch container: ${input.message}`, reason } as const;
    turn.state.counters.container_launch_errors += 1;
    return memberEnded(turn, executor, { group: member.executor.group, command, end });
  }
  const executor = findRun(turn.state, input);
  const framework = turn.state.frameworks.get(input.frameworkId);
  if (executor === undefined || framework === undefined) return;
  turn.state.counters.container_launch_errors += 1;
  const facts = { executorId: executor.id, reason: input.message };
  note(turn, "error", { message: "A container failed to start", facts });
  // What the agent itself decided meanwhile (a registration timeout, say) is the better explanation.
  executor.pendingTermination ??= input.withoutSandbox
    ? {
        state: partitionAwareState(framework.info, "TASK_DROPPED"),
        reason: "REASON_EXECUTOR_TERMINATED",
        message: input.message,
      }
    : {
        state: "TASK_FAILED",
        reason: input.reason,
        message: `Failed to launch container: ${input.message}`,
      };
  terminateExecutor(turn, framework, { executor, termination: {} });
}
