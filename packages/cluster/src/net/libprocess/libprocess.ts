// Messages between processes of different programs, as libprocess sends and receives them.
import type { Clock, Timer } from "../../core/clock.ts";
import type { Logger } from "../../core/logger.ts";
import { FlushQueue } from "../flush-queue.ts";
import type { HttpRequest } from "../http/http-request.ts";
import type { HttpResponse } from "../http/http-response.ts";
import type { RequestHead } from "../http/request-head.ts";
import { ACCEPTED, errorResponse } from "../http/responses.ts";
import type { HttpServer } from "../http/server.ts";
import { FRESH_CONNECTION_MS, IDLE_TIMEOUT_MS } from "./limits.ts";
import type { Message } from "./message.ts";
import { Peer } from "./peer.ts";
import { parsePid, type Pid } from "./pid.ts";
import { type Addressing, readAddressing } from "./read-addressing.ts";

export interface LibprocessOptions {
  /** Id of the main process: `master`, `slave(1)`. */
  readonly id: string;
  /** The address others are told: of the server, or what `--advertise_ip` and `--advertise_port` say. */
  readonly ip: string;
  readonly port: number;
  /** Refuse senders that claim another IP than they have (`require_peer_address_ip_match`; off, as in Mesos). */
  readonly requirePeerAddressIpMatch?: boolean;
  /** Bytes queued for one address before its connection is dropped. */
  readonly maxPeerQueueBytes?: number;
}

export interface LibprocessDependencies {
  readonly clock: Clock;
  readonly logger: Logger;
}

/**
 * Sends through one connection of its own to each address, whatever number of processes live there, and receives
 * through an `HttpServer`. Messages for one address arrive in order or, when the connection breaks, not at all.
 * A linked pid is reported once when the connection to its address breaks or cannot be made; linking again tries
 * again (process.cpp, `SocketManager`).
 */
export class Libprocess {
  readonly #options: LibprocessOptions;
  readonly #clock: Clock;
  readonly #logger: Logger;
  readonly #address: string;
  readonly #processes = new Set<string>();
  readonly #peers = new Map<string, Peer>();
  /** Envelopes of heads that connections repeat. */
  readonly #addressings = new WeakMap<RequestHead, Addressing | string>();
  #flushQueue = new FlushQueue();
  #sweep: Timer | undefined;
  #closed = false;
  #onMessage: (message: Message) => void = () => {};
  #onExited: (pid: string) => void = () => {};

  constructor(options: LibprocessOptions, { clock, logger }: LibprocessDependencies) {
    this.#options = options;
    this.#clock = clock;
    this.#logger = logger;
    this.#address = `${options.ip}:${options.port}`;
    this.#processes.add(options.id);
  }

  /** Pid of the main process. */
  get pid(): string {
    return `${this.#options.id}@${this.#address}`;
  }

  /** Pid of a process here. */
  pidOf(id: string): string {
    return `${id}@${this.#address}`;
  }

  /** Open connections to other programs. */
  get peerCount(): number {
    return this.#peers.size;
  }

  /** Takes the messages that arrive at this server, and writes in its turns. */
  attach(server: HttpServer): void {
    this.#flushQueue = server.flushQueue;
    server.serveMessages(this);
  }

  /** Messages for another process id are accepted too: `slave-observer(1)`. Those for unknown ones get 404. */
  addProcess(id: string): void {
    this.#processes.add(id);
  }

  removeProcess(id: string): void {
    this.#processes.delete(id);
  }

  /** Who takes messages. */
  onMessage(listener: (message: Message) => void): void {
    this.#onMessage = listener;
  }

  /** Who learns of linked pids that are gone; called once per link. */
  onExited(listener: (pid: string) => void): void {
    this.#onExited = listener;
  }

