// A master's state with everything around it played by a test: inputs in, effects as short lines out.
import assert from "node:assert/strict";
import type { Messages, SchedulerCall, SchedulerEvent } from "@mezzo/wire";
import { createMasterState } from "../create-state.ts";
import type { MasterEffect } from "../effects.ts";
import type { MasterInput, MessageInput, TimerInput } from "../inputs.ts";
import { brokenInvariants } from "../invariants.ts";
import { createMasterInfo } from "../master-info.ts";
import { uuidOf } from "../new-uuid.ts";
import { type MasterOptions, defaultMasterOptions } from "../options.ts";
import type { MasterState } from "../state.ts";
import { step } from "../step.ts";

/** The master's id in tests; short, so that ids read well. */
const MASTER_ID = "m";

/** The n-th UUID that a master on a stage makes. */
export function testUuid(n: number): string {
  return uuidOf(() => n / 256);
}

/** What an effect says, in one line. */
export function describeEffect(effect: MasterEffect): string {
  switch (effect.type) {
    case "send-message":
      return `${effect.name} to ${effect.to}`;
    case "send-event":
      return `${effect.event.type ?? "?"} on ${effect.streamId}${detail(effect.event)}`;
    case "send-operator-event":
      return `${effect.event.type ?? "?"} to operators`;
    case "respond":
      return effect.body === undefined
        ? `answer ${effect.status}`
        : `answer ${effect.status}: ${effect.body}`;
    case "set-timer":
    case "cancel-timer":
      return `${effect.type} ${effect.key}`;
    case "persist":
      return `persist ${effect.operations.map(({ kind }) => kind).join(" ")}`;
    case "link":
      return `link ${effect.pid}`;
    case "open-stream":
    case "close-stream":
      return `${effect.type} ${effect.streamId}`;
    case "log":
      return `log ${effect.message}`;
    case "abort":
      return `abort ${effect.message}`;
  }
}

/** What is worth reading of an event. */
function detail(event: SchedulerEvent): string {
  const { update, offers, error, rescind, failure, update_operation_status } = event;
  if (update_operation_status !== undefined) {
    const { operation_id, state, message } = update_operation_status.status;
    return ` ${[operation_id?.value, state, message].filter((part) => part !== undefined).join(" ")}`;
  }
  if (update !== undefined) {
    const { task_id, state, reason, message } = update.status;
    return [` ${task_id.value} ${state}`, reason, message].filter((part) => part !== undefined).join(" ");
  }
  if (offers !== undefined) return ` ${(offers.offers ?? []).map(({ id }) => id.value).join(" ")}`;
  if (error !== undefined) return ` ${error.message}`;
  if (rescind !== undefined) return ` ${rescind.offer_id.value}`;
  if (failure !== undefined)
    return ` ${failure.agent_id?.value ?? ""} ${failure.executor_id?.value ?? ""}`.trimEnd();
  return "";
}

/** Lines that most tests do not care about. */
const NOISE = /^(log|link|set-timer|cancel-timer|persist|PingSlaveMessage)/;

/** One master, alone on a stage. Writes to its registry are done at once; time passes and offers are made when a test says so. */
export class Stage {
  readonly state: MasterState;
  /** Milliseconds since 1970; tests move it. */
  now = 1_000_000;
  /** Everything the last input caused, noise included. */
  effects: MasterEffect[] = [];
  readonly #timers = new Map<string, { at: number; input: TimerInput }>();
  #streams = 0;
  #uuids = 0;

  constructor(options: Partial<MasterOptions> = {}) {
    const all = { ...defaultMasterOptions, ...options };
    const info = createMasterInfo(all, { id: MASTER_ID, ip: "127.0.0.1", port: 5050 });
    this.state = createMasterState(all, {
      info,
      pid: "master@127.0.0.1:5050",
      now: this.now,
      random: () => 0.5,
      newUuid: () => testUuid(++this.#uuids),
    });
    this.take({ type: "recovered", registry: {} });
  }

  /**
   * Steps, finishes writes, checks the invariants; the effects as lines, without noise. `meanwhile` comes after the input
   * and before its writes are done.
   */
  take(input: MasterInput, ...meanwhile: MasterInput[]): string[] {
    const effects: MasterEffect[] = [];
    const inputs: MasterInput[] = [input, ...meanwhile];
    for (let next = inputs.shift(); next !== undefined; next = inputs.shift()) {
      for (const effect of step(this.state, next, this.now)) {
        effects.push(effect);
        if (effect.type === "persist") inputs.push({ type: "persisted", continuation: effect.continuation });
      }
    }
    this.effects = effects;
    for (const effect of effects) {
      if (effect.type === "set-timer") {
        this.#timers.set(effect.key, { at: this.now + effect.delayMs, input: effect.input });
      } else if (effect.type === "cancel-timer") this.#timers.delete(effect.key);
    }
    assert.deepEqual(brokenInvariants(this.state), []);
    return effects.map((effect) => describeEffect(effect)).filter((line) => !NOISE.test(line));
  }

  /** Lets time pass: timers go off one after the other; the effects of all as lines, without noise. */
  wait(durationMs: number): string[] {
    const end = this.now + durationMs;
    const lines: string[] = [];
    for (;;) {
      const [key, timer] = [...this.#timers].toSorted(([, one], [, other]) => one.at - other.at).at(0) ?? [];
      if (key === undefined || timer === undefined || timer.at > end) break;
      this.#timers.delete(key);
      this.now = Math.max(this.now, timer.at);
      lines.push(...this.take({ type: "timer", ...timer.input }));
    }
    this.now = end;
    return lines;
  }

  /** Takes a libprocess message. */
  message<Name extends MessageInput["name"]>(name: Name, from: string, body: Messages[Name]): string[] {
    return this.take({ type: "message", name, from, body } as MessageInput);
  }

  /** Takes a scheduler call on a stream. */
  call(call: SchedulerCall, streamId?: string): string[] {
    this.#streams += call.type === "SUBSCRIBE" ? 1 : 0;
    return this.take({
      type: "scheduler-call",
      request: 1,
      call,
      ...(streamId === undefined ? {} : { streamId }),
      uuid: `stream${this.#streams}`,
    });
  }

  /** The end of a turn. */
  allocate(): string[] {
    return this.take({ type: "allocate" });
  }

  /** The bodies of the messages of a name that the last input caused. */
  sent<Name extends keyof Messages>(name: Name): Messages[Name][] {
    return this.effects.flatMap((effect) =>
      effect.type === "send-message" && effect.name === name ? [effect.body as Messages[Name]] : [],
    );
  }
}
