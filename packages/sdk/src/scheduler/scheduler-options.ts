// What a scheduler can be told.
import type { FrameworkInfo, MediaType, SchedulerOfferConstraints } from "@mezzo/wire";
import type { Credential } from "../basic-credential.ts";
import type { Clock } from "../clock.ts";
import type { BackoffOptions } from "../subscription/backoff.ts";
import type { Transport } from "../transport/transport.ts";

export interface SchedulerOptions {
  /** `host:port` of the master, or of each of several; whichever leads is found. */
  master: string | readonly string[];
  /** With an `id`, the scheduler takes over the framework of that id. */
  framework: FrameworkInfo;
  /** How messages are encoded; JSON unless given. */
  mediaType?: MediaType;
  /** Roles that begin suppressed. */
  suppressedRoles?: readonly string[];
  offerConstraints?: SchedulerOfferConstraints;
  credential?: Credential;
  /** Acknowledge each status update once its handlers are done; true unless given. */
  acknowledge?: boolean;
  /** After each re-subscription, ask for the state of all tasks until every one was heard of; true unless given. */
  reconcile?: boolean;
  /** Delays between attempts to connect; at first up to 1 s, later up to 30 s unless given. */
  backoff?: BackoffOptions;
  /** After how many heartbeats that do not come the stream is given up; 5 unless given. */
  missedHeartbeats?: number;
  /** How long an answer to SUBSCRIBE may take, in milliseconds; 10,000 unless given. */
  connectTimeoutMs?: number;
}

/** What a client takes from its surroundings; each has the obvious default. */
export interface ClientDependencies {
  transport?: Transport;
  clock?: Clock;
  /** A number in [0, 1). */
  random?: () => number;
}
