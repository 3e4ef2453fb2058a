// The masters that stand for election in etcd: keys `<path>/election/<lease>` with a MasterInfo, the oldest leads. It is
// the layout of etcd's own elections, so that `etcdctl elect --listen <path>/election` shows who leads.
import { JSON_MEDIA_TYPE, type MasterInfo, decode, encode } from "@mezzo/wire";
import type { Clock, Timer } from "../../clock.ts";
import { type EtcdRecord, listRecords, watchRecords } from "./etcd-api.ts";
import type { EtcdClient } from "./etcd-client.ts";

/** What the keys of all candidates begin with. */
export function candidatesBelow(path: string): string {
  return `${path}/election/`;
}

export function writeCandidate(info: MasterInfo): Buffer {
  return Buffer.from(encode("MasterInfo", info, JSON_MEDIA_TYPE));
}

/** Throws for what is no master. */
export function readCandidate({ key, value }: EtcdRecord): MasterInfo {
  const info = decode("MasterInfo", value, JSON_MEDIA_TYPE);
  if (!info.ok) throw new Error(`Cannot read the master in etcd's ${key}: ${info.error}`);
  return info.value;
}

export interface CandidatesListener {
  /** Who stands, the oldest first. Also called when nothing has changed. */
  seen(candidates: readonly EtcdRecord[]): void;
  /** A look failed; another one follows. */
  failed(error: unknown): void;
}

/** Before a look that failed is repeated, milliseconds. */
const RETRY_MS = 500;

/** Looks who stands, whenever that changes and at least every `everyMs`: a connection may be dead without saying so. */
export class CandidatesWatch {
  readonly #client: EtcdClient;
  readonly #prefix: string;
  readonly #everyMs: number;
  readonly #clock: Clock;
  readonly #listener: CandidatesListener;
  #stream: { member: string; close(): void } | undefined;
  #timer: Timer | undefined;
  #isLooking = false;
  #hasChanged = false;
  #closed = false;

  constructor(
    { client, path, everyMs }: { client: EtcdClient; path: string; everyMs: number },
    { clock, listener }: { clock: Clock; listener: CandidatesListener },
  ) {
    this.#client = client;
    this.#prefix = candidatesBelow(path);
    this.#everyMs = everyMs;
    this.#clock = clock;
    this.#listener = listener;
    this.#look();
  }

  close(): void {
    this.#closed = true;
    this.#timer?.cancel();
    this.#stream?.close();
  }

  #look(): void {
    if (this.#closed) return;
    this.#hasChanged = true;
    if (this.#isLooking) return;
    this.#isLooking = true;
    this.#timer?.cancel();
    this.#lookOnce().then(
      () => this.#lookAfter(this.#hasChanged ? 0 : this.#everyMs),
      (error: unknown) => {
        this.#stream?.close();
        this.#stream = undefined;
        if (!this.#closed) this.#listener.failed(error);
        this.#lookAfter(RETRY_MS);
      },
    );
  }

  #lookAfter(delayMs: number): void {
    this.#isLooking = false;
    if (!this.#closed) this.#timer = this.#clock.after(delayMs, () => this.#look());
  }

  async #lookOnce(): Promise<void> {
    this.#hasChanged = false;
    const { records, revision } = await listRecords(this.#client, {
      prefix: this.#prefix,
      oldestFirst: true,
    });
    if (this.#closed) return;
    // A member that does not answer any more may not know what happens either.
    if (this.#stream?.member !== this.#client.member) {
      this.#stream?.close();
      this.#stream = this.#watch(revision);
    }
    this.#listener.seen(records);
  }

  #watch(revision: string): { member: string; close(): void } {
    const opened = {
      member: this.#client.member,
      close: (): void => stream.close(),
    };
    const stream = watchRecords(
      this.#client,
      { prefix: this.#prefix, revision },
      {
        changed: () => this.#look(),
        ended: () => {
          // The next look opens another one, and sees what happens until then.
          if (this.#stream === opened) this.#stream = undefined;
          this.#timer?.cancel();
          if (!this.#isLooking) this.#lookAfter(RETRY_MS);
        },
      },
    );
    return opened;
  }
}
