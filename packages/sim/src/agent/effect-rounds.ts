// The rounds of `agent/run/effect-loop.ts` without promises: on the disk first, then the rest in order.
import type { CheckpointRecord } from "../../../cluster/src/agent/checkpoint/record.ts";
import type { AgentEffect } from "../../../cluster/src/agent/effects.ts";
import type { OutwardEffect } from "../../../cluster/src/agent/run/effect-loop.ts";

export interface RoundHandlers {
  save(records: CheckpointRecord[], done: () => void): void;
  perform(effect: OutwardEffect): void;
}

/** Effects of steps that come while a round waits for the disk form the next one. */
export class EffectRounds {
  readonly #handlers: RoundHandlers;
  #waiting: AgentEffect[] = [];
  #running = false;
  #stopped = false;

  constructor(handlers: RoundHandlers) {
    this.#handlers = handlers;
  }

  /** Effects that wait for the disk. */
  get waiting(): number {
    return this.#waiting.length;
  }

  push(effects: readonly AgentEffect[]): void {
    if (this.#stopped || effects.length === 0) return;
    this.#waiting.push(...effects);
    if (!this.#running) this.#run();
  }

  stop(): void {
    this.#stopped = true;
  }

  #run(): void {
    this.#running = true;
    while (this.#waiting.length > 0 && !this.#stopped) {
      const round = this.#waiting;
      this.#waiting = [];
      const records = round.flatMap((effect) => (effect.type === "checkpoint" ? [effect.record] : []));
      if (records.length > 0) {
        this.#handlers.save(records, () => {
          this.#performAll(round);
          this.#run();
        });
        return;
      }
      this.#performAll(round);
    }
    this.#running = false;
  }

  #performAll(round: readonly AgentEffect[]): void {
    for (const effect of round) {
      if (effect.type !== "checkpoint" && !this.#stopped) this.#handlers.perform(effect);
    }
  }
}
