// Calls of a scheduler, pipelined on a connection; only their number is kept until they are answered.
import { type Socket, connect } from "node:net";

/** Calls without an answer at a time. */
const MAX_UNANSWERED = 32;

const HEAD_END = "\r\n\r\n";

export class CallPipe {
  readonly #socket: Socket;
  #queue: string[] = [];
  #unanswered = 0;
  #tail = "";
  #scheduled = false;
  /** The first answer that was not 202, for the error message of a load that never ends. */
  refusal: string | undefined;

  constructor(port: number) {
    this.#socket = connect({ host: "127.0.0.1", port, noDelay: true });
    this.#socket.on("data", (chunk: Buffer) => this.#take(chunk.toString("latin1")));
    this.#socket.on("error", (error) => (this.refusal ??= error.message));
  }

  /** Sends a call as JSON, in order. */
  send(streamId: string, call: object): void {
    const body = JSON.stringify(call);
    this.#queue.push(
      `POST /api/v1/scheduler HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n` +
        `Accept: application/json\r\nMesos-Stream-Id: ${streamId}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
    );
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      this.#flush();
    });
  }

  close(): void {
    this.#socket.destroy();
  }

  /** Answers have no body: each ends with an empty line. */
  #take(text: string): void {
    const received = this.#tail + text;
    const answers = received.split(HEAD_END).length - 1;
    if (!received.startsWith("HTTP/1.1 202") && answers > 0) this.refusal ??= received.slice(0, 500);
    this.#tail = received.slice(received.lastIndexOf(HEAD_END) + (answers > 0 ? HEAD_END.length : 1));
    this.#unanswered -= answers;
    this.#flush();
  }

  #flush(): void {
    const sent = this.#queue.splice(0, MAX_UNANSWERED - this.#unanswered);
    this.#unanswered += sent.length;
    if (sent.length > 0) this.#socket.write(sent.join(""));
  }
}
