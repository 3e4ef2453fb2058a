// libprocess between simulated processes, with what TCP may do to it: delay, loss of a connection with a part of what was
// on it, partitions that hold everything back, late arrival of what an old connection still carried.
//
// One connection never reorders. Messages overtake each other only as in libprocess: those of a broken connection that
// had reached the other machine may be read after the first ones of its successor.
import type { Message } from "../../../cluster/src/net/libprocess/message.ts";
import type { SeededRandom } from "../time/seeded-random.ts";
import type { SimClock } from "../time/sim-clock.ts";
import { violationsOf } from "../trace/violation.ts";
import { type Connection, type InFlight, openConnection } from "./connection.ts";
import { isRepeatable } from "./repeatable-messages.ts";

const violate = violationsOf("bounded-queues");

/** A process at an address. */
export interface Endpoint {
  receive(message: Message): void;
  /** The connection to a linked pid broke. */
  exited(pid: string): void;
}

export interface NetworkOptions {
  /** Bounds of the usual latency, milliseconds. */
  latencyMs: readonly [number, number];
  /** How often a message takes much longer, and how long then (mean, milliseconds). */
  slow: { probability: number; meanMs: number };
  /** How often a message that may be repeated arrives twice. */
  duplicates: number;
}

/** After a broken connection, what the other machine had already received may be read this much later, milliseconds. */
const MAX_LATE_MS = 40;

/** A partition longer than this may cost the connections it stalled, milliseconds. */
const STALL_LIMIT_MS = 15_000;

/** How many messages one connection may hold: more means that somebody sends without end. */
const MAX_IN_FLIGHT = 20_000;

/** The address of a pid: what follows the `@`. */
export function addressOf(pid: string): string {
  return pid.slice(pid.indexOf("@") + 1);
}

/** All connections of the cluster. */
export class Network {
  readonly #clock: SimClock;
  readonly #random: SeededRandom;
  readonly #options: NetworkOptions;
  readonly #endpoints = new Map<string, Endpoint>();
  readonly #connections = new Map<string, Connection>();
  readonly #isolated = new Set<string>();
  /** Off while the cluster settles. */
  faulty = true;

  constructor(options: NetworkOptions, { clock, random }: { clock: SimClock; random: SeededRandom }) {
    this.#options = options;
    this.#clock = clock;
    this.#random = random;
  }

  /** A process starts to listen. */
  attach(address: string, endpoint: Endpoint): void {
    this.#endpoints.set(address, endpoint);
  }

