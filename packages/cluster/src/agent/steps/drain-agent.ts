// The master wants the agent emptied (`Slave::drain` of Mesos).
import type { DrainConfig, DrainSlaveMessage, KillPolicy } from "@mezzo/wire";
import { finishDrainIfDone } from "../drain/finish-drain.ts";
import { agentIdOf } from "../identity.ts";
import { killTaskOf } from "../kill/kill-task-of.ts";
import { emit, note, refuse, type Turn } from "../turn.ts";

/** Kills every task, none with a longer grace period than the drain allows; new ones are dropped meanwhile. */
export function drainAgent(turn: Turn, from: string, message: DrainSlaveMessage): void {
  if (turn.state.master !== from) {
    return refuse(turn, "Ignoring a drain: not from the expected master", { from });
  }
  startDrain(turn, message.config);
}

/** Starts the drain or starts it again after a restart. */
export function startDrain(turn: Turn, config: DrainConfig): void {
  const { state } = turn;
  if (state.frameworks.size + state.operations.size === 0) {
    note(turn, "info", { message: "Nothing to drain" });
    // An earlier process may have died just before it was done.
    return finishDrainIfDone(turn);
  }
  const agentId = agentIdOf(state).value;
  emit(turn, { type: "checkpoint", record: { kind: "drainConfig", agentId, config } });
  state.drainConfig = config;
  state.drainStartedAt = turn.now;
  for (const framework of state.frameworks.values()) {
    for (const executor of framework.executors.values()) {
      for (const task of [...executor.launchedTasks.values(), ...executor.queuedTasks.values()]) {
        const policy = drainPolicy(config, task.kill_policy);
        killTaskOf(turn, executor, { taskId: task.task_id.value, policy });
      }
    }
  }
}

/** The drain's grace period where the task's own is longer or missing. */
function drainPolicy(config: DrainConfig, own: KillPolicy | undefined): KillPolicy | undefined {
  const limit = config.max_grace_period;
  if (limit === undefined) return undefined;
  const grace = own?.grace_period;
  return grace === undefined || limit.nanoseconds < grace.nanoseconds ? { grace_period: limit } : undefined;
}
