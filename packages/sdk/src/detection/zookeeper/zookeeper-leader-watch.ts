// Looks who leads in ZooKeeper, and again whenever that may have changed.
import type { MasterInfo } from "@mezzo/wire";
import type { Clock, Timer } from "../../clock.ts";
import type { LeaderListener, LeaderWatch, LeaderWatchDependencies } from "../leader-watch.ts";
import { leadingMember, readMember } from "./members.ts";
import type { ZooKeeperPlace } from "./parse-zk-url.ts";
import { ZooKeeperSession, isZooKeeperError } from "./zookeeper-session.ts";

/** Before a look that failed is repeated, and before a new session, milliseconds. */
const RETRY_MS = 1000;

/**
 * One watch. A leader stays the leader while ZooKeeper cannot be reached, for as long as a session lives: then nobody knows.
 * @see Mesos src/master/detector/zookeeper.cpp
 */
export class ZooKeeperLeaderWatch implements LeaderWatch {
  readonly #place: ZooKeeperPlace;
  readonly #clock: Clock;
  readonly #listener: LeaderListener;
  readonly #sessionTimeoutMs: number;
  #session: ZooKeeperSession | undefined;
  #told: string | undefined;
  #timer: Timer | undefined;
  #closed = false;

  constructor(
    place: ZooKeeperPlace,
    { clock, listener, sessionTimeoutMs }: Required<LeaderWatchDependencies>,
  ) {
    this.#place = place;
    this.#clock = clock;
    this.#sessionTimeoutMs = sessionTimeoutMs;
    this.#listener = listener;
    this.#open();
  }

  close(): void {
    this.#closed = true;
    this.#timer?.cancel();
    this.#session?.close();
  }

  #open(): void {
    const session = new ZooKeeperSession(this.#place, {
      sessionTimeoutMs: this.#sessionTimeoutMs,
      clock: this.#clock,
      listener: {
        connected: () => this.#look(session, looksAgain),
        alive: () => this.#look(session, looksAgain),
        expired: () => this.#reopen(),
        silent: () => {
          session.close();
          this.#tell(undefined);
          this.#reopen();
        },
        refused: () => this.#listener.failed?.("ZooKeeper does not accept the credentials"),
      },
    });
    // Always the same function: ZooKeeper's client calls each one that it was given.
    const looksAgain = (): void => this.#look(session, looksAgain);
    this.#session = session;
  }

  #reopen(): void {
    this.#session = undefined;
    this.#again(() => this.#open());
  }

  #again(run: () => void): void {
    if (this.#closed) return;
    this.#timer?.cancel();
    this.#timer = this.#clock.after(RETRY_MS, run);
  }

  #look(session: ZooKeeperSession, changed: () => void): void {
    if (this.#closed || this.#session !== session) return;
    this.#find(session, changed).then(
      (leader) => this.#tell(leader),
      (error: unknown) => {
        // A session that is over gets a successor, and what it was asked fails.
        if (this.#session !== session) return;
        if (!isZooKeeperError(error, "CONNECTION_LOSS")) this.#listener.failed?.(String(error));
        this.#again(changed);
      },
    );
  }

  async #find(session: ZooKeeperSession, changed: () => void): Promise<MasterInfo | undefined> {
    const path = this.#place.path === "" ? "/" : this.#place.path;
    await session.ensurePath(this.#place.path);
    const name = leadingMember(await session.children(path, changed));
    if (name === undefined) return undefined;
    const data = await session.data(`${this.#place.path}/${name}`);
    // Gone in the meantime: the watch says so.
    return data && readMember(name, data);
  }

  #tell(leader: MasterInfo | undefined): void {
    const id = leader === undefined ? "" : `${leader.id} ${leader.pid ?? ""}`;
    if (this.#closed || this.#told === id) return;
    this.#told = id;
    this.#listener.changed(leader);
  }
}
