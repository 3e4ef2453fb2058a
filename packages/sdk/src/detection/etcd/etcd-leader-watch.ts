// Looks who leads in etcd, and again whenever that may have changed.
import type { MasterInfo } from "@mezzo/wire";
import type { Clock, Timer } from "../../clock.ts";
import type { LeaderListener, LeaderWatch, LeaderWatchDependencies } from "../leader-watch.ts";
import { CandidatesWatch, readCandidate } from "./candidates.ts";
import type { EtcdRecord } from "./etcd-api.ts";
import { EtcdClient } from "./etcd-client.ts";
import { EtcdError } from "./etcd-error.ts";
import type { EtcdPlace } from "./parse-etcd-url.ts";

/** Looks in a session's life: as often as ZooKeeper's clients ask whether it is still there. */
const LOOKS = 3;

/** A member of etcd that is silent for this part of a session is left for another one. */
const ATTEMPT_SHARE = 0.25;

/** One watch. A leader stays the leader while etcd cannot be reached, for as long as a session lives: then nobody knows. */
export class EtcdLeaderWatch implements LeaderWatch {
  readonly #client: EtcdClient;
  readonly #clock: Clock;
  readonly #listener: LeaderListener;
  readonly #sessionTimeoutMs: number;
  readonly #watch: CandidatesWatch;
  #told: string | undefined;
  #silence: Timer | undefined;
  #closed = false;

  constructor(place: EtcdPlace, { clock, listener, sessionTimeoutMs }: Required<LeaderWatchDependencies>) {
    this.#clock = clock;
    this.#sessionTimeoutMs = sessionTimeoutMs;
    this.#listener = listener;
    this.#client = new EtcdClient(place, { attemptTimeoutMs: sessionTimeoutMs * ATTEMPT_SHARE }, { clock });
    this.#watch = new CandidatesWatch(
      { client: this.#client, path: place.path, everyMs: sessionTimeoutMs / LOOKS },
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
    this.#silence ??= this.#clock.after(this.#sessionTimeoutMs, () => this.#tell(undefined));
  }

  #tell(leader: MasterInfo | undefined): void {
    const id = leader === undefined ? "" : `${leader.id} ${leader.pid ?? ""}`;
    if (this.#closed || this.#told === id) return;
    this.#told = id;
    this.#listener.changed(leader);
  }
}
