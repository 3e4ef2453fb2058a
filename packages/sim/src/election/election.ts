// Who leads, as etcd or ZooKeeper decide it: candidates hold sessions that end when nothing is heard of them for a while,
// and the session that began first leads. It is always consistent; only those who ask may be cut off from it.
import type { Timer } from "../../../cluster/src/core/clock.ts";
import type { SimClock } from "../time/sim-clock.ts";

/** A process that wants to lead. */
export interface Candidate {
  readonly pid: string;
  /** Its session leads. Called once for each session, when the process can hear it. */
  elected(): void;
}

/** One candidate's stay. */
export interface Session {
  readonly candidate: Candidate;
  /** False while its process is stopped, or cut off from the service. */
  heard: boolean;
  over: boolean;
  told: boolean;
  expiry?: Timer | undefined;
}

/** The coordination service. */
export class Election {
  readonly #clock: SimClock;
  readonly #sessionMs: number;
  readonly #sessions: Session[] = [];
  readonly #watchers: ((pid: string | undefined) => void)[] = [];
  #announced: Session | undefined;

  /** `sessionMs`: how long a session lives without contact. */
  constructor(sessionMs: number, clock: SimClock) {
    this.#sessionMs = sessionMs;
    this.#clock = clock;
  }

  /** The session that leads now. */
  get leader(): Session | undefined {
    return this.#sessions[0];
  }

  /** Calls back in the moment in which somebody else leads, or nobody. */
  watch(watcher: (pid: string | undefined) => void): void {
    this.#watchers.push(watcher);
  }

  /** Last in line. */
  join(candidate: Candidate, { heard }: { heard: boolean }): Session {
    const session: Session = { candidate, heard: true, over: false, told: false };
    this.#sessions.push(session);
    if (heard) this.#announce();
    else this.setHeard(session, false);
    return session;
  }

  /** Nothing is heard of it from now on, or something is again; the session ends if the silence lasts. */
  setHeard(session: Session, heard: boolean): void {
    if (session.over || session.heard === heard) return;
    session.heard = heard;
    session.expiry?.cancel();
    session.expiry = heard ? undefined : this.#clock.after(this.#sessionMs, () => this.leave(session));
    this.#announce();
  }

  /** Ends the session. */
  leave(session: Session): void {
    if (session.over) return;
    session.over = true;
    session.expiry?.cancel();
    this.#sessions.splice(this.#sessions.indexOf(session), 1);
    this.#announce();
  }

  #announce(): void {
    const { leader } = this;
    if (leader !== this.#announced) {
      this.#announced = leader;
      for (const watcher of this.#watchers) watcher(leader?.candidate.pid);
    }
    if (leader === undefined || leader.told || !leader.heard) return;
    leader.told = true;
    this.#clock.after(0, () => {
      if (!leader.over) leader.candidate.elected();
    });
  }
}
