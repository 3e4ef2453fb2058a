// The first input: what an earlier agent process left behind (`Slave::recover` of Mesos).
import { applyCheckpointedResources, formatResources } from "@mezzo/wire";
import type { RecoveredAgent } from "../checkpoint/recovered.ts";
import { removeExecutor } from "../executor/remove-executor.ts";
import { removeFrameworkIfIdle } from "../executor/remove-framework.ts";
import { shutDownExecutor } from "../executor/shut-down-executor.ts";
import { terminateExecutor } from "../executor/terminate-executor.ts";
import { finishChange } from "../operations/change-resources.ts";
import { whyIncompatible } from "../recovery/why-incompatible.ts";
import { isLost, recoverFramework } from "../recovery/recover-framework.ts";
import { finishRecovery } from "../recovery/finish-recovery.ts";
import { finishRecoveryWhenAllBack } from "../recovery/finish-when-all-back.ts";
import { latestAgentPath, metaDirOf } from "../sandbox/paths.ts";
import type { ExecutorState } from "../state.ts";
import type { AgentOptions } from "../options.ts";
import { emit, note, refuse, type Turn } from "../turn.ts";

const FAILURE = 1;

/** Mesos' words for an executor of which no container is left. */
const UNKNOWN_CONTAINER = "Abnormal executor termination: unknown container";

/** Takes over the identity, frameworks, executors and updates of the checkpoints, or starts as a new agent. */
export function recover(turn: Turn, agent: RecoveredAgent | undefined): void {
  const { state } = turn;
  for (const error of agent?.errors ?? []) refuse(turn, "A checkpoint cannot be read", { error });
  state.counters.recovery_errors += agent?.errors.length ?? 0;
  const pending = agent?.pendingResources;
  const resources = agent?.resources ?? [];
  const total = applyCheckpointedResources(state.info.resources ?? [], pending?.resources ?? resources);
  if (!total.ok) {
    const [had, given] = [pending?.resources ?? resources, state.info.resources ?? []].map(formatResources);
    const words = `Checkpointed resources ${had} are incompatible with agent resources ${given}`;
    return stop(turn, `${words}: ${total.error}`);
  }
  state.checkpointedResources = resources;
  if (pending !== undefined) finishChange(turn, pending);
  if (agent?.info?.id === undefined) return finishRecovery(turn);
  state.info = { ...state.info, id: agent.info.id };
  const incompatible = whyIncompatible(state.options.reconfigurationPolicy, agent.info, state.info);
  if (incompatible !== undefined) {
    if (!agent.rebooted) return stop(turn, `${incompatible}\n${adviceAfterChange(state.options)}`);
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
  const { rebooted } = agent;
  for (const framework of agent.frameworks) recoverFramework(turn, framework, { rebooted });
  if (rebooted) note(turn, "warn", { message: "The machine was started anew" });
  const executors = [...state.frameworks.values()].flatMap((framework) => [...framework.executors.values()]);
  const lost = executors.filter((executor) => isLost(executor, { rebooted }));
  const others = executors.filter((one) => !lost.includes(one) && one.phase !== "TERMINATED");
  if (state.options.recover === "cleanup") cleanUp(turn, { lost, others });
  else reconnect(turn, { lost, others });
}

/** What an operator can do about a changed configuration. */
function adviceAfterChange({ workDir, reconfigurationPolicy }: AgentOptions): string {
  const link = latestAgentPath(metaDirOf(workDir));
  const anew = `To start as a new agent, without the executors that still run: rm -f ${link}`;
  if (reconfigurationPolicy === "additive") return anew;
  return `With --reconfiguration_policy=additive it may have more than before and keep its id.\n${anew}`;
}

interface Recovered {
  lost: ExecutorState[];
  others: ExecutorState[];
}

/** Gives executors time to subscribe again; the agent registers when that has passed or all are back. */
function reconnect(turn: Turn, { lost, others }: Recovered): void {
  endLost(turn, lost);
  note(turn, "info", { message: "Waiting for executors", facts: { count: others.length } });
  const delayMs = turn.state.options.executorReregistrationTimeout;
  emit(turn, { type: "setTimer", timer: { name: "executorReregistration" }, delayMs });
  finishRecoveryWhenAllBack(turn);
}

/** An agent that terminates waits for no acknowledgements, so that it is one before anything ends. */
function cleanUp(turn: Turn, { lost, others }: Recovered): void {
  for (const executor of others) shutDownExecutor(turn, executor);
  finishRecovery(turn);
  endLost(turn, lost);
  for (const framework of [...turn.state.frameworks.values()]) {
    for (const executor of [...framework.executors.values()]) {
      if (executor.phase === "TERMINATED") removeExecutor(turn, framework, executor);
    }
    removeFrameworkIfIdle(turn, framework);
  }
}

/** What ran has failed, whatever has its pid now. */
function endLost(turn: Turn, lost: ExecutorState[]): void {
  for (const executor of lost) {
    const framework = turn.state.frameworks.get(executor.frameworkId);
    if (framework === undefined) continue;
    terminateExecutor(turn, framework, { executor, termination: { message: UNKNOWN_CONTAINER } });
  }
}

function stop(turn: Turn, reason: string): void {
  emit(turn, { type: "exit", code: FAILURE, message: `Failed to perform recovery: ${reason}` });
}
