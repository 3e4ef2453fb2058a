// One client connection: reads requests at the pace of their answers, answers them in order.
import type { Socket } from "node:net";
import type { Clock } from "../../core/clock.ts";
import type { Logger } from "../../core/logger.ts";
import type { BodyStream } from "./body-stream.ts";
import type { FlushQueue } from "../flush-queue.ts";
import type { HttpAnswer, HttpResponse } from "./http-response.ts";
import type { HttpRequest } from "./http-request.ts";
import {
  BODY_IDLE_TIMEOUT_MS,
  HEAD_TIMEOUT_MS,
  LINGER_TIMEOUT_MS,
  MAX_UNANSWERED_REQUESTS,
  MAX_UNREAD_ANSWER_BYTES,
  TURN_BUDGET_MS,
  UNREAD_ANSWER_TIMEOUT_MS,
} from "./limits.ts";
import type { RequestHead } from "./request-head.ts";
import { RequestParser } from "./request-parser.ts";
import type { ResponseEncoder } from "./response-encoder.ts";
import { errorResponse } from "./responses.ts";
import { discardBody, ResponseWriter } from "./response-writer.ts";

/** What connections share: the server. */
export interface ConnectionContext {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly encoder: ResponseEncoder;
  readonly flushQueue: FlushQueue;
  readonly maxBodyBytes: number;
  handle(request: HttpRequest): HttpAnswer;
  streamsBody(head: RequestHead): boolean;
  /** From now on `checkDeadline` is to be called now and then. */
  watch(connection: Connection): void;
  unwatch(connection: Connection): void;
  closed(connection: Connection): void;
}

/** A request whose answer is not written yet; `head` is absent for the refusal of one that could not be read. */
interface Unanswered {
  readonly head: RequestHead | undefined;
  readonly bodyStream: BodyStream | undefined;
  response: HttpResponse | undefined;
}

/** How often in a turn the time is looked at. */
const REQUESTS_PER_TIME_CHECK = 16;

/**
 * Life of a connection:
 *
 *     open -> closing (the last answer is known: reads no more requests) -> lingering (all written, our side is
 *     shut, waits for the peer's) -> closed
 */
export class Connection {
  readonly #socket: Socket;
  readonly #context: ConnectionContext;
  readonly #parser: RequestParser;
  readonly #writer: ResponseWriter;
  #unanswered: Unanswered[] = [];
  /** The request whose answer is being written. */
  #writing: Unanswered | undefined;
  #state: "open" | "closing" | "lingering" | "closed" = "open";
  #pumping = false;
  #paused = false;
  #resting = false;
  #watched = false;
  /** Start of what the present deadline counts from. */
  #sinceMs = 0;
  #seenProgress = -1;

