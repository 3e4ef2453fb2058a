// Election on etcd: each master is a key that ends with its lease, the oldest one leads. What etcd calls an election
// (client/v3/concurrency/election.go) with the behaviour of Mesos' masters on ZooKeeper.
import {
  CandidatesWatch,
  EtcdClient,
  EtcdError,
  type EtcdPlace,
  type EtcdRecord,
  candidatesBelow,
  grantLease,
  readCandidate,
  renewLease,
  revokeLease,
  transact,
  writeCandidate,
} from "@mezzo/sdk/etcd";
import type { MasterInfo } from "@mezzo/wire";
import type { Clock, Timer } from "../core/clock.ts";
import type { Logger } from "../core/logger.ts";
import { ElectedStore, type ElectedStoreOptions } from "../store/elected-store.ts";
import { type EtcdMember, EtcdRecords } from "../store/etcd-records.ts";
import { type Election, type ElectionListener, SESSION_SHARE } from "./election.ts";

export interface EtcdElectionOptions {
  etcd: EtcdPlace;
  /** `--zk_session_timeout`, milliseconds. */
  sessionTimeoutMs: number;
  registry: ElectedStoreOptions;
  /** Nobody stands where there is no registry. */
  needsRegistry: boolean;
}

/** Before what failed is tried again, milliseconds. */
const RETRY_MS = 500;

/** A lease is renewed, and the candidates looked at, so many times in its life. */
const RENEWALS = 3;

/** A member of etcd that is silent for this part of a session is left for another one. */
const ATTEMPT_SHARE = 0.25;

/** Less is a busy machine, not a broken one; milliseconds. */
const MIN_ATTEMPT_MS = 500;

/** One master's candidacy. */
export class EtcdElection implements Election {
  readonly place: string;
  readonly store: ElectedStore;
  readonly #options: EtcdElectionOptions;
  readonly #clock: Clock;
  readonly #logger: Logger;
  readonly #client: EtcdClient;
  readonly #records: EtcdRecords;
  #listener: ElectionListener | undefined;
  #lease: { id: string; lifeMs: number } | undefined;
  #member: EtcdMember | undefined;
  #watch: CandidatesWatch | undefined;
  #isConnected = true;
  #elected = false;
  #leading: string | undefined;
  #over = false;
  #renewal: Timer | undefined;
  /** Ends the candidacy when no renewal has been confirmed for a lease's life. */
  #silence: Timer | undefined;

