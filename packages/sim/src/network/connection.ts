// One direction between two addresses: what is on its way, in order.
import type { Message } from "../../../cluster/src/net/libprocess/message.ts";

/** A message on its way, due at `dueMs` of the simulation. */
export interface InFlight {
  readonly message: Message;
  readonly dueMs: number;
}

/** The socket that one address opened to another; libprocess has one for each direction. */
export interface Connection {
  readonly from: string;
  readonly to: string;
  /** Pids at `to` whose loss `from` wants to hear of. */
  readonly links: Set<string>;
  /** Oldest first. */
  readonly queue: InFlight[];
  /** When the last message in the queue is due; none may arrive before it. Milliseconds of the simulation. */
  lastDueMs: number;
  /** Broken, and `from` has not noticed: what is sent is lost. */
  broken: boolean;
  /** The partition that held messages back lasted since, milliseconds of the simulation. */
  stalledSinceMs: number | undefined;
}

/** A connection that has just been opened. */
export function openConnection(from: string, to: string): Connection {
  return {
    from,
    to,
    links: new Set(),
    queue: [],
    lastDueMs: 0,
    broken: false,
    stalledSinceMs: undefined,
  };
}
