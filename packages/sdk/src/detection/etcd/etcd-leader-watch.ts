// Looks who leads in etcd, and again whenever that may have changed.
import type { MasterInfo } from "@mezzo/wire";
import type { Clock, Timer } from "../../clock.ts";
import type { LeaderListener, LeaderWatch } from "../leader-watch.ts";
import { CandidatesWatch, readCandidate } from "./candidates.ts";
import type { EtcdRecord } from "./etcd-api.ts";
import { EtcdClient } from "./etcd-client.ts";
import { EtcdError } from "./etcd-error.ts";
import type { EtcdPlace } from "./parse-etcd-url.ts";

/** As Mesos' `--zk_session_timeout`. */
const SESSION_TIMEOUT_MS = 10_000;

/** As often as ZooKeeper's clients ask whether it is still there. */
const LOOK_EVERY_MS = SESSION_TIMEOUT_MS / 3;

const ATTEMPT_TIMEOUT_MS = 2000;

/** One watch. A leader stays the leader while etcd cannot be reached, for as long as a session lives: then nobody knows. */
export class EtcdLeaderWatch implements LeaderWatch {
  readonly #client: EtcdClient;
  readonly #clock: Clock;
  readonly #listener: LeaderListener;
  readonly #watch: CandidatesWatch;
  #told: string | undefined;
  #silence: Timer | undefined;
  #closed = false;

  constructor(place: EtcdPlace, { clock, listener }: { clock: Clock; listener: LeaderListener }) {
    this.#clock = clock;
    this.#listener = listener;
    this.#client = new EtcdClient(place, { attemptTimeoutMs: ATTEMPT_TIMEOUT_MS }, { clock });
    this.#watch = new CandidatesWatch(
      { client: this.#client, path: place.path, everyMs: LOOK_EVERY_MS },
      { clock, listener: { seen: (found) => this.#seen(found), failed: (error) => this.#failed(error) } },
    );
  }

  close(): void {
    this.#closed = true;
    this.#silence?.cancel();
    this.#watch.close();
    this.#client.close();
  }

  #seen([oldest]: readonly EtcdRecord[]): void {
    this.#silence?.cancel();
    this.#silence = undefined;
    try {
      this.#tell(oldest && readCandidate(oldest));
    } catch (error) {
      this.#listener.failed?.(String(error));
    }
  }

  #failed(error: unknown): void {
    if (!(error instanceof EtcdError) || error.code !== "unreachable") this.#listener.failed?.(String(error));
    this.#silence ??= this.#clock.after(SESSION_TIMEOUT_MS, () => this.#tell(undefined));
  }

  #tell(leader: MasterInfo | undefined): void {
    const id = leader === undefined ? "" : `${leader.id} ${leader.pid ?? ""}`;
    if (this.#closed || this.#told === id) return;
    this.#told = id;
    this.#listener.changed(leader);
  }
}
