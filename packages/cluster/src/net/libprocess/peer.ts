// The connection to one address: everything for the processes there goes through it, in order.
import { connect, type Socket } from "node:net";
import type { Clock, Timer } from "../../core/clock.ts";
import type { FlushQueue } from "../flush-queue.ts";
import { OutputBatch } from "../output-batch.ts";
import { encodeMessageHead, MESSAGE_END } from "./encode-message.ts";
import { CONNECT_TIMEOUT_MS, MAX_PEER_QUEUE_BYTES } from "./limits.ts";
import type { Message } from "./message.ts";

export interface PeerOptions {
  readonly host: string;
  readonly port: number;
  readonly clock: Clock;
  readonly flushQueue: FlushQueue;
  readonly maxQueueBytes?: number;
  /** The connection broke, could not be made or was dropped; called once, never from within `send`. */
  readonly onBroken: (peer: Peer, reason: string) => void;
}

// What the other side answers (`202 Accepted`) is ignored, so all sockets may read into the same place.
const DISCARDED = new Uint8Array(16 * 1024);

/** One socket from connecting to its end; a new peer is made for a new attempt. */
export class Peer {
  /** Linked pids, which learn when the connection breaks. */
  readonly links = new Set<string>();
  readonly #options: PeerOptions;
  readonly #address: string;
  readonly #socket: Socket;
  readonly #batch = new OutputBatch();
  readonly openedAtMs: number;
  usedAtMs: number;
  #connectTimer: Timer | undefined;
  #connected = false;
  #scheduled = false;
  #retired = false;
  #reason = "closed by the peer";

  constructor(options: PeerOptions) {
    this.#options = options;
    this.#address = `${options.host}:${options.port}`;
    this.openedAtMs = options.clock.now();
    this.usedAtMs = this.openedAtMs;
    this.#socket = connect({
      host: options.host,
      port: options.port,
      noDelay: true,
      onread: { buffer: DISCARDED, callback: () => true },
    });
    this.#connectTimer = options.clock.after(CONNECT_TIMEOUT_MS, () =>
      this.#drop("no answer to the connection attempt"),
    );
    this.#socket.on("connect", () => this.#established());
    this.#socket.on("error", (error) => {
      this.#reason = error.message;
    });
    this.#socket.on("close", () => this.#closed());
  }

  get address(): string {
    return this.#address;
  }

  /** Bytes that the other side has not taken yet. */
  get queuedBytes(): number {
    return this.#batch.byteLength + this.#socket.writableLength;
  }

  send(message: Message, id: string): void {
    const head = encodeMessageHead(message, { id, address: this.#address });
    const { body } = message;
    const queued = this.queuedBytes;
    if (
      queued > 0 &&
      queued + head.length + body.length > (this.#options.maxQueueBytes ?? MAX_PEER_QUEUE_BYTES)
    ) {
      this.#drop("it reads too slowly");
      return;
    }
    this.usedAtMs = this.#options.clock.now();
    this.#batch.appendLatin1(head);
    if (body.length > 0) {
      this.#batch.appendBytes(body);
      this.#batch.appendLatin1(MESSAGE_END);
    }
    if (!this.#scheduled && this.#connected) {
      this.#scheduled = true;
      this.#options.flushQueue.schedule(this);
    }
  }

  flush(): void {
    this.#scheduled = false;
    if (!this.#socket.destroyed) {
      this.#batch.flushTo(this.#socket);
    }
  }

  /** Sends what is queued, then closes; `onBroken` is not called. */
  retire(): void {
    this.#retired = true;
    if (this.#connected) {
      this.flush();
      this.#socket.end();
    } else if (this.#batch.byteLength === 0) {
      this.#socket.destroy();
    }
  }

  /** Closes at once; `onBroken` is not called. */
  destroy(): void {
    this.#retired = true;
    this.#socket.destroy();
  }

  #established(): void {
    this.#connectTimer?.cancel();
    this.#connectTimer = undefined;
    this.#connected = true;
    this.flush();
    if (this.#retired) {
      this.#socket.end();
    }
  }

  #drop(reason: string): void {
    if (!this.#socket.destroyed) {
      this.#reason = reason;
      this.#socket.destroy();
    }
  }

  #closed(): void {
    this.#connectTimer?.cancel();
    this.#connectTimer = undefined;
    this.#batch.clear();
    if (!this.#retired) {
      this.#options.onBroken(this, this.#reason);
    }
  }
}