  constructor(socket: Socket, context: ConnectionContext) {
    this.#socket = socket;
    this.#context = context;
    this.#parser = new RequestParser({
      remote: `${socket.remoteAddress ?? ""}:${socket.remotePort ?? 0}`,
      maxBodyBytes: context.maxBodyBytes,
      streamsBody: (head) => context.streamsBody(head),
      onRoom: () => this.#pump(),
    });
    this.#writer = new ResponseWriter({
      socket,
      encoder: context.encoder,
      flushQueue: context.flushQueue,
      onIdle: () => this.#finishResponse(),
      onUnread: () => this.#watch(),
      onBroken: (error) => this.#break("Cannot finish a response", error),
    });
    socket.on("data", (chunk: Buffer) => this.#receive(chunk));
    socket.on("end", () => this.#peerEnded());
    socket.on("drain", () => this.#drained());
    socket.on("error", (error) => context.logger.debug("connection failed", { error: error.message }));
    socket.on("close", () => this.#closed());
  }

  destroy(): void {
    this.#socket.destroy();
  }

  /** Closes the connection if the peer owes something for too long. */
  checkDeadline(nowMs: number): void {
    const progress = this.#socket.bytesWritten - this.#socket.writableLength;
    if (progress !== this.#seenProgress) {
      this.#seenProgress = progress;
      this.#sinceMs = nowMs;
    }
    const limitMs = this.#limitMs();
    if (limitMs === undefined) {
      this.#unwatch();
    } else if (nowMs - this.#sinceMs > limitMs) {
      this.#context.logger.debug("connection timed out", { state: this.#state });
      this.destroy();
    }
  }

  #limitMs(): number | undefined {
    if (this.#socket.writableLength > 0) {
      return this.#writer.streaming ? undefined : UNREAD_ANSWER_TIMEOUT_MS;
    }
    if (this.#state === "lingering") {
      return LINGER_TIMEOUT_MS;
    }
    if (this.#state !== "open" || !this.#parser.isPartial || this.#paused) {
      return undefined;
    }
    const { awaits } = this.#parser;
    return awaits === "head" ? HEAD_TIMEOUT_MS : awaits === "body" ? BODY_IDLE_TIMEOUT_MS : undefined;
  }

  #receive(chunk: Buffer): void {
    if (!this.#reads) {
      return;
    }
    const wasWaiting = this.#parser.isPartial;
    this.#parser.push(chunk);
    this.#pump();
    if (this.#parser.isPartial) {
      if (!wasWaiting || this.#parser.awaits !== "head") {
        this.#sinceMs = this.#context.clock.now();
      }
      this.#watch();
    }
  }

  /** Whether input matters: for more requests, or for the body of the last one, which its handler reads. */
  get #reads(): boolean {
    return this.#state === "open" || (this.#state === "closing" && this.#parser.awaits === "streamed body");
  }

  /** Takes requests while there is room for their answers and time in this turn. */
  #pump(): void {
    if (this.#pumping || !this.#reads) {
      return;
    }
    this.#pumping = true;
    const startMs = this.#context.clock.now();
    for (let count = 1; this.#reads && this.#hasRoom(); count += 1) {
      const wasOpen = this.#state === "open";
      const request = this.#parser.next();
      if (request === undefined || !wasOpen) {
        this.#checkParser();
        break;
      }
      this.#answer(request);
      if (count % REQUESTS_PER_TIME_CHECK === 0 && this.#context.clock.now() - startMs > TURN_BUDGET_MS) {
        this.#rest();
        break;
      }
    }
    this.#pumping = false;
    this.#adjustReading();
  }

  #hasRoom(): boolean {
    if (this.#unanswered.length >= MAX_UNANSWERED_REQUESTS) {
      return false;
    }
    if (this.#writer.queuedBytes >= MAX_UNREAD_ANSWER_BYTES) {
      this.#writer.flush();
    }
    return this.#writer.queuedBytes < MAX_UNREAD_ANSWER_BYTES;
  }

  #rest(): void {
    this.#resting = true;
    setImmediate(() => {
      this.#resting = false;
      this.#pump();
    });
  }

  #checkParser(): void {
    const { fault } = this.#parser;
    if (fault === undefined) {
      // The request that waits is not answered yet if its body streams; all before it have to be.
      const before = this.#unanswered.length - (this.#parser.awaits === "streamed body" ? 1 : 0);
      if (before === 0 && this.#writer.idle && this.#parser.takeContinue()) {
        this.#writer.appendLatin1("HTTP/1.1 100 Continue\r\n\r\n");
      }
      return;
    }
    this.#state = "closing";
    if (fault.kind === "too-large") {
      this.#queue({ head: undefined, bodyStream: undefined, response: errorResponse(413) });
      return;
    }
    this.#context.logger.debug("connection sent garbage", { reason: fault.reason });
    this.#closeWhenAnswered();
  }

  #answer(request: HttpRequest): void {
    const { head, bodyStream } = request;
    if (!head.keepAlive) {
      this.#state = "closing";
    }
    let answer: HttpAnswer;
    try {
      answer = this.#context.handle(request);
    } catch (error) {
      answer = this.#failed(head, error);
    }
    if (!(answer instanceof Promise)) {
      this.#queue({ head, bodyStream, response: answer });
      return;
    }
    const unanswered: Unanswered = { head, bodyStream, response: undefined };
    this.#unanswered.push(unanswered);
    answer
      .catch((error: unknown) => this.#failed(head, error))
      .then((response) => this.#settle(unanswered, response))
      .catch((error: unknown) => this.#break("Cannot write a response", error));
  }

  #failed(head: RequestHead, error: unknown): HttpResponse {
    this.#context.logger.error("request failed", { method: head.method, path: head.path, error });
    return errorResponse(500);
  }

  #settle(unanswered: Unanswered, response: HttpResponse): void {
    if (this.#state === "closed") {
      discardBody(response);
      return;
    }
    unanswered.response = response;
    this.#advance();
    this.#pump();
  }

  #queue(unanswered: Unanswered): void {
    if (this.#unanswered.length === 0 && this.#writer.idle && unanswered.response !== undefined) {
      this.#write(unanswered, unanswered.response);
    } else {
      this.#unanswered.push(unanswered);
    }
  }

  /** Writes the answers whose turn has come. */
  #advance(): void {
    while (this.#writer.idle && this.#state !== "closed") {
      const first = this.#unanswered[0];
      if (first?.response === undefined) {
        return;
      }
      this.#unanswered.shift();
      this.#write(first, first.response);
    }
  }

  #write(unanswered: Unanswered, response: HttpResponse): void {
    this.#writing = unanswered;
    unanswered.bodyStream?.discardUnlessRead();
    this.#writer.write(unanswered.head, response);
    if (this.#writer.idle) {
      this.#endIfLast(unanswered);
    } else if (this.#writer.streaming && this.#socket.readableEnded) {
      this.destroy();
    }
  }

  #finishResponse(): void {
    const unanswered = this.#writing;
    if (unanswered !== undefined) {
      this.#endIfLast(unanswered);
    }
    this.#advance();
    this.#pump();
  }

  #endIfLast(unanswered: Unanswered): void {
    this.#writing = undefined;
    if (unanswered.head?.keepAlive !== true || this.#writer.endsByClosing) {
      this.#shut();
    } else if (this.#state === "closing") {
      this.#closeWhenAnswered();
    }
  }

  #closeWhenAnswered(): void {
    if (this.#writer.streaming) {
      this.destroy();
    } else if (this.#unanswered.length === 0 && this.#writer.idle) {
      this.#shut();
    }
  }

  /** Everything is answered: shuts our side and waits a moment for the peer's. */
  #shut(): void {
    if (this.#state === "lingering" || this.#state === "closed") {
      return;
    }
    this.#state = "lingering";
    this.#sinceMs = this.#context.clock.now();
    this.#writer.flush();
    this.#socket.end();
    if (this.#socket.readableEnded) {
      this.#socket.destroySoon();
    }
    this.#watch();
    this.#adjustReading();
  }

  #peerEnded(): void {
    this.#parser.finish("the client closed the connection");
    if (this.#state === "lingering") {
      this.#socket.destroySoon();
      return;
    }
    this.#state = "closing";
    this.#closeWhenAnswered();
  }

  #drained(): void {
    this.#writer.drained();
    this.#pump();
  }

  #closed(): void {
    this.#state = "closed";
    this.#parser.finish("the connection broke");
    this.#writer.destroy();
    for (const { response } of this.#unanswered) {
      if (response !== undefined) {
        discardBody(response);
      }
    }
    this.#unanswered = [];
    this.#unwatch();
    this.#context.closed(this);
  }

  #break(words: string, error: unknown): void {
    if (this.#state !== "closed") {
      this.#context.logger.debug(words, { error: String(error) });
      this.destroy();
    }
  }

  #adjustReading(): void {
    // Once closing, what comes is read and thrown away, lest the peer never sees our answer.
    const pause = this.#reads && (this.#resting || this.#parser.isBlocked || !this.#hasRoom());
    if (pause && !this.#paused) {
      this.#paused = true;
      this.#socket.pause();
    } else if (!pause && this.#paused) {
      this.#paused = false;
      this.#sinceMs = this.#context.clock.now();
      this.#socket.resume();
    }
  }

  #watch(): void {
    if (!this.#watched && this.#state !== "closed") {
      this.#watched = true;
      this.#context.watch(this);
    }
  }

  #unwatch(): void {
    if (this.#watched) {
      this.#watched = false;
      this.#context.unwatch(this);
    }
  }
}