  constructor(options: EtcdElectionOptions, { clock, logger }: { clock: Clock; logger: Logger }) {
    const { etcd, sessionTimeoutMs } = options;
    this.#options = options;
    this.#clock = clock;
    this.#logger = logger;
    this.place = `etcd://${etcd.endpoints.join(",")}${etcd.path}`;
    const attemptTimeoutMs = Math.max(MIN_ATTEMPT_MS, sessionTimeoutMs * ATTEMPT_SHARE);
    this.#client = new EtcdClient(etcd, { attemptTimeoutMs }, { clock });
    this.#records = new EtcdRecords({ path: etcd.path, member: () => this.#member }, this.#client);
    this.store = new ElectedStore(this.#records, { clock, options: options.registry });
  }

  join(info: MasterInfo, listener: ElectionListener): void {
    this.#listener = listener;
    void this.#stand(info);
  }

  close(): void {
    if (this.#over) return;
    this.#over = true;
    this.#member = undefined;
    this.#silence?.cancel();
    this.#renewal?.cancel();
    this.#watch?.close();
    void this.#withdraw();
  }

  /** Nobody should have to wait for the lease's end; if etcd is away, they do. */
  async #withdraw(): Promise<void> {
    if (this.#lease !== undefined) await revokeLease(this.#client, this.#lease.id).catch(() => undefined);
    this.#client.close();
  }

  #lose(reason: string): void {
    if (this.#over) return;
    this.close();
    this.#listener?.lost(reason);
  }

  /** Says what is wrong with etcd, and ends the candidacy if time does not heal it. */
  #complain(what: string, error: unknown): void {
    if (this.#over) return;
    if (error instanceof EtcdError && error.code === "refused")
      this.#lose(`etcd does not let it use ${this.place}: ${error.message}`);
    else this.#logger.warn(what, { reason: String(error) });
  }

  async #stand(info: MasterInfo): Promise<void> {
    while (!this.#over && this.#member === undefined) {
      try {
        await this.#standOnce(info);
      } catch (error) {
        this.#complain("Cannot stand for election", error);
        await new Promise<void>((resolve) => {
          this.#clock.after(RETRY_MS, resolve);
        });
      }
    }
  }

  async #standOnce(info: MasterInfo): Promise<void> {
    const { etcd, sessionTimeoutMs, needsRegistry } = this.#options;
    if (needsRegistry && !(await this.#records.exists())) {
      if (!this.#over) this.#listener?.absent?.();
      return this.close();
    }
    // An attempt whose answer was lost may have made a key already: it would stand in this one's way.
    if (this.#lease !== undefined) await revokeLease(this.#client, this.#lease.id);
    this.#lease = undefined;
    const lease = await grantLease(this.#client, sessionTimeoutMs * SESSION_SHARE);
    this.#lease = lease;
    const key = `${candidatesBelow(etcd.path)}${BigInt(lease.id).toString(16)}`;
    const { succeeded, revision, found } = await transact(this.#client, {
      conditions: [{ key, createRevision: "0" }],
      writes: [{ key, value: writeCandidate(info), lease: lease.id }],
    });
    // The key is named after its lease: if it was there, an earlier try of this transaction has made it.
    const createRevision = succeeded ? revision : found[0]?.createRevision;
    if (createRevision === undefined) throw new Error("etcd neither has the master's key nor takes it");
    if (this.#over) return this.#withdraw();
    this.#member = { key, createRevision };
    this.#logger.info("Standing for election", { member: key });
    this.#renew(lease);
    this.#watch = new CandidatesWatch(
      { client: this.#client, path: etcd.path, everyMs: lease.lifeMs / RENEWALS },
      {
        clock: this.#clock,
        listener: {
          seen: (candidates) => this.#see(candidates),
          failed: (error) => this.#complain("Cannot look who leads", error),
        },
      },
    );
  }

  /** The time counts from the question: the lease cannot end before this master knows of it. */
  #renew({ id, lifeMs }: { id: string; lifeMs: number }): void {
    if (this.#over) return;
    const silence = this.#clock.after(lifeMs, () =>
      this.#lose("etcd could not be reached for as long as its lease lives"),
    );
    const again = (delayMs: number): void => {
      this.#renewal = this.#clock.after(delayMs, () => this.#renew({ id, lifeMs }));
    };
    renewLease(this.#client, id).then(
      (isAlive) => {
        if (this.#over) return silence.cancel();
        this.#silence?.cancel();
        this.#silence = silence;
        this.#connected(true);
        if (isAlive) again(lifeMs / RENEWALS);
        else this.#lose("its lease in etcd is over");
      },
      (error: unknown) => {
        if (this.#over) return silence.cancel();
        if (this.#silence === undefined) this.#silence = silence;
        else silence.cancel();
        this.#connected(false, error);
        again(RETRY_MS);
      },
    );
  }

  #connected(isConnected: boolean, error?: unknown): void {
    if (this.#over || this.#isConnected === isConnected) return;
    this.#isConnected = isConnected;
    if (isConnected) this.#logger.info("Connected to etcd", { place: this.place });
    else this.#logger.warn("Lost the connection to etcd", { place: this.place, reason: String(error) });
  }

  #see(candidates: readonly EtcdRecord[]): void {
    const [oldest] = candidates;
    if (this.#over || this.#member === undefined) return;
    if (!candidates.some(({ key }) => key === this.#member?.key)) {
      this.#lose("its key in etcd is gone");
    } else if (oldest?.key === this.#member.key) {
      if (this.#elected) return;
      this.#elected = true;
      this.#listener?.elected();
    } else if (oldest !== undefined && oldest.key !== this.#leading) {
      this.#leading = oldest.key;
      this.#follow(oldest);
    }
  }

  #follow(oldest: EtcdRecord): void {
    let leader: MasterInfo | undefined;
    try {
      leader = readCandidate(oldest);
    } catch (error) {
      this.#logger.warn("Cannot look who leads", { reason: String(error) });
    }
    this.#listener?.follows(leader);
  }
}