  /** Sends, in the order of the calls; `from` is the main process unless given. Pids that make no sense get nothing. */
  send(message: { from?: string; to: string; name: string; body: Uint8Array }): void {
    const to = parsePid(message.to);
    if (to === undefined || this.#closed) {
      this.#logger.debug("message not sent", { to: message.to, name: message.name });
      return;
    }
    const complete: Message = { ...message, from: message.from ?? this.pid };
    if (to.address === this.#address) {
      setImmediate(() => this.#deliver(complete, to.id));
      return;
    }
    this.#peerAt(to).send(complete, to.id);
  }

  /**
   * Keeps a connection to the pid's address and reports the pid when it breaks. `reconnect` replaces a connection
   * that may be stale (`RemoteConnection::RECONNECT`): queued messages still go out, links move, nothing is reported.
   */
  link(pid: string, { reconnect = false }: { reconnect?: boolean } = {}): void {
    const to = parsePid(pid);
    if (to === undefined || to.address === this.#address || this.#closed) {
      return;
    }
    const old = this.#peers.get(to.address);
    if (old !== undefined && reconnect && this.#clock.now() - old.openedAtMs >= FRESH_CONNECTION_MS) {
      this.#peers.delete(to.address);
      old.retire();
      for (const linked of old.links) {
        this.#peerAt(to).links.add(linked);
      }
    }
    this.#peerAt(to).links.add(pid);
  }

  /** Forgets a link; the connection stays for a while. */
  unlink(pid: string): void {
    const to = parsePid(pid);
    const peer = to === undefined ? undefined : this.#peers.get(to.address);
    if (peer?.links.delete(pid) === true && peer.links.size === 0) {
      peer.usedAtMs = this.#clock.now();
      this.#armSweep();
    }
  }

  isLinked(pid: string): boolean {
    const to = parsePid(pid);
    return to !== undefined && this.#peers.get(to.address)?.links.has(pid) === true;
  }

  /** Breaks all connections; nothing is reported and nothing is sent any more. */
  close(): void {
    this.#closed = true;
    this.#sweep?.cancel();
    for (const peer of this.#peers.values()) {
      peer.destroy();
    }
    this.#peers.clear();
  }

  /** For the server: a request that carries a message. */
  handle(request: HttpRequest): HttpResponse {
    const addressing = this.#addressingOf(request.head);
    if (typeof addressing === "string") {
      return errorResponse(500, addressing);
    }
    const { from, to, name } = addressing;
    if (this.#options.requirePeerAddressIpMatch === true && parsePid(from)?.host !== ipOf(request.remote)) {
      return errorResponse(
        400,
        `UPID IP address validation failed: Message from ${from} was sent from IP ${request.remote}`,
      );
    }
    const message = { from, to: this.pidOf(to), name, body: request.body };
    return this.#deliver(message, to) ? ACCEPTED : errorResponse(404);
  }

  #addressingOf(head: RequestHead): Addressing | string {
    let addressing = this.#addressings.get(head);
    if (addressing === undefined) {
      addressing = readAddressing(head);
      this.#addressings.set(head, addressing);
    }
    return addressing;
  }

  #deliver(message: Message, id: string): boolean {
    if (!this.#processes.has(id)) {
      this.#logger.debug("message for an unknown process", { to: id, name: message.name });
      return false;
    }
    try {
      this.#onMessage(message);
    } catch (error) {
      this.#logger.error("message failed", { name: message.name, from: message.from, error });
    }
    return true;
  }

  #peerAt({ address, host, port }: Pid): Peer {
    const known = this.#peers.get(address);
    if (known !== undefined) {
      return known;
    }
    const { maxPeerQueueBytes } = this.#options;
    const peer = new Peer({
      host,
      port,
      clock: this.#clock,
      flushQueue: this.#flushQueue,
      ...(maxPeerQueueBytes === undefined ? {} : { maxQueueBytes: maxPeerQueueBytes }),
      onBroken: (broken, reason) => this.#broken(broken, reason),
    });
    this.#peers.set(address, peer);
    this.#armSweep();
    return peer;
  }

  #broken(peer: Peer, reason: string): void {
    if (this.#peers.get(peer.address) === peer) {
      this.#peers.delete(peer.address);
    }
    this.#logger.debug("connection to a peer broke", {
      address: peer.address,
      reason,
      links: peer.links.size,
    });
    for (const pid of peer.links) {
      this.#onExited(pid);
    }
  }

  /** Closes connections that nobody needs; one timer for all, while there are any without a link. */
  #armSweep(): void {
    this.#sweep ??= this.#clock.after(IDLE_TIMEOUT_MS, () => {
      this.#sweep = undefined;
      const nowMs = this.#clock.now();
      let unlinked = false;
      for (const [address, peer] of this.#peers) {
        if (peer.links.size === 0 && nowMs - peer.usedAtMs >= IDLE_TIMEOUT_MS && peer.queuedBytes === 0) {
          this.#peers.delete(address);
          peer.retire();
        } else {
          unlinked ||= peer.links.size === 0;
        }
      }
      if (unlinked) {
        this.#armSweep();
      }
    });
  }
}

function ipOf(remote: string): string {
  return remote.slice(0, remote.lastIndexOf(":"));
}
