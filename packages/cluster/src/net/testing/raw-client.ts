// A client that sends bytes as they are and keeps what comes back.
import { connect, type Socket } from "node:net";

/** One connection; waits are for conditions on what was received, never for time. */
export class RawClient {
  readonly socket: Socket;
  #received = "";
  #closed = false;
  #waiters: (() => void)[] = [];

  private constructor(socket: Socket) {
    this.socket = socket;
    socket.on("data", (chunk: Buffer) => {
      this.#received += chunk.toString("latin1");
      this.#wake();
    });
    socket.on("error", () => {});
    socket.on("close", () => {
      this.#closed = true;
      this.#wake();
    });
  }

  static async open(port: number, options: { allowHalfOpen?: boolean } = {}): Promise<RawClient> {
    const socket = connect({ port, host: "127.0.0.1", noDelay: true, ...options });
    const client = new RawClient(socket);
    await new Promise<void>((resolve) => {
      socket.once("connect", resolve);
    });
    return client;
  }

  /** Everything received, a character a byte. */
  get received(): string {
    return this.#received;
  }

  get closed(): boolean {
    return this.#closed;
  }

  send(data: string | Uint8Array): void {
    this.socket.write(data);
  }

  /** Resolves when the condition holds; it is asked after everything that arrives. */
  async until(condition: (received: string) => boolean): Promise<string> {
    while (!condition(this.#received)) {
      if (this.#closed) {
        throw new Error(`closed after ${JSON.stringify(this.#received.slice(-200))}`);
      }
      await this.#change();
    }
    return this.#received;
  }

  /** Resolves with everything received when the server has closed. */
  async untilClosed(): Promise<string> {
    while (!this.#closed) {
      await this.#change();
    }
    return this.#received;
  }

  #change(): Promise<void> {
    return new Promise((resolve) => {
      this.#waiters.push(resolve);
    });
  }

  #wake(): void {
    const waiters = this.#waiters;
    this.#waiters = [];
    for (const wake of waiters) {
      wake();
    }
  }
}
