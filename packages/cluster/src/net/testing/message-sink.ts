// A program that listens where messages are sent to, and writes down each connection and message.
import { createServer, type Server, type Socket } from "node:net";
import type { TestContext } from "node:test";
import { RequestParser } from "../http/request-parser.ts";

/** What arrived, `<connection> <path> <body>` each, in order. */
export class MessageSink {
  readonly messages: string[] = [];
  readonly sockets: Socket[] = [];
  readonly #server: Server;

  private constructor() {
    this.#server = createServer({ pauseOnConnect: true }, (socket) => {
      const connection = this.sockets.push(socket) - 1;
      const parser = new RequestParser({ remote: "" });
      socket.on("error", () => {});
      socket.on("data", (chunk: Buffer) => {
        parser.push(chunk);
        for (let request = parser.next(); request !== undefined; request = parser.next()) {
          this.messages.push(`${connection} ${request.path} ${request.body.toString()}`);
          socket.write("HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n");
        }
      });
      if (this.reads) {
        socket.resume();
      }
    });
  }

  reads = true;

  static async start(t: TestContext, port = 0): Promise<MessageSink> {
    const sink = new MessageSink();
    await new Promise<void>((resolve) => {
      sink.#server.listen(port, "127.0.0.1", resolve);
    });
    t.after(() => sink.stop());
    return sink;
  }

  get port(): number {
    const address = this.#server.address();
    return typeof address === "object" ? (address?.port ?? 0) : 0;
  }

  get openCount(): number {
    return this.sockets.filter((socket) => !socket.destroyed).length;
  }

  /** Breaks every connection; new ones are still taken. */
  drop(): void {
    for (const socket of this.sockets) {
      socket.resetAndDestroy();
    }
  }

  async stop(): Promise<void> {
    const stopped = new Promise<void>((resolve) => {
      this.#server.close(() => resolve());
    });
    this.drop();
    await stopped;
  }
}