  /** A process is gone: what it had sent may still arrive, what was on its way to it is lost. */
  detach(address: string): void {
    this.#endpoints.delete(address);
    for (const connection of [...this.#connections.values()]) {
      if (connection.from === address) this.#retire(connection);
      else if (connection.to === address) this.#break(connection, { keep: 0, noticeMs: this.#latency() });
    }
  }

  /** Sends; nothing says whether it arrives. */
  send(message: Message): void {
    const connection = this.#connectionTo(addressOf(message.from), addressOf(message.to));
    if (connection.broken) return;
    this.#enqueue(connection, message);
    if (this.faulty && isRepeatable(message.name) && this.#random.chance(this.#options.duplicates)) {
      this.#enqueue(connection, message);
    }
  }

  /** Watches the connection from the address to the pid; opens it when there is none. */
  link(from: string, pid: string): void {
    this.#connectionTo(from, addressOf(pid)).links.add(pid);
  }

  /** Cuts the machine at this address off from all others: messages wait in their connections. */
  isolate(address: string): void {
    this.#isolated.add(address);
  }

  /** Ends the partition: what waited arrives, unless its connection did not live to see it. */
  heal(address: string): void {
    this.#isolated.delete(address);
    for (const connection of [...this.#connections.values()]) {
      if (connection.from !== address && connection.to !== address) continue;
      const { stalledSinceMs } = connection;
      if (stalledSinceMs === undefined || this.#isCut(connection)) continue;
      connection.stalledSinceMs = undefined;
      const long = this.#clock.elapsedMs - stalledSinceMs > STALL_LIMIT_MS;
      if (connection.broken || (long && this.#random.chance(0.5))) {
        this.#break(connection, { keep: 0, noticeMs: this.#latency() });
      } else this.#resume(connection);
    }
  }

  isIsolated(address: string): boolean {
    return this.#isolated.has(address);
  }

  /**
   * Breaks a connection, if there is one. `noticeMs` later the sender knows; until then what it sends is lost. A part
   * of what is on its way still arrives. Returns whether there was one.
   */
  breakConnection(from: string, to: string, noticeMs: number): boolean {
    const connection = this.#connections.get(keyOf(from, to));
    if (connection === undefined || connection.broken) return false;
    const keep = this.#random.integer(0, connection.queue.length);
    this.#break(connection, { keep, noticeMs });
    return true;
  }

  #connectionTo(from: string, to: string): Connection {
    const key = keyOf(from, to);
    const known = this.#connections.get(key);
    if (known !== undefined) return known;
    const connection = openConnection(from, to);
    this.#connections.set(key, connection);
    // Nobody listens: the attempt fails, and whoever linked is told.
    this.#clock.after(this.#latency(), () => this.#checkReached(connection));
    return connection;
  }

  #checkReached(connection: Connection): void {
    if (this.#isCut(connection)) connection.stalledSinceMs ??= this.#clock.elapsedMs;
    else if (!this.#endpoints.has(connection.to)) this.#break(connection, { keep: 0, noticeMs: 0 });
  }

  #enqueue(connection: Connection, message: Message): void {
    const dueMs = Math.max(connection.lastDueMs, this.#clock.elapsedMs + this.#latency());
    connection.lastDueMs = dueMs;
    connection.queue.push({ message, dueMs });
    if (connection.queue.length > MAX_IN_FLIGHT) {
      violate(
        `More than ${MAX_IN_FLIGHT} messages are on their way from ${connection.from} to ${connection.to}`,
      );
    }
    this.#clock.after(dueMs - this.#clock.elapsedMs, () => this.#deliverDue(connection));
  }

  #deliverDue(connection: Connection): void {
    if (connection.broken || this.#connections.get(keyOf(connection.from, connection.to)) !== connection)
      return;
    if (this.#isCut(connection)) {
      connection.stalledSinceMs ??= this.#clock.elapsedMs;
      return;
    }
    if (connection.stalledSinceMs !== undefined) return;
    const first = connection.queue.shift();
    if (first !== undefined) this.#deliver(first.message);
  }

  #resume(connection: Connection): void {
    const waiting = connection.queue.splice(0);
    connection.lastDueMs = this.#clock.elapsedMs;
    if (waiting.length === 0) this.#checkReached(connection);
    for (const { message } of waiting) this.#enqueue(connection, message);
  }

  #deliver(message: Message): void {
    const endpoint = this.#endpoints.get(addressOf(message.to));
    if (endpoint !== undefined) return endpoint.receive(message);
    const connection = this.#connections.get(keyOf(addressOf(message.from), addressOf(message.to)));
    if (connection !== undefined) this.#break(connection, { keep: 0, noticeMs: this.#latency() });
    return undefined;
  }

  /** The sender's process is gone; what it sent is in the machines' hands. */
  #retire(connection: Connection): void {
    this.#connections.delete(keyOf(connection.from, connection.to));
    if (!connection.broken && !this.#isCut(connection)) this.#deliverLate(connection.queue);
    connection.queue.length = 0;
  }

  #break(connection: Connection, of: { keep: number; noticeMs: number }): void {
    if (!connection.broken && of.keep > 0 && !this.#isCut(connection)) {
      this.#deliverLate(connection.queue.slice(0, of.keep));
    }
    connection.broken = true;
    connection.queue.length = 0;
    this.#clock.after(of.noticeMs, () => this.#notice(connection));
  }

  #deliverLate(messages: readonly InFlight[]): void {
    let lastMs = 0;
    for (const { message } of messages) {
      lastMs = Math.max(lastMs, this.#random.between(0, MAX_LATE_MS));
      const to = this.#endpoints.get(addressOf(message.to));
      // The process that the bytes were meant for must still be there.
      this.#clock.after(lastMs, () => {
        if (to !== undefined && this.#endpoints.get(addressOf(message.to)) === to) to.receive(message);
      });
    }
  }

  #notice(connection: Connection): void {
    const key = keyOf(connection.from, connection.to);
    if (this.#connections.get(key) !== connection) return;
    if (this.#isCut(connection)) {
      connection.stalledSinceMs ??= this.#clock.elapsedMs;
      return;
    }
    this.#connections.delete(key);
    const endpoint = this.#endpoints.get(connection.from);
    for (const pid of connection.links) endpoint?.exited(pid);
  }

  #isCut({ from, to }: Connection): boolean {
    return this.#isolated.has(from) || this.#isolated.has(to);
  }

  #latency(): number {
    const { latencyMs, slow } = this.#options;
    const usual = this.#random.between(latencyMs[0], latencyMs[1]);
    if (!this.faulty || !this.#random.chance(slow.probability)) return usual;
    return usual + this.#random.exponential(slow.meanMs);
  }
}

function keyOf(from: string, to: string): string {
  return `${from}>${to}`;
}
