// Standard streams made for a container that is about to start.
import type { ContainerStreams } from "../../container-streams.ts";

/** The child's ends as descriptors, and what becomes of them and of the agent's. */
export interface OpenStreams {
  /** Descriptors for the command's 0, 1 and 2. */
  child: readonly [input: number, output: number, errors: number];
  /** The child has its ends: the agent's copies are closed. */
  started(): void;
  /** The agent's ends. */
  take(): ContainerStreams;
  /** Instead of both: nothing was started. */
  discard(): void;
}
