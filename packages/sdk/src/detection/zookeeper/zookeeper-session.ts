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
import type { Clock, Timer } from "../../clock.ts";
import type { ZooKeeperPlace } from "./parse-zk-url.ts";

/** What befalls a session. After `expired` and `refused` it is of no use any more. */
export interface SessionListener {
  connected?(): void;
  disconnected?(): void;
  /** ZooKeeper has answered; comes again and again. */
  alive?(): void;
  expired?(): void;
  /** No question was answered for as long as the session lives, counted from the question: it may be over. */
  silent?(): void;
  /** The credentials are not accepted. */
  refused?(): void;
}

/** Between two attempts to connect, milliseconds. */
const SPIN_DELAY_MS = 500;

/** ZooKeeper is asked so many times in the session's life whether it is there, as its own clients do. */
const PROBES = 3;

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
  readonly #clock: Clock;
  readonly #listener: SessionListener;
  readonly #sessionTimeoutMs: number;
  #probe: Timer | undefined;
  #silence: Timer | undefined;
  #isOver = false;

  /** `sessionTimeoutMs`: how long the session lives without contact. */
  constructor(
    { servers, digest }: ZooKeeperPlace,
    {
      sessionTimeoutMs,
      clock,
      listener,
    }: { sessionTimeoutMs: number; clock: Clock; listener: SessionListener },
  ) {
    this.#clock = clock;
    this.#listener = listener;
    this.#sessionTimeoutMs = sessionTimeoutMs;
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
    this.#client.on("expired", () => this.#end(() => listener.expired?.()));
    this.#client.on("authenticationFailed", () => this.#end(() => listener.refused?.()));
    this.#client.connect();
    this.#ask();
  }

  #end(tell: () => void): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#probe?.cancel();
    this.#silence?.cancel();
    tell();
  }

  /** The client itself never gives up a connection that is silent, nor says how long it has been. */
  #ask(): void {
    if (this.#isOver) return;
    const silence = this.#clock.after(this.#lifeMs, () => {
      if (!this.#isOver) this.#listener.silent?.();
    });
    this.#silence ??= silence;
    const hurry = (): void => {
      this.#probe = this.#clock.after(this.#lifeMs / PROBES, () => {
        this.#reconnect();
        hurry();
      });
    };
    hurry();
    const again = (delayMs: number): void => {
      this.#probe?.cancel();
      if (!this.#isOver) this.#probe = this.#clock.after(delayMs, () => this.#ask());
    };
    this.exists("/").then(
      () => {
        if (this.#silence !== silence) this.#silence?.cancel();
        this.#silence = silence;
        if (this.#isOver) return silence.cancel();
        again(this.#lifeMs / PROBES);
        this.#listener.alive?.();
      },
      () => {
        if (this.#silence !== silence) silence.cancel();
        // The client asks as soon as it is connected again.
        again(SPIN_DELAY_MS);
      },
    );
  }

  /** ZooKeeper may give less than was asked for. */
  get #lifeMs(): number {
    return Math.min(this.#sessionTimeoutMs, this.#client.getSessionTimeout());
  }

  /** On the next server. */
  #reconnect(): void {
    const { connectionManager } = this.#client as unknown as {
      connectionManager?: { socket?: { destroy(): void } };
    };
    connectionManager?.socket?.destroy();
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

  /** Names below the path; `changed` is called once when they have changed, however often it was given. */
  children(path: string, changed?: () => void): Promise<string[]> {
    return settle<string[]>((done) => {
      if (changed === undefined) this.#client.getChildren(path, done);
      else this.#client.getChildren(path, changed, done);
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
    this.#end(() => undefined);
    this.#client.close();
  }
}
