// Keeps one event stream alive: connects, follows redirects, hands on events in order, notices silence, comes back.
import { RecordDecoder, type Result } from "@mezzo/wire";
import type { Clock, Timer } from "../clock.ts";
import { readText } from "../transport/read-text.ts";
import type { Transport, TransportResponse } from "../transport/transport.ts";
import { backoffMs, type BackoffOptions } from "./backoff.ts";
import { IdleWatch } from "./idle-watch.ts";
import type { Masters } from "./masters.ts";

/** Where a stream is connected to; calls go there too. */
export interface Connection {
  origin: string;
  /** `Mesos-Stream-Id`, where the server gave one. */
  streamId: string | undefined;
}

export interface SubscriptionOptions<Event> {
  masters: Masters;
  path: string;
  backoff: BackoffOptions;
  /** How long the head of an answer may take. */
  connectTimeoutMs: number;
  /** The SUBSCRIBE request, made anew for each attempt. */
  request(): { headers: Record<string, string>; body: Uint8Array };
  decode(record: Uint8Array): Result<Event>;
  /** Handles one event; the next is read when it is done. Throwing ends the subscription. */
  onEvent(event: Event, connection: Connection): void | Promise<void>;
  onDisconnected(reason: string): void;
  /** An attempt has failed, or a stream was lost; the next attempt comes after the delay. */
  onRetry?(reason: string, delayMs: number): void;
}

export interface SubscriptionDependencies {
  transport: Transport;
  clock: Clock;
  /** A number in [0, 1). */
  random: () => number;
}

/** Why a subscription ended for good. */
export type SubscriptionEnd = { kind: "stopped" } | { kind: "refused"; status: number; reason: string };

type AttemptEnd =
  | { kind: "lost"; reason: string; wasConnected: boolean }
  | { kind: "redirected"; location: string | undefined }
  | { kind: "refused"; status: number; reason: string };

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Answers that another attempt may change: no leader, overload, a proxy in between. */
const isTransient = (status: number): boolean => status >= 500 || status === 408 || status === 429;

/** One subscription. `run` resolves when it is over. */
export class Subscription<Event> {
  readonly #options: SubscriptionOptions<Event>;
  readonly #dependencies: SubscriptionDependencies;
  #isStopped = false;
  #onStop: (() => void) | undefined;
  #isLast = false;
  #response: TransportResponse | undefined;
  #wake: (() => void) | undefined;
  #watch: IdleWatch | undefined;

  constructor(options: SubscriptionOptions<Event>, dependencies: SubscriptionDependencies) {
    this.#options = options;
    this.#dependencies = dependencies;
  }

  /** Subscribes, and again whenever the stream is lost. Rejects with what `onEvent` throws. */
  async run(): Promise<SubscriptionEnd> {
    const { masters, backoff } = this.#options;
    let failures = 0;
    while (!this.#isStopped) {
      const end = await this.#attempt();
      if (this.#isStopped || this.#isLast) break;
      if (end.kind === "refused") return end;
      if (end.kind === "redirected") {
        if (masters.follow(end.location)) continue;
      } else if (end.wasConnected) {
        failures = 0;
      }
      const delayMs = backoffMs(failures, this.#dependencies.random(), backoff);
      const reason =
        end.kind === "lost" ? end.reason : `${masters.current} sends its clients elsewhere in circles`;
      this.#options.onRetry?.(reason, delayMs);
      masters.advance();
      await this.#sleep(delayMs);
      failures += 1;
    }
    return { kind: "stopped" };
  }

  /** Calls back when `stop` is called. */
  onStop(listener: () => void): void {
    this.#onStop = listener;
    if (this.#isStopped) listener();
  }

  /** Ends the stream and every further attempt. */
  stop(): void {
    this.#isStopped = true;
    this.#onStop?.();
    this.#response?.close();
    this.#wake?.();
  }

  /** The stream goes on until the server ends it, and is not sought again. */
  letEnd(): void {
    this.#isLast = true;
  }

  /** How long the stream may be silent from now on. */
  expectHeartbeats(limitMs: number): void {
    this.#watch?.limit(limitMs);
  }

  #sleep(delayMs: number): Promise<void> {
    return new Promise((resolve) => {
      const timer: Timer = this.#dependencies.clock.after(delayMs, resolve);
      this.#wake = () => {
        timer.cancel();
        resolve();
      };
    });
  }

  async #connect(origin: string): Promise<TransportResponse> {
    const { clock, transport } = this.#dependencies;
    const { headers, body } = this.#options.request();
    const answer = transport.post({ origin, path: this.#options.path, headers, body, lane: "stream" });
    let timer: Timer | undefined;
    const timeout = new Promise<never>((_, reject) => {
      const late = (): void => reject(new Error(`no answer within ${this.#options.connectTimeoutMs} ms`));
      timer = clock.after(this.#options.connectTimeoutMs, late);
      this.#wake = () => reject(new Error("stopped"));
    });
    try {
      return await Promise.race([answer, timeout]);
    } catch (error) {
      // An answer that comes later than this must not stay open.
      answer.then((response) => response.close()).catch(() => undefined);
      throw error;
    } finally {
      timer?.cancel();
    }
  }

  async #attempt(): Promise<AttemptEnd> {
    const origin = this.#options.masters.current;
    if (origin === "") return { kind: "lost", reason: "no master is known to lead", wasConnected: false };
    let response: TransportResponse;
    try {
      response = await this.#connect(origin);
    } catch (error) {
      return { kind: "lost", reason: `cannot reach ${origin}: ${messageOf(error)}`, wasConnected: false };
    }
    if (response.status !== 200) return await this.#explain(response, origin);
    this.#response = response;
    this.#options.masters.settle();
    const reason = await this.#read(response, { origin, streamId: response.headers["mesos-stream-id"] });
    this.#response = undefined;
    this.#options.onDisconnected(reason);
    return { kind: "lost", reason, wasConnected: true };
  }

  async #explain(response: TransportResponse, origin: string): Promise<AttemptEnd> {
    const { status } = response;
    const text = await readText(response).catch(messageOf);
    if (status === 307) return { kind: "redirected", location: response.headers["location"] };
    if (isTransient(status))
      return { kind: "lost", reason: `${origin}: ${status} ${text}`, wasConnected: false };
    return { kind: "refused", status, reason: text };
  }

  /** Reads until the stream ends; says why it did. */
  async #read(response: TransportResponse, connection: Connection): Promise<string> {
    const decoder = new RecordDecoder();
    let silent = false;
    const watch = new IdleWatch(this.#dependencies.clock, () => {
      silent = true;
      response.close();
    });
    this.#watch = watch;
    const chunks = response.body[Symbol.asyncIterator]();
    try {
      for (;;) {
        watch.rest();
        const next = await chunks.next().catch((error: unknown) => messageOf(error));
        if (typeof next === "string") return silent ? "no heartbeat came" : next;
        if (next.done === true) return silent ? "no heartbeat came" : "the stream ended";
        watch.seen();
        for (const record of decoder.push(next.value)) {
          const event = this.#options.decode(record);
          if (!event.ok) return `an event cannot be read: ${event.error}`;
          const handled = this.#options.onEvent(event.value, connection);
          if (handled !== undefined) await handled;
          if (this.#isStopped) return "stopped";
        }
        if (decoder.error !== undefined) return `the stream cannot be read: ${decoder.error}`;
      }
    } finally {
      watch.stop();
      response.close();
    }
  }
}
