// The first input: what an earlier agent process left behind (`Slave::recover` of Mesos).
import { applyCheckpointedResources } from "@mezzo/wire";
import type { RecoveredAgent } from "../checkpoint/recovered.ts";
import { shutDownExecutor } from "../executor/shut-down-executor.ts";
import { finishChange } from "../operations/change-resources.ts";
import { whyIncompatible } from "../recovery/why-incompatible.ts";
import { recoverFramework } from "../recovery/recover-framework.ts";
import { finishRecovery } from "../recovery/finish-recovery.ts";
import { finishRecoveryWhenAllBack } from "../recovery/finish-when-all-back.ts";
import { emit, note, refuse, type Turn } from "../turn.ts";

const FAILURE = 1;

/** Takes over the identity, frameworks, executors and updates of the checkpoints, or starts as a new agent. */
export function recover(turn: Turn, agent: RecoveredAgent | undefined): void {
  const { state } = turn;
  for (const error of agent?.errors ?? []) refuse(turn, "A checkpoint cannot be read", { error });
  state.counters.recovery_errors += agent?.errors.length ?? 0;
  const pending = agent?.pendingResources;
  const resources = agent?.resources ?? [];
  const total = applyCheckpointedResources(state.info.resources ?? [], pending?.resources ?? resources);
  if (!total.ok) return stop(turn, `Checkpointed resources are incompatible: ${total.error}`);
  state.checkpointedResources = resources;
  if (pending !== undefined) finishChange(turn, pending);
  if (agent?.info?.id === undefined) return finishRecovery(turn);
  state.info = { ...state.info, id: agent.info.id };
  const incompatible = whyIncompatible(state.options.reconfigurationPolicy, agent.info, state.info);
  if (incompatible !== undefined) {
    if (!agent.rebooted) return stop(turn, incompatible);
    // Nothing survived the reboot, so nothing is lost by starting as a new agent.
    refuse(turn, "Starting as a new agent: the configuration changed", { reason: incompatible });
    const { id: _, ...unnamed } = state.info;
    state.info = unnamed;
    emit(turn, { type: "checkpoint", record: { kind: "forgetAgent" } });
    return finishRecovery(turn);
  }
  const finished = pending?.operation?.operation;
  for (const operation of [...agent.operations, ...(finished ? [finished] : [])]) {
    state.operations.set(operation.uuid.value, operation);
  }
  if (agent.drainConfig) state.drainConfig = agent.drainConfig;
  for (const framework of agent.frameworks) recoverFramework(turn, framework);
  reconnect(turn);
}

/** Gives executors time to subscribe again; the agent registers when that has passed or all are back. */
function reconnect(turn: Turn): void {
  const { state } = turn;
  const executors = [...state.frameworks.values()].flatMap(({ executors }) => [...executors.values()]);
  if (state.options.recover === "cleanup") {
    for (const executor of executors) shutDownExecutor(turn, executor);
    return finishRecovery(turn);
  }
  note(turn, "info", { message: "Waiting for executors", facts: { count: executors.length } });
  const delayMs = state.options.executorReregistrationTimeout;
  emit(turn, { type: "setTimer", timer: { name: "executorReregistration" }, delayMs });
  finishRecoveryWhenAllBack(turn);
}

function stop(turn: Turn, reason: string): void {
  emit(turn, { type: "exit", code: FAILURE, message: `Failed to perform recovery: ${reason}` });
}
