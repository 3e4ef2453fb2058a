// Performs the effects of steps in the one order that keeps promises: on disk first, then the rest as listed.
//
//   step, step, step → [ all their checkpoints ] → synced → [ sends, launches, timers … in order ]
//        meanwhile: step, step → next round
import type { CheckpointRecord } from "../checkpoint/record.ts";
import type { AgentEffect } from "../effects.ts";

/** An effect that is not a checkpoint. */
export type OutwardEffect = Exclude<AgentEffect, { type: "checkpoint" }>;

export interface EffectHandlers {
  /** Resolves when the records are safe. A rejection is fatal: the agent could no longer keep its word. */
  save(records: CheckpointRecord[]): Promise<void>;
  perform(effect: OutwardEffect): void;
  failed(error: unknown): void;
}

/** Rounds of effects; those of steps that come while a round waits for the disk form the next one. */
export class EffectLoop {
  readonly #handlers: EffectHandlers;
  #waiting: AgentEffect[] = [];
  #running = false;
  #stopped = false;

  constructor(handlers: EffectHandlers) {
    this.#handlers = handlers;
  }

  /** Takes the effects of one step. Without checkpoints before them they are performed at once. */
  push(effects: readonly AgentEffect[]): void {
    if (this.#stopped || effects.length === 0) return;
    for (const effect of effects) this.#waiting.push(effect);
    if (!this.#running) void this.#run();
  }

  /** Performs nothing any more. */
  stop(): void {
    this.#stopped = true;
  }

  async #run(): Promise<void> {
    this.#running = true;
    try {
      while (this.#waiting.length > 0 && !this.#stopped) {
        const round = this.#waiting;
        this.#waiting = [];
        const records = round.flatMap((effect) => (effect.type === "checkpoint" ? [effect.record] : []));
        if (records.length > 0) await this.#handlers.save(records);
        for (const effect of round) {
          if (effect.type !== "checkpoint" && !this.#stopped) this.#handlers.perform(effect);
        }
      }
    } catch (error) {
      this.#stopped = true;
      this.#handlers.failed(error);
    } finally {
      this.#running = false;
    }
  }
}
