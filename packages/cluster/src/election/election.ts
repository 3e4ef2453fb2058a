// How several masters agree on the one that leads.
import type { MasterInfo } from "@mezzo/wire";
import type { RegistryStore } from "../store/registry-store.ts";

/**
 * The part of `--zk_session_timeout` that a silent master's session lasts: what it takes to notice its end, to elect the
 * next one and to read the registry fits into the rest, so that a leader serves again within the timeout.
 */
export const SESSION_SHARE = 0.75;

export interface ElectionListener {
  /** This master leads. Called at most once. */
  elected(): void;
  /** Another one leads, or nobody; until `elected`. */
  follows(leader: MasterInfo | undefined): void;
  /** There is no registry and `needsRegistry` was said: nobody stands, and nothing was made. */
  absent?(): void;
  /** This master is out: it must end, whether it led or not. */
  lost(reason: string): void;
}

export interface Election {
  /** Where, without secrets. */
  readonly place: string;
  /** Keeps the registry where the election is; a master that does not lead can write nothing. */
  readonly store: RegistryStore;
  /** Stands for election with this info. */
  join(info: MasterInfo, listener: ElectionListener): void;
  /** Withdraws at once. */
  close(): void;
}
