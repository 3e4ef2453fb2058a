// Election on ZooKeeper exactly as Mesos does it: each master is a node that ends with its session, the oldest one leads.
// Follows src/master/contender/zookeeper.cpp and src/zookeeper/contender.cpp, group.cpp.
import {
  MEMBER_PREFIX,
  ZooKeeperSession,
  type ZooKeeperPlace,
  isZooKeeperError,
  leadingMember,
  readMember,
  writeMember,
} from "@mezzo/sdk/zookeeper";
import type { MasterInfo } from "@mezzo/wire";
import type { Clock, Timer } from "../core/clock.ts";
import type { Logger } from "../core/logger.ts";
import { ElectedStore, type ElectedStoreOptions } from "../store/elected-store.ts";
import { ZooKeeperRecords } from "../store/zookeeper-records.ts";
import { type Election, type ElectionListener, SESSION_SHARE } from "./election.ts";

export interface ZooKeeperElectionOptions {
  zooKeeper: ZooKeeperPlace;
  /** `--zk_session_timeout`, milliseconds. */
  sessionTimeoutMs: number;
  registry: ElectedStoreOptions;
  /** Nobody stands where there is no registry. */
  needsRegistry: boolean;
}

/** Before a look that failed is repeated, milliseconds. */
const RETRY_MS = 500;

/** One master's candidacy. */
export class ZooKeeperElection implements Election {
  readonly place: string;
  readonly store: ElectedStore;
  readonly #path: string;
  readonly #sessionTimeoutMs: number;
  readonly #clock: Clock;
  readonly #logger: Logger;
  readonly #session: ZooKeeperSession;
  readonly #records: ZooKeeperRecords;
  readonly #needsRegistry: boolean;
  #joining: { info: MasterInfo; listener: ElectionListener } | undefined;
  #member: string | undefined;
  #connected = false;
  #elected = false;
  #over = false;
  #isLooking = false;
  #isLookWanted = false;
  #leading: string | undefined;
  #retry: Timer | undefined;
  /** Always the same function: ZooKeeper's client calls each one that it was given. */
  readonly #looksAgain = (): void => this.#look();

  constructor(options: ZooKeeperElectionOptions, { clock, logger }: { clock: Clock; logger: Logger }) {
    const { zooKeeper } = options;
    this.#path = zooKeeper.path;
    this.#sessionTimeoutMs = options.sessionTimeoutMs * SESSION_SHARE;
    this.#clock = clock;
    this.#logger = logger;
    this.place = `zk://${zooKeeper.servers}${zooKeeper.path}`;
    this.#session = new ZooKeeperSession(zooKeeper, {
      sessionTimeoutMs: this.#sessionTimeoutMs,
      clock,
      listener: {
        connected: () => this.#onConnected(),
        disconnected: () => this.#onDisconnected(),
        alive: this.#looksAgain,
        silent: () => this.#onSilence(),
        expired: () => this.#lose("its ZooKeeper session is over"),
        refused: () => this.#lose("ZooKeeper does not accept the credentials"),
      },
    });
    const place = { path: `${zooKeeper.path}/mezzo/registry`, member: () => this.#member };
    this.#records = new ZooKeeperRecords(place, this.#session);
    this.#needsRegistry = options.needsRegistry;
    this.store = new ElectedStore(this.#records, { clock, options: options.registry });
  }

  join(info: MasterInfo, listener: ElectionListener): void {
    this.#joining = { info, listener };
    this.#look();
  }

  close(): void {
    this.#over = true;
    this.#member = undefined;
    this.#retry?.cancel();
    this.#session.close();
  }

  #onConnected(): void {
    this.#connected = true;
    this.#logger.info("Connected to ZooKeeper", { place: this.place });
    this.#look();
  }

  #onDisconnected(): void {
    this.#connected = false;
    if (!this.#over) this.#logger.warn("Lost the connection to ZooKeeper", { place: this.place });
  }

  /** The session may be over before anybody can say so. Who does not stand yet can wait. */
  #onSilence(): void {
    if (this.#member !== undefined)
      this.#lose("ZooKeeper could not be reached for as long as its session lives");
  }

  #lose(reason: string): void {
    if (this.#over) return;
    this.close();
    this.#joining?.listener.lost(reason);
  }

  /** One look at a time: two would make two members. */
  #look(): void {
    if (this.#over || !this.#connected || this.#joining === undefined) return;
    this.#isLookWanted = true;
    if (this.#isLooking) return;
    this.#isLooking = true;
    this.#retry?.cancel();
    void this.#lookWhileWanted(this.#joining).finally(() => {
      this.#isLooking = false;
    });
  }

  async #lookWhileWanted(joining: { info: MasterInfo; listener: ElectionListener }): Promise<void> {
    while (this.#isLookWanted && !this.#over) {
      this.#isLookWanted = false;
      try {
        await this.#update(joining);
      } catch (error) {
        this.#onFailedLook(error);
        return;
      }
    }
  }

  #onFailedLook(error: unknown): void {
    if (this.#over) return;
    if (isZooKeeperError(error, "NO_AUTH")) {
      this.#lose(`ZooKeeper does not let it write below ${this.place}`);
      return;
    }
    this.#logger.warn("Cannot look who leads", { reason: String(error) });
    this.#retry = this.#clock.after(RETRY_MS, () => this.#look());
  }

  async #update({ info, listener }: { info: MasterInfo; listener: ElectionListener }): Promise<void> {
    const path = this.#path;
    const above = path === "" ? "/" : path;
    if (this.#member === undefined) {
      if (!this.#needsRegistry) await this.#session.ensurePath(path);
      else if (!(await this.#records.exists())) {
        if (!this.#over) listener.absent?.();
        return this.close();
      }
      // An attempt whose answer was lost may have made one already: it would stand in this one's way until the session ends.
      this.#member = (await this.#ownMember(info)) ?? (await this.#createMember(info));
      this.#logger.info("Standing for election", { member: this.#member });
    }
    const names = await this.#session.children(above, this.#looksAgain);
    const leading = leadingMember(names);
    if (this.#over) return;
    if (!names.includes(this.#member.slice(path.length + 1))) {
      this.#lose("its node in ZooKeeper is gone");
      return;
    }
    if (`${path}/${leading ?? ""}` === this.#member) {
      if (this.#elected) return;
      this.#elected = true;
      listener.elected();
      return;
    }
    if (leading === undefined || leading === this.#leading) return;
    const data = await this.#session.data(`${path}/${leading}`);
    if (this.#over || data === undefined || leading === this.#leading) return;
    this.#leading = leading;
    listener.follows(readMember(leading, data));
  }

  #createMember(info: MasterInfo): Promise<string> {
    return this.#session.createMember(`${this.#path}/${MEMBER_PREFIX}`, writeMember(info));
  }

  async #ownMember(info: MasterInfo): Promise<string | undefined> {
    const path = this.#path;
    for (const name of await this.#session.children(path === "" ? "/" : path)) {
      if (!name.startsWith(MEMBER_PREFIX)) continue;
      const data = await this.#session.data(`${path}/${name}`);
      if (data !== undefined && readMember(name, data).id === info.id) return `${path}/${name}`;
    }
    return undefined;
  }
}
