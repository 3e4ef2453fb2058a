// The agent as a state machine: one input in, effects out. No I/O, no clock, no randomness of its own.
import type { AgentEffect } from "./effects.ts";
import type { AgentInput, AgentMessage } from "./inputs.ts";
import type { AgentState } from "./state.ts";
import { acknowledgeOperationStatus } from "./steps/acknowledge-operation-status.ts";
import { acknowledgeStatusUpdate } from "./steps/acknowledge-status-update.ts";
import { agentRegistered } from "./steps/agent-registered.ts";
import { agentReregistered } from "./steps/agent-reregistered.ts";
import { applyOperation } from "./steps/apply-operation.ts";
import { checkpointResources } from "./steps/checkpoint-resources.ts";
import { containerExited } from "./steps/container-exited.ts";
import { containerLaunchFailed } from "./steps/container-launch-failed.ts";
import { containerLaunched, containerNetworks } from "./steps/container-launched.ts";
import { containerUpdateFailed } from "./steps/container-update-failed.ts";
import { detectMaster } from "./steps/detect-master.ts";
import { directoryRemoved } from "./steps/directory-removed.ts";
import { drainAgent } from "./steps/drain-agent.ts";
import { executorCalled } from "./steps/executor-called.ts";
import { executorDisconnected } from "./steps/executor-disconnected.ts";
import { executorSubscribed } from "./steps/executor-subscribed.ts";
import { frameworkMessage } from "./steps/framework-message.ts";
import { killTask } from "./steps/kill-task.ts";
import { linkBroken } from "./steps/link-broken.ts";
import { machineOverloaded } from "./steps/machine-overloaded.ts";
import { ping } from "./steps/ping.ts";
import { probeCompleted } from "./steps/probe-completed.ts";
import { reconcileOperations } from "./steps/reconcile-operations.ts";
import { recover } from "./steps/recover.ts";
import { runTask } from "./steps/run-task.ts";
import { runTaskGroup } from "./steps/run-task-group.ts";
import { shutDownByMaster, shutDownByOperator } from "./steps/shut-down-agent.ts";
import { shutDownExecutorMessage } from "./steps/shut-down-executor-message.ts";
import { shutDownFrameworkMessage } from "./steps/shut-down-framework-message.ts";
import { timerFired } from "./steps/timer-fired.ts";
import { updateFramework } from "./steps/update-framework.ts";
import type { Turn } from "./turn.ts";

/** Handles one input: changes `state` and returns what is to be done, in order. `now` in ms since 1970. */
export function step(state: AgentState, input: AgentInput, now: number): AgentEffect[] {
  const turn: Turn = { state, now, effects: [] };
  handle(turn, input);
  return turn.effects;
}

function handle(turn: Turn, input: AgentInput): void {
  switch (input.type) {
    case "message":
      return handleMessage(turn, input);
    case "recovered":
      return recover(turn, input.agent);
    case "masterDetected":
      return detectMaster(turn, input.pid);
    case "linkBroken":
      return linkBroken(turn, input.pid);
    case "executorSubscribed":
      return executorSubscribed(turn, input);
    case "executorDisconnected":
      return executorDisconnected(turn, input);
    case "executorCalled":
      return executorCalled(turn, input.call);
    case "containerLaunched":
      return containerLaunched(turn, input);
    case "containerNetworks":
      return containerNetworks(turn, input);
    case "containerUpdateFailed":
      return containerUpdateFailed(turn, input);
    case "containerLaunchFailed":
      return containerLaunchFailed(turn, input);
    case "containerExited":
      return containerExited(turn, input);
    case "probeCompleted":
      return probeCompleted(turn, input);
    case "timer":
      return timerFired(turn, input.timer);
    case "directoryRemoved":
      return directoryRemoved(turn, input.path);
    case "overloaded":
      return machineOverloaded(turn);
    case "shutdown":
      return shutDownByOperator(turn, input);
  }
}

function handleMessage(turn: Turn, message: AgentMessage): void {
  const { from } = message;
  switch (message.name) {
    case "SlaveRegisteredMessage":
      return agentRegistered(turn, from, message.body);
    case "SlaveReregisteredMessage":
      return agentReregistered(turn, from, message.body);
    case "PingSlaveMessage":
      return ping(turn, from, message.body);
    case "RunTaskMessage":
      return runTask(turn, from, message.body);
    case "RunTaskGroupMessage":
      return runTaskGroup(turn, from, message.body);
    case "KillTaskMessage":
      return killTask(turn, from, message.body);
    case "ShutdownExecutorMessage":
      return shutDownExecutorMessage(turn, from, message.body);
    case "ShutdownFrameworkMessage":
      return shutDownFrameworkMessage(turn, from, message.body);
    case "FrameworkToExecutorMessage":
      return frameworkMessage(turn, message.body);
    case "UpdateFrameworkMessage":
      return updateFramework(turn, message.body);
    case "CheckpointResourcesMessage":
      return checkpointResources(turn, from, message.body);
    case "ApplyOperationMessage":
      return applyOperation(turn, from, message.body);
    case "AcknowledgeOperationStatusMessage":
      return acknowledgeOperationStatus(turn, from, message.body);
    case "ReconcileOperationsMessage":
      return reconcileOperations(turn, from, message.body);
    case "StatusUpdateAcknowledgementMessage":
      return acknowledgeStatusUpdate(turn, from, message.body);
    case "DrainSlaveMessage":
      return drainAgent(turn, from, message.body);
    case "ShutdownMessage":
      return shutDownByMaster(turn, from, message.body.message);
  }
}
