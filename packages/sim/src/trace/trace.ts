// Everything that happened, in order: its digest tells whether two runs were the same, its end explains a failure.
import { createHash, type Hash } from "node:crypto";
import type { MessageName } from "@mezzo/wire";
import type { SimClock } from "../time/sim-clock.ts";
import { describeEntry } from "./describe-entry.ts";

/** One input of one actor, or one fault. */
export interface TraceEntry {
  /** Milliseconds since the simulation began. */
  readonly atMs: number;
  /** Who got it: `master`, `agent 7`, `framework 2`, `faults`. */
  readonly actor: string;
  readonly what: string;
  /** The message that it brought, as it came over the wire. */
  readonly message?: { readonly name: MessageName; readonly bytes: Uint8Array };
  readonly text?: string;
}

/** How many entries are kept for the report: enough to see how an entity got where it is. */
const MAX_RECENT = 200_000;

/** Texts are hashed in pieces of about this many characters. */
const HASH_CHUNK = 16 * 1024;

/** Takes entries; `sink` gets each as a line. */
export class Trace {
  readonly #clock: SimClock;
  readonly #sink: ((line: string) => void) | undefined;
  readonly #hash: Hash = createHash("sha256");
  #pending = "";
  #recent: TraceEntry[] = [];
  /** Entries so far. */
  length = 0;

  constructor(clock: SimClock, sink?: (line: string) => void) {
    this.#clock = clock;
    this.#sink = sink;
  }

  /** Notes what happens now. */
  record(actor: string, what: string, detail: { message?: TraceEntry["message"]; text?: string } = {}): void {
    const { message, text } = detail;
    const entry: TraceEntry = {
      atMs: this.#clock.elapsedMs,
      actor,
      what,
      ...(message !== undefined && { message }),
      ...(text !== undefined && { text }),
    };
    this.length += 1;
    this.#pending += `${this.#clock.nowUs} ${actor} ${what} ${text ?? ""}\n`;
    if (message !== undefined) {
      this.#flush();
      this.#hash.update(message.bytes);
    } else if (this.#pending.length > HASH_CHUNK) this.#flush();
    this.#recent.push(entry);
    if (this.#recent.length >= MAX_RECENT * 2) this.#recent = this.#recent.slice(-MAX_RECENT);
    this.#sink?.(describeEntry(entry));
  }

  /** Ends the trace; hex of SHA-256. */
  digest(): string {
    this.#flush();
    return this.#hash.digest("hex");
  }

  /** The last `count` entries in which one of the ids occurs, oldest first; without ids the last ones of all. */
  recent(ids: readonly string[], count: number): string[] {
    const found: string[] = [];
    for (let index = this.#recent.length - 1; index >= 0 && found.length < count; index--) {
      const line = describeEntry(this.#recent[index]!);
      if (ids.length === 0 || ids.some((id) => line.includes(id))) found.push(line);
    }
    return found.toReversed();
  }

  #flush(): void {
    if (this.#pending === "") return;
    this.#hash.update(this.#pending);
    this.#pending = "";
  }
}
