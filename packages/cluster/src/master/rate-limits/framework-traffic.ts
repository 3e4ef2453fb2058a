// Messages of registered drivers: counted by principal, and held back or dropped when `--rate_limits` says so. Frameworks that
// speak HTTP are not limited, as in Mesos. @see Mesos docs/framework-rate-limiting.md
import type { RateLimits } from "@mezzo/wire";
import type { Clock } from "../../core/clock.ts";
import type { MetricEntry } from "../api/metrics/metric-entry.ts";
import type { MasterState } from "../state.ts";
import { RateLimiter } from "./rate-limiter.ts";

/** Where the flag sets no capacity, Mesos keeps what memory holds. */
const MAX_WAITING = 100_000;

interface Lane {
  readonly limiter: RateLimiter;
  /** How many messages may wait. */
  readonly capacity: number;
  /** Messages that wait; broken links wait beside them and do not count. */
  messages: number;
}

interface Counts {
  received: number;
  processed: number;
}

/** A driver that is registered, by its framework's principal. */
interface Sender {
  principal: string | undefined;
}

/** Every limit has its lane; who shares one waits for each other. */
export class FrameworkTraffic {
  /** By principal; undefined is a principal without a limit. */
  readonly #lanes = new Map<string, Lane | undefined>();
  /** That of all who have no limit of their own. */
  readonly #others: Lane | undefined;
  readonly #counts = new Map<string, Counts>();
  readonly #state: () => MasterState;

  constructor(limits: RateLimits, { clock, state }: { clock: Clock; state: () => MasterState }) {
    this.#state = state;
    const lane = (qps: number | undefined, capacity = MAX_WAITING): Lane | undefined =>
      qps === undefined ? undefined : { limiter: new RateLimiter(qps, clock), capacity, messages: 0 };
    for (const { principal, qps, capacity } of limits.limits ?? []) {
      this.#lanes.set(principal, lane(qps, capacity));
    }
    this.#others = lane(limits.aggregate_default_qps, limits.aggregate_default_capacity);
  }

  #senderAt(pid: string): Sender | undefined {
    const { frameworks } = this.#state();
    const framework = frameworks.registered.get(frameworks.byPid.get(pid) ?? "");
    return framework && { principal: framework.info.principal };
  }

  #laneOf({ principal }: Sender): Lane | undefined {
    if (principal !== undefined && this.#lanes.has(principal)) return this.#lanes.get(principal);
    return this.#others;
  }

  #countsOf({ principal }: Sender): Counts | undefined {
    if (principal === undefined) return undefined;
    const counts = this.#counts.get(principal) ?? { received: 0, processed: 0 };
    this.#counts.set(principal, counts);
    return counts;
  }

  /** Delivers a message now or in its turn; returns why it is dropped when too many wait already, in Mesos' words. */
  take(from: string, name: string, deliver: () => void): string | undefined {
    const sender = this.#senderAt(from);
    if (sender === undefined) {
      deliver();
      return undefined;
    }
    const counts = this.#countsOf(sender);
    if (counts !== undefined) counts.received++;
    const process = (): void => {
      deliver();
      if (counts !== undefined) counts.processed++;
    };
    const lane = this.#laneOf(sender);
    if (lane === undefined) {
      process();
      return undefined;
    }
    if (lane.messages >= lane.capacity) {
      return `Message ${name} dropped: capacity(${lane.capacity}) exceeded`;
    }
    lane.messages++;
    lane.limiter.take(() => {
      lane.messages--;
      process();
    });
    return undefined;
  }

  /** Tells of a broken link after the messages that came before it. */
  exited(pid: string, tell: () => void): void {
    const sender = this.#senderAt(pid);
    const lane = sender && this.#laneOf(sender);
    if (lane === undefined) tell();
    else lane.limiter.take(tell);
  }

  /** Forgets what waits. */
  close(): void {
    for (const lane of [...this.#lanes.values(), this.#others]) lane?.limiter.close();
  }

  /** `frameworks/<principal>/messages_received` and `…_processed`, for the principals of frameworks that are registered. */
  *metrics(): Iterable<MetricEntry> {
    const principals = new Set<string>();
    for (const { info } of this.#state().frameworks.registered.values()) {
      if (info.principal !== undefined) principals.add(info.principal);
    }
    for (const principal of this.#counts.keys()) {
      if (!principals.has(principal)) this.#counts.delete(principal);
    }
    for (const principal of principals) {
      const { received, processed } = this.#counts.get(principal) ?? { received: 0, processed: 0 };
      yield [`frameworks/${principal}/messages_received`, received];
      yield [`frameworks/${principal}/messages_processed`, processed];
    }
  }
}
