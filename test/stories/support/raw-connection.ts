// A connection that sends bytes as they are and takes answers apart one after the other.
import { connect, type Socket } from "node:net";
import { until } from "./until.ts";

export interface RawAnswer {
  /** `HTTP/1.1 200 OK`. */
  statusLine: string;
  status: number;
  /** Names in lower case. */
  headers: ReadonlyMap<string, string>;
  body: string;
}

const END_OF_HEAD = "\r\n\r\n";

interface Head extends Omit<RawAnswer, "body"> {
  /** Where the body begins. */
  length: number;
}

function readHead(text: string): Head | undefined {
  const end = text.indexOf(END_OF_HEAD);
  if (end < 0) return undefined;
  const [statusLine = "", ...lines] = text.slice(0, end).split("\r\n");
  const headers = new Map(
    lines.map((line) => {
      const colon = line.indexOf(":");
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
    }),
  );
  const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(statusLine)?.[1]);
  return { statusLine, status, headers, length: end + END_OF_HEAD.length };
}

/** A chunked body that is complete, and how long it is on the wire. */
function readChunks(text: string): { body: string; length: number } | undefined {
  let body = "";
  let at = 0;
  for (;;) {
    const end = text.indexOf("\r\n", at);
    if (end < 0) return undefined;
    const size = Number.parseInt(text.slice(at, end), 16);
    const next = end + 2 + size + 2;
    if (text.length < next) return undefined;
    if (size === 0) return { body, length: next };
    body += text.slice(end + 2, end + 2 + size);
    at = next;
  }
}

export class RawConnection {
  readonly socket: Socket;
  #received = "";
  #isClosed = false;

  private constructor(socket: Socket) {
    this.socket = socket;
    socket.on("data", (chunk: Buffer) => (this.#received += chunk.toString("latin1")));
    // A reset is one of the ways in which a server may get rid of what it cannot read.
    socket.on("error", () => undefined);
    socket.on("close", () => (this.#isClosed = true));
  }

  /** Opens a connection to a port of 127.0.0.1. */
  static async open(port: number): Promise<RawConnection> {
    const socket = connect({ port, host: "127.0.0.1", noDelay: true, allowHalfOpen: true });
    const connection = new RawConnection(socket);
    await new Promise<void>((resolve, reject) => {
      socket.once("connect", resolve);
      socket.once("error", reject);
    });
    return connection;
  }

  /** What was received and not taken yet, a character a byte. */
  get received(): string {
    return this.#received;
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  send(data: string | Uint8Array): void {
    this.socket.write(data);
  }

  /** The next answer, with its whole body. */
  answer(): Promise<RawAnswer> {
    return until("an answer comes", () => this.#take());
  }

  /** The head of the next answer, whose body goes on and on. */
  head(): Promise<Omit<RawAnswer, "body">> {
    return until("the head of an answer comes", () => readHead(this.#received));
  }

  /** Resolves when the server has closed. */
  async closed(): Promise<void> {
    await until("the server closes", () => this.#isClosed || this.socket.readableEnded);
  }

  close(): void {
    this.socket.destroy();
  }

  #take(): RawAnswer | undefined {
    const head = readHead(this.#received);
    if (head === undefined) return undefined;
    const { length, ...answer } = head;
    const rest = this.#received.slice(length);
    if (head.headers.get("transfer-encoding") === "chunked") {
      const chunks = readChunks(rest);
      if (chunks === undefined) return undefined;
      this.#received = rest.slice(chunks.length);
      return { ...answer, body: chunks.body };
    }
    const size = Number(head.headers.get("content-length") ?? 0);
    if (rest.length < size) return undefined;
    this.#received = rest.slice(size);
    return { ...answer, body: rest.slice(0, size) };
  }
}

export interface RawRequest {
  method?: string;
  path: string;
  headers?: Readonly<Record<string, string>>;
  body?: string | Uint8Array;
}

/** A request as bytes. */
export function requestBytes({ method = "GET", path, headers = {}, body = "" }: RawRequest): Uint8Array {
  const length = method === "GET" ? {} : { "Content-Length": String(Buffer.byteLength(body)) };
  const lines = Object.entries({ Host: "localhost", ...length, ...headers }).map(
    ([k, v]) => `${k}: ${v}\r\n`,
  );
  return Buffer.concat([
    Buffer.from(`${method} ${path} HTTP/1.1\r\n${lines.join("")}\r\n`),
    typeof body === "string" ? Buffer.from(body) : body,
  ]);
}

/** Sends one request on a connection of its own. */
export async function ask(port: number, request: RawRequest): Promise<RawAnswer> {
  const connection = await RawConnection.open(port);
  try {
    connection.send(requestBytes(request));
    return await connection.answer();
  } finally {
    connection.close();
  }
}
