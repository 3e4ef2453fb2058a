// A session with ZooKeeper: the parts of its client that masters and those who look for them need, as promises.
import {
  ACL,
  type Client,
  CreateMode,
  Id,
  Permission,
  type Transaction,
  createClient,
} from "node-zookeeper-client";
import type { ZooKeeperPlace } from "./parse-zk-url.ts";

/** What befalls a session. After `expired` and `refused` it is of no use any more. */
export interface SessionListener {
  connected?(): void;
  disconnected?(): void;
  expired?(): void;
  /** The credentials are not accepted. */
  refused?(): void;
}

/** Between two attempts to connect, milliseconds. */
const SPIN_DELAY_MS = 500;

/** Whether an error of the client has this name, such as `NO_NODE` or `CONNECTION_LOSS`. */
export function isZooKeeperError(error: unknown, name: string): boolean {
  return typeof error === "object" && error !== null && (error as { name?: unknown }).name === name;
}

function settle<T>(run: (done: (error: unknown, value: T) => void) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    run((error, value) => {
      if (error instanceof Error) reject(error);
      else if (error) reject(new Error("ZooKeeper's client failed", { cause: error }));
      else resolve(value);
    });
  });
}

/** Connects at once, and again whenever the connection breaks. */
export class ZooKeeperSession {
  readonly #client: Client;
  readonly #acls: ACL[];

  /** `sessionTimeoutMs`: how long the session lives without contact. */
  constructor(
    { servers, digest }: ZooKeeperPlace,
    { sessionTimeoutMs, listener }: { sessionTimeoutMs: number; listener: SessionListener },
  ) {
    this.#client = createClient(servers, {
      sessionTimeout: sessionTimeoutMs,
      spinDelay: SPIN_DELAY_MS,
      retries: 0,
    });
    const everyone = new Id("world", "anyone");
    // As Mesos: with credentials everybody may look and their owner alone may write.
    this.#acls =
      digest === undefined
        ? [new ACL(Permission.ALL, everyone)]
        : [new ACL(Permission.READ, everyone), new ACL(Permission.ALL, new Id("auth", ""))];
    if (digest !== undefined) this.#client.addAuthInfo("digest", Buffer.from(digest));
    this.#client.on("connected", () => listener.connected?.());
    this.#client.on("disconnected", () => listener.disconnected?.());
    this.#client.on("expired", () => listener.expired?.());
    this.#client.on("authenticationFailed", () => listener.refused?.());
    this.#client.connect();
  }

  /** Creates the path and those above it, unless they are there. */
  async ensurePath(path: string): Promise<void> {
    let made = "";
    for (const part of path.split("/").filter((each) => each !== "")) {
      made += `/${part}`;
      const here = made;
      const found = await this.exists(here);
      if (found) continue;
      await settle<string>((done) => this.#client.create(here, this.#acls, done)).catch((error: unknown) => {
        if (!isZooKeeperError(error, "NODE_EXISTS")) throw error;
      });
    }
  }

  async exists(path: string): Promise<boolean> {
    const stat = await settle<unknown>((done) => this.#client.exists(path, done));
    return stat !== null && stat !== undefined;
  }

  /** Names below the path; `changed` is called once when they have changed. */
  children(path: string, changed?: () => void): Promise<string[]> {
    return settle<string[]>((done) => {
      if (changed === undefined) this.#client.getChildren(path, done);
      else this.#client.getChildren(path, () => changed(), done);
    });
  }

  /** Undefined when there is no such node. */
  async data(path: string): Promise<Buffer | undefined> {
    try {
      // A node without data has none, not an empty one.
      return (
        (await settle<Buffer | undefined>((done) => this.#client.getData(path, done))) ?? Buffer.alloc(0)
      );
    } catch (error) {
      if (isZooKeeperError(error, "NO_NODE")) return undefined;
      throw error;
    }
  }

  /** A node that ends with the session, its name followed by a number that only grows. Returns its path. */
  createMember(path: string, data: Buffer): Promise<string> {
    return settle<string>((done) =>
      this.#client.create(path, data, this.#acls, CreateMode.EPHEMERAL_SEQUENTIAL, done),
    );
  }

  /** All or nothing. */
  async commit(fill: (transaction: Transaction, acls: ACL[]) => void): Promise<void> {
    const transaction = this.#client.transaction();
    fill(transaction, this.#acls);
    await settle<unknown>((done) => transaction.commit(done));
  }

  /** Ends the session: its members are gone at once. */
  close(): void {
    this.#client.close();
  }
}
