// What every part of one container's fetch shares.
import type { Clock } from "../../core/clock.ts";
import type { UserIdentity } from "../sandbox/user.ts";

/** One fetch: where to, as whom, how long and how much. */
export interface FetchContext {
  /** Absolute: the task's sandbox, or the cache's folder. */
  readonly sandbox: string;
  /** Absolute: the task's sandbox in any case. */
  readonly taskSandbox: string;
  /** Who owns what is fetched and with whose rights local files are read; absent: the agent's own user. */
  readonly identity: UserIdentity | undefined;
  /** The directory for relative paths; empty for none. */
  readonly frameworksHome: string;
  /** Where Hadoop is; empty when its program is on the PATH, if anywhere. */
  readonly hadoopHome: string;
  /** A download that brings nothing for so long is given up. */
  readonly stallTimeoutMs: number;
  /** The most that one URI may bring, archives unpacked. */
  readonly maxBytes: number;
  readonly signal: AbortSignal;
  readonly clock: Clock;
  /** Writes a line into the sandbox's stderr. */
  log(level: "I" | "W" | "E", message: string): void;
}
