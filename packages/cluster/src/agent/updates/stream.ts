// The queue of one task's updates: sent one at a time, in order, again and again until acknowledged
// (`src/slave/task_status_update_manager.cpp`).
//
//   update ──checkpoint──→ pending ──first in line──→ sent ⟲ 10 s, 20 s, … 10 min
//                                                      └─ acknowledged ──checkpoint──→ next in line, or the stream ends
import type { StatusUpdate } from "@mezzo/wire";
import type { AgentState, ExecutorState, UpdateStream } from "../state.ts";
import { runPathOf } from "../identity.ts";
import { isTerminalState } from "../task/task-states.ts";
import { emit, type Turn } from "../turn.ts";
import { forwardUpdate } from "./forward-update.ts";

/** The pause before an update is sent for the second time: `STATUS_UPDATE_RETRY_INTERVAL_MIN`. */
export const UPDATE_RETRY_MIN_MS = 10_000;

/** No pause is longer: `STATUS_UPDATE_RETRY_INTERVAL_MAX`. */
export const UPDATE_RETRY_MAX_MS = 600_000;

/** The key of a task's stream in `AgentState.streams`. */
export const streamKey = (frameworkId: string, taskId: string): string => `${frameworkId}\0${taskId}`;

/** Adds an update unless it was seen before; the first in line is sent at once. `executor` when it is checkpointed. */
export function enqueueUpdate(turn: Turn, update: StatusUpdate, executor?: ExecutorState): void {
  const stream = streamOf(turn.state, update, executor);
  const uuid = update.uuid ?? "";
  if (stream.received.has(uuid)) return;
  if (executor?.checkpoint) {
    const at = { ...runPathOf(turn.state, executor), taskId: stream.taskId };
    emit(turn, { type: "checkpoint", record: { kind: "update", at, update } });
  }
  stream.received.add(uuid);
  stream.pending.push(update);
  if (stream.pending.length === 1) sendFirst(turn, stream);
}

/**
 * Takes an acknowledgement. Returns "ignored" when it is not for the update in line, else whether more is to come.
 */
export function acknowledgeUpdate(
  turn: Turn,
  stream: UpdateStream,
  of: { uuid: string; executor: ExecutorState | undefined },
): "ignored" | "more" | "ended" {
  const first = stream.pending[0];
  if (first === undefined || first.uuid !== of.uuid || stream.acknowledged.has(of.uuid)) return "ignored";
  if (of.executor?.checkpoint && of.executor.containerId === stream.containerId) {
    const at = { ...runPathOf(turn.state, of.executor), taskId: stream.taskId };
    emit(turn, { type: "checkpoint", record: { kind: "acknowledgement", at, uuid: of.uuid } });
  }
  stream.acknowledged.add(of.uuid);
  stream.pending.shift();
  stream.terminated = isTerminalState(first.status.state);
  if (stream.terminated) {
    removeStream(turn, stream);
    return "ended";
  }
  if (stream.pending.length > 0) sendFirst(turn, stream);
  else cancelRetry(turn, stream);
  return "more";
}

/** Sends the update in line now and starts its retries anew; nothing happens while no master is there. */
export function sendFirst(turn: Turn, stream: UpdateStream): void {
  stream.retryMs = UPDATE_RETRY_MIN_MS;
  sendAgain(turn, stream);
}

/** Sends the update in line and sets the timer for the next time. */
export function sendAgain(turn: Turn, stream: UpdateStream): void {
  const update = stream.pending[0];
  if (update === undefined || turn.state.phase !== "RUNNING") return;
  forwardUpdate(turn, update);
  const timer = { name: "updateRetry", frameworkId: stream.frameworkId, taskId: stream.taskId } as const;
  emit(turn, { type: "setTimer", timer, delayMs: stream.retryMs });
}

/** Forgets a stream and its retries. */
export function removeStream(turn: Turn, stream: UpdateStream): void {
  turn.state.streams.delete(streamKey(stream.frameworkId, stream.taskId));
  cancelRetry(turn, stream);
}

function cancelRetry(turn: Turn, stream: UpdateStream): void {
  const timer = { name: "updateRetry", frameworkId: stream.frameworkId, taskId: stream.taskId } as const;
  emit(turn, { type: "cancelTimer", timer });
}

function streamOf(state: AgentState, update: StatusUpdate, executor?: ExecutorState): UpdateStream {
  const frameworkId = update.framework_id.value;
  const taskId = update.status.task_id.value;
  const key = streamKey(frameworkId, taskId);
  const known = state.streams.get(key);
  if (known !== undefined) return known;
  const stream: UpdateStream = {
    frameworkId,
    taskId,
    executorId: update.executor_id?.value ?? executor?.id ?? "",
    ...(executor?.checkpoint && { containerId: executor.containerId }),
    pending: [],
    received: new Set(),
    acknowledged: new Set(),
    terminated: false,
    retryMs: UPDATE_RETRY_MIN_MS,
  };
  state.streams.set(key, stream);
  return stream;
}
