// A peer that speaks libprocess by hand, as an agent of another make would: and one that may misbehave.
import { connect, createServer, type Server as NetServer, type Socket } from "node:net";
import {
  decodeProtobuf,
  encodeProtobuf,
  fullNameOf,
  type AgentInfo,
  type MessageName,
  type Messages,
} from "@mezzo/wire";
import { takePort } from "./ports.ts";
import { until } from "./until.ts";

export interface ReceivedMessage {
  name: string;
  from: string;
  body: Uint8Array;
}

const END_OF_HEAD = "\r\n\r\n";

/** Takes whole messages off the front of what a connection has brought. */
function takeMessage(received: Buffer): { message: ReceivedMessage; rest: Buffer } | undefined {
  const headEnd = received.indexOf(END_OF_HEAD);
  if (headEnd < 0) return undefined;
  const head = received.subarray(0, headEnd).toString("latin1");
  const name = /^POST \/[^/]+\/(\S+) HTTP/.exec(head)?.[1] ?? "";
  const from = /^Libprocess-From: (.*)$/im.exec(head)?.[1] ?? "";
  let at = headEnd + END_OF_HEAD.length;
  const parts: Uint8Array[] = [];
  if (/^Transfer-Encoding: chunked/im.test(head)) {
    for (;;) {
      const lineEnd = received.indexOf("\r\n", at);
      if (lineEnd < 0) return undefined;
      const size = Number.parseInt(received.subarray(at, lineEnd).toString("latin1"), 16);
      const next = lineEnd + 2 + size + 2;
      if (received.length < next) return undefined;
      parts.push(received.subarray(lineEnd + 2, lineEnd + 2 + size));
      at = next;
      if (size === 0) break;
    }
  } else {
    const size = Number(/^Content-Length: (\d+)/im.exec(head)?.[1] ?? 0);
    if (received.length < at + size) return undefined;
    parts.push(received.subarray(at, at + size));
    at += size;
  }
  return { message: { name, from, body: Buffer.concat(parts) }, rest: received.subarray(at) };
}

/** A message as bytes. */
export function messageBytes(
  to: string,
  { name, from, body }: { name: string; from: string; body: Uint8Array },
): Uint8Array {
  const head = [
    `POST /${to.slice(0, to.indexOf("@"))}/${name} HTTP/1.1`,
    `User-Agent: libprocess/${from}`,
    `Libprocess-From: ${from}`,
    "Connection: Keep-Alive",
    "Host: ",
  ];
  if (body.length === 0) return Buffer.from(`${head.join("\r\n")}${END_OF_HEAD}`);
  return Buffer.concat([
    Buffer.from(`${head.join("\r\n")}\r\nTransfer-Encoding: chunked${END_OF_HEAD}`),
    Buffer.from(`${body.length.toString(16)}\r\n`),
    body,
    Buffer.from("\r\n0\r\n\r\n"),
  ]);
}

/** Listens on a port of its own, keeps what it receives, and sends over one connection. */
export class LibprocessPeer {
  readonly pid: string;
  readonly received: ReceivedMessage[] = [];
  readonly #server: NetServer;
  readonly #sockets = new Set<Socket>();
  readonly #outgoing = new Map<string, Socket>();
  #reads = true;
  onMessage: (message: ReceivedMessage) => void = () => undefined;

  private constructor(pid: string) {
    this.pid = pid;
    this.#server = createServer((socket) => this.#serve(socket));
  }

  static async listen(id: string): Promise<LibprocessPeer> {
    const port = await takePort();
    const peer = new LibprocessPeer(`${id}@127.0.0.1:${port}`);
    await new Promise<void>((resolve) => peer.#server.listen(port, "127.0.0.1", resolve));
    return peer;
  }

  /** Sends a message of the schema. */
  send<Name extends MessageName>(to: string, name: Name, body: Messages[Name]): void {
    this.sendBytes(to, fullNameOf(name), encodeProtobuf(name, body));
  }

  /** Sends whatever one likes. */
  sendBytes(to: string, name: string, body: Uint8Array): void {
    this.#to(to).write(messageBytes(to, { name, from: this.pid, body }));
  }

  /** Whether everything that was sent has left this process. */
  get isFlushed(): boolean {
    return [...this.#outgoing.values()].every((socket) => socket.writableLength === 0);
  }

  /** The first message of a kind, decoded. */
  async sees<Name extends MessageName>(name: Name): Promise<Messages[Name]> {
    const full = fullNameOf(name);
    const found = await until(`${name} comes`, () => this.received.find((each) => each.name === full));
    const decoded = decodeProtobuf(name, found.body);
    if (!decoded.ok) throw new Error(decoded.error);
    return decoded.value;
  }

  /** Reads nothing more, of any connection. */
  stopReading(): void {
    this.#reads = false;
    for (const socket of this.#sockets) socket.pause();
  }

  close(): void {
    this.#server.close();
    for (const socket of [...this.#sockets, ...this.#outgoing.values()]) socket.destroy();
  }

  #to(pid: string): Socket {
    const known = this.#outgoing.get(pid);
    if (known !== undefined && !known.destroyed) return known;
    const address = pid.slice(pid.indexOf("@") + 1);
    const [host = "", port] = address.split(":");
    const socket = connect({ host, port: Number(port), noDelay: true });
    socket.on("error", () => undefined);
    socket.resume();
    this.#outgoing.set(pid, socket);
    return socket;
  }

  #serve(socket: Socket): void {
    let received: Buffer = Buffer.alloc(0);
    this.#sockets.add(socket);
    socket.on("error", () => undefined);
    socket.on("close", () => this.#sockets.delete(socket));
    socket.on("data", (chunk: Buffer) => {
      received = Buffer.concat([received, chunk]);
      for (;;) {
        const taken = takeMessage(received);
        if (taken === undefined) return;
        received = taken.rest;
        this.received.push(taken.message);
        this.onMessage(taken.message);
      }
    });
    if (!this.#reads) socket.pause();
  }
}

const scalar = (name: string, value: number) =>
  ({ name, type: "SCALAR", scalar: { value }, role: "*" }) as const;

/** An agent that registers and answers pings, and does nothing else. */
export class SimulatedAgent {
  readonly peer: LibprocessPeer;
  #id = "";

  private constructor(peer: LibprocessPeer) {
    this.peer = peer;
    peer.onMessage = ({ name, from }) => {
      if (name === fullNameOf("PingSlaveMessage")) this.peer.send(from, "PongSlaveMessage", {});
    };
  }

  /** Resolves when the master has admitted it. */
  static async register(master: string): Promise<SimulatedAgent> {
    const agent = new SimulatedAgent(await LibprocessPeer.listen("slave(1)"));
    const info: AgentInfo = {
      hostname: "localhost",
      port: Number(agent.peer.pid.split(":")[1]),
      resources: [scalar("cpus", 64), scalar("mem", 65_536)],
    };
    agent.peer.send(`master@${master}`, "RegisterSlaveMessage", {
      agent: info,
      version: "1.11.0",
      agent_capabilities: [{ type: "MULTI_ROLE" }, { type: "RESERVATION_REFINEMENT" }],
    });
    const registered = await agent.peer.sees("SlaveRegisteredMessage");
    agent.#id = registered.agent_id.value;
    return agent;
  }

  get id(): string {
    return this.#id;
  }
}
