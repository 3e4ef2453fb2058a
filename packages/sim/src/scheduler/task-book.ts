// A scheduler's tasks, and what it may hear of them: order, repetition and ends are checked here, where they count.
import type { TaskStatus } from "@mezzo/wire";
import { violationsOf } from "../trace/violation.ts";
import { type HeardStatus, type TaskRecord, isObservedEnd, isSettled, rankOf } from "./task-record.ts";

const violate = violationsOf("scheduler-updates");

/** The agent was asked and has no such task; one that it may still get is not asked about. */
function isDenial({ reason }: HeardStatus): boolean {
  return reason === "REASON_RECONCILIATION";
}

/** All tasks of one scheduler, those of earlier lives of its framework too. */
export class TaskBook {
  readonly tasks = new Map<string, TaskRecord>();
  /** Tasks of frameworks with checkpointing lose no update. */
  readonly #checkpoint: boolean;

  constructor({ checkpoint }: { checkpoint: boolean }) {
    this.#checkpoint = checkpoint;
  }

  add(record: TaskRecord): void {
    this.tasks.set(record.id, record);
  }

  /** Takes an update; throws when it may not come, or not now. */
  hear(status: TaskStatus): TaskRecord {
    const record = this.tasks.get(status.task_id.value);
    if (record === undefined) {
      return violate(`An update of task ${status.task_id.value}, which was never launched`, [
        status.task_id.value,
      ]);
    }
    const heard: HeardStatus = {
      state: status.state,
      ...(status.source !== undefined && { source: status.source }),
      ...(status.reason !== undefined && { reason: status.reason }),
      ...(status.uuid !== undefined && { uuid: status.uuid }),
    };
    if (heard.uuid === undefined) this.#hearFromMaster(record, heard);
    else this.#hearFromAgent(record, heard, heard.uuid);
    return record;
  }

  /** Tasks of which the scheduler does not know the end. */
  unsettled(): TaskRecord[] {
    return [...this.tasks.values()].filter((record) => !isSettled(record));
  }

  /** The framework was removed. */
  abandonAll(): void {
    for (const record of this.tasks.values()) record.abandoned = true;
  }

  #hearFromMaster(record: TaskRecord, heard: HeardStatus): void {
    if (record.final !== undefined) {
      if (rankOf(heard.state) < 4) {
        violate(`The master says ${heard.state} of task ${record.id}, which ended as ${record.final.state}`, [
          record.id,
        ]);
      }
      return;
    }
    record.latest = heard;
    if (heard.state === "TASK_ERROR") record.final = heard;
  }

  #hearFromAgent(record: TaskRecord, heard: HeardStatus, uuid: string): void {
    if (record.seen.includes(uuid)) return;
    const { final, latest } = record;
    if (latest?.uuid !== undefined && isDenial(latest) && !isDenial(heard)) {
      violate(`The agent said that it does not know task ${record.id}, then ${heard.state}`, [record.id]);
    }
    const observed = isObservedEnd(heard.state);
    if (final !== undefined && (observed || rankOf(heard.state) < 4)) {
      violate(`Task ${record.id} ended as ${final.state} and then became ${heard.state}`, [record.id]);
    }
    const before = record.seen.at(-1);
    // What an agent says of a task that it does not know is not written down: after a crash it says it anew.
    const kept = this.#checkpoint && (observed || rankOf(heard.state) < 4);
    if (kept && before !== undefined && !record.acknowledged.has(before)) {
      violate(`Task ${record.id}: ${heard.state} came before the update in front was acknowledged`, [
        record.id,
      ]);
    }
    const backwards = latest?.uuid !== undefined && rankOf(heard.state) < rankOf(latest.state);
    // What nobody knew better may turn out to run after all.
    if (backwards && (rankOf(latest.state) < 4 || isObservedEnd(latest.state))) {
      violate(`Task ${record.id} went from ${latest.state} back to ${heard.state}`, [record.id]);
    }
    record.seen.push(uuid);
    record.latest = heard;
    if (observed) record.final = heard;
  }
}
