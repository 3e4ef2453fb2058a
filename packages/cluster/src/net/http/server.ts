// The HTTP server of a master or agent: sockets in, requests to its handlers, answers out.
import { createServer, type Server } from "node:net";
import type { Clock, Timer } from "../../core/clock.ts";
import type { Logger } from "../../core/logger.ts";
import { FlushQueue } from "../flush-queue.ts";
import { Connection, type ConnectionContext } from "./connection.ts";
import type { HttpAnswer } from "./http-response.ts";
import type { HttpRequest } from "./http-request.ts";
import { MAX_BODY_BYTES, MAX_CONNECTIONS, SWEEP_INTERVAL_MS } from "./limits.ts";
import type { RequestHead } from "./request-head.ts";
import { ResponseEncoder } from "./response-encoder.ts";
import { errorResponse } from "./responses.ts";

/** Pending connections the kernel holds: ten thousand agents may come back in the same second. */
const LISTEN_BACKLOG = 16_384;

/** Who answers requests, a `Router` for instance. */
export interface RequestHandler {
  handle(request: HttpRequest): HttpAnswer;
  /** Whether the route of this head reads its body while it arrives; absent: none does. */
  streamsBody?(head: RequestHead): boolean;
}

export interface HttpServerOptions {
  /** Address to bind. */
  readonly ip: string;
  /** 0 for any free one. */
  readonly port: number;
  /** Bytes of a request body; longer ones get `413`. */
  readonly maxBodyBytes?: number;
}

export interface HttpServerDependencies {
  readonly clock: Clock;
  readonly logger: Logger;
}

const NOBODY: RequestHandler = { handle: () => errorResponse(404) };

/**
 * HTTP/1.x on `node:net`, for requests and libprocess messages on one port (libprocess, process.cpp). Requests of a
 * connection are handed over in order; answers leave in the same order, those of one turn in one write.
 */
export class HttpServer {
  readonly #options: HttpServerOptions;
  readonly #clock: Clock;
  readonly #logger: Logger;
  readonly #context: ConnectionContext;
  readonly #connections = new Set<Connection>();
  readonly #watched = new Set<Connection>();
  readonly #server: Server;
  #sweep: Timer | undefined;
  #requests: RequestHandler = NOBODY;
  #messages: RequestHandler = NOBODY;
  /** Shared with everything else that writes in the same process, `Libprocess` above all. */
  readonly flushQueue = new FlushQueue();

  constructor(options: HttpServerOptions, { clock, logger }: HttpServerDependencies) {
    this.#options = options;
    this.#clock = clock;
    this.#logger = logger;
    this.#context = this.#createContext({ clock, logger });
    this.#server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
      this.#connections.add(new Connection(socket, this.#context));
    });
    this.#server.maxConnections = MAX_CONNECTIONS;
  }

  /** Who answers HTTP requests from now on. */
  serve(handler: RequestHandler): void {
    this.#requests = handler;
  }

  /** Who takes libprocess messages from now on. */
  serveMessages(handler: RequestHandler): void {
    this.#messages = handler;
  }

  /** Resolves when bound; rejects with Node's error, `EADDRINUSE` for instance. */
  listen(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#server.once("error", reject);
      const { ip, port } = this.#options;
      this.#server.listen({ host: ip, port, backlog: LISTEN_BACKLOG }, () => {
        this.#server.removeListener("error", reject);
        this.#server.on("error", (error) => this.#logger.error("server failed", { error: error.message }));
        resolve();
      });
    });
  }

  /** The bound address. Throws before `listen` has resolved. */
  get address(): { ip: string; port: number } {
    const address = this.#server.address();
    if (address === null || typeof address === "string") {
      throw new Error("Cannot tell the server's address: it does not listen");
    }
    return { ip: address.address, port: address.port };
  }

  /** Open connections. */
  get connectionCount(): number {
    return this.#connections.size;
  }

  /** Stops listening and breaks every connection; streams see `onClose`. */
  async close(): Promise<void> {
    this.#sweep?.cancel();
    this.#sweep = undefined;
    const closed = this.#server.listening
      ? new Promise<void>((resolve) => this.#server.close(() => resolve()))
      : Promise.resolve();
    for (const connection of this.#connections) {
      connection.destroy();
    }
    await closed;
  }

  #createContext({ clock, logger }: HttpServerDependencies): ConnectionContext {
    return {
      clock,
      logger,
      encoder: new ResponseEncoder(clock),
      flushQueue: this.flushQueue,
      maxBodyBytes: this.#options.maxBodyBytes ?? MAX_BODY_BYTES,
      handle: (request) => (request.head.isMessage ? this.#messages : this.#requests).handle(request),
      streamsBody: (head) => !head.isMessage && (this.#requests.streamsBody?.(head) ?? false),
      watch: (connection) => {
        this.#watched.add(connection);
        this.#armSweep();
      },
      unwatch: (connection) => this.#watched.delete(connection),
      closed: (connection) => this.#connections.delete(connection),
    };
  }

  /** One timer serves the deadlines of all connections, and runs only while there are any. */
  #armSweep(): void {
    this.#sweep ??= this.#clock.after(SWEEP_INTERVAL_MS, () => {
      this.#sweep = undefined;
      const nowMs = this.#clock.now();
      for (const connection of this.#watched) {
        connection.checkDeadline(nowMs);
      }
      if (this.#watched.size > 0) {
        this.#armSweep();
      }
    });
  }
}
