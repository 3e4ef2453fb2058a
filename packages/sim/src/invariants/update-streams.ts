// Status updates of one agent: on the disk before they are sent, one at a time, never again once acknowledged.
import type { StatusUpdate } from "@mezzo/wire";
import type { CheckpointRecord } from "../../../cluster/src/agent/checkpoint/record.ts";
import type { RecoveredAgent } from "../../../cluster/src/agent/checkpoint/recovered.ts";
import type { AgentEffect } from "../../../cluster/src/agent/effects.ts";
import type { AgentInput } from "../../../cluster/src/agent/inputs.ts";
import { streamKey } from "../../../cluster/src/agent/updates/stream.ts";
import type { AgentRun } from "../agent/agent-run.ts";
import { violationsOf } from "../trace/violation.ts";

const violate = violationsOf("update-streams");

/** What one machine's agents wrote down, and what the present one knows. */
export class UpdateStreams {
  /** Updates that are to be on the disk before they are sent. */
  readonly #promised = new Set<string>();
  readonly #kept = new Set<string>();
  /** Acknowledgements on the disk: no later process may send these updates. */
  readonly #acknowledged = new Set<string>();
  /** Acknowledgements that the present process has taken. */
  #taken = new Set<string>();
  #run: AgentRun | undefined;

  /** After a step: what it decided to send, what it promised to keep, which acknowledgement it took. */
  stepped(run: AgentRun, input: AgentInput, effects: readonly AgentEffect[]): void {
    if (this.#run !== run) {
      this.#run = run;
      this.#taken = new Set();
    }
    if (input.type === "recovered") this.#recovered(input.agent);
    for (const effect of effects) {
      if (effect.type === "send" && effect.name === "StatusUpdateMessage") {
        this.#checkDecision(run, effect.body.update);
      } else if (effect.type === "checkpoint" && effect.record.kind === "update") {
        this.#promised.add(effect.record.update.uuid ?? "");
      }
    }
    if (input.type !== "message" || input.name !== "StatusUpdateAcknowledgementMessage") return;
    if (run.state.phase !== "RUNNING") return;
    const { framework_id, task_id, uuid } = input.body;
    const stream = run.state.streams.get(streamKey(framework_id.value, task_id.value));
    if (stream === undefined || stream.acknowledged.has(uuid)) this.#taken.add(uuid);
  }

  /** The records are on the disk. */
  saved(records: readonly CheckpointRecord[]): void {
    for (const record of records) {
      if (record.kind === "update") this.#kept.add(record.update.uuid ?? "");
      else if (record.kind === "acknowledgement") this.#acknowledged.add(record.uuid);
    }
  }

  /** A message leaves. */
  sends(run: AgentRun, effect: Extract<AgentEffect, { type: "send" }>): void {
    if (effect.name !== "StatusUpdateMessage") return;
    const { uuid = "", status } = effect.body.update;
    if (this.#promised.has(uuid) && !this.#kept.has(uuid)) {
      const taskId = status.task_id.value;
      violate(`${run.name} sends ${status.state} of task ${taskId} before it is on the disk`, [taskId, uuid]);
    }
  }

  /** A crash may have come after the write and before anybody knew. */
  #recovered(agent: RecoveredAgent | undefined): void {
    const executors = (agent?.frameworks ?? []).flatMap((framework) => framework.executors);
    for (const { updates, acknowledged } of executors.flatMap(({ tasks }) => tasks)) {
      for (const { uuid = "" } of updates) this.#kept.add(uuid);
      for (const uuid of acknowledged) this.#acknowledged.add(uuid);
    }
  }

  #checkDecision(run: AgentRun, { framework_id, status, uuid = "" }: StatusUpdate): void {
    const taskId = status.task_id.value;
    if (this.#taken.has(uuid) || this.#acknowledged.has(uuid)) {
      violate(`${run.name} sends ${status.state} of task ${taskId} again, which was acknowledged`, [
        taskId,
        uuid,
      ]);
    }
    // A stream ends with its framework, also in the step that sends its last update.
    const first = run.state.streams.get(streamKey(framework_id.value, taskId))?.pending[0]?.uuid;
    if (first !== undefined && first !== uuid) {
      violate(`${run.name} sends ${status.state} of task ${taskId} out of order`, [taskId, uuid, first]);
    }
  }
}
