// Looks who leads in ZooKeeper, and again whenever that may have changed.
import type { MasterInfo } from "@mezzo/wire";
import type { Clock, Timer } from "../../clock.ts";
import type { LeaderListener, LeaderWatch } from "../leader-watch.ts";
import { leadingMember, readMember } from "./members.ts";
import type { ZooKeeperPlace } from "./parse-zk-url.ts";
import { ZooKeeperSession, isZooKeeperError } from "./zookeeper-session.ts";

/** As Mesos' `--zk_session_timeout`. */
const SESSION_TIMEOUT_MS = 10_000;

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
  #session: ZooKeeperSession | undefined;
  #told: string | undefined;
  #timer: Timer | undefined;
  #silence: Timer | undefined;
  #closed = false;

  constructor(place: ZooKeeperPlace, { clock, listener }: { clock: Clock; listener: LeaderListener }) {
    this.#place = place;
    this.#clock = clock;
    this.#listener = listener;
    this.#open();
  }

  close(): void {
    this.#closed = true;
    this.#timer?.cancel();
    this.#silence?.cancel();
    this.#session?.close();
  }

  #open(): void {
    const session = new ZooKeeperSession(this.#place, {
      sessionTimeoutMs: SESSION_TIMEOUT_MS,
      listener: {
        connected: () => {
          this.#silence?.cancel();
          this.#look(session);
        },
        disconnected: () => {
          this.#silence?.cancel();
          // Closing disconnects, too; a timer would keep the process alive.
          if (this.#closed) return;
          this.#silence = this.#clock.after(SESSION_TIMEOUT_MS, () => this.#tell(undefined));
        },
        expired: () => {
          this.#session = undefined;
          this.#again(() => this.#open());
        },
        refused: () => this.#listener.failed?.("ZooKeeper does not accept the credentials"),
      },
    });
    this.#session = session;
  }

  #again(run: () => void): void {
    if (this.#closed) return;
    this.#timer?.cancel();
    this.#timer = this.#clock.after(RETRY_MS, run);
  }

  #look(session: ZooKeeperSession): void {
    if (this.#closed || this.#session !== session) return;
    this.#find(session).then(
      (leader) => this.#tell(leader),
      (error: unknown) => {
        // A session that is over gets a successor, and what it was asked fails.
        if (this.#session !== session) return;
        if (!isZooKeeperError(error, "CONNECTION_LOSS")) this.#listener.failed?.(String(error));
        this.#again(() => this.#look(session));
      },
    );
  }

  async #find(session: ZooKeeperSession): Promise<MasterInfo | undefined> {
    const path = this.#place.path === "" ? "/" : this.#place.path;
    await session.ensurePath(this.#place.path);
    const name = leadingMember(await session.children(path, () => this.#look(session)));
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
