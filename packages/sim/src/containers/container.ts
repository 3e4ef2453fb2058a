// One simulated container: it outlives the agent's process unless it was asked not to.
import type { Termination } from "../../../cluster/src/agent/containerizer/containerizer.ts";
import type { LaunchContainerEffect } from "../../../cluster/src/agent/effects.ts";

/** What runs in a container. */
export interface ContainerProgram {
  start(): void;
  /** A signal arrives; SIGKILL never does. */
  signal(signal: NodeJS.Signals): void;
  /** Everything in the container is dead: it does nothing any more. */
  stop(): void;
}

/** preparing → running → ended; a container that is given up while it is prepared never runs. */
export type ContainerPhase = "preparing" | "running" | "ended";

export interface Container {
  readonly launch: LaunchContainerEffect;
  phase: ContainerPhase;
  pid: number;
  program: ContainerProgram | undefined;
  /** How it ended, as its monitor wrote it down; absent when nobody could see. */
  termination?: Termination;
  /** Destroyed while it was prepared. */
  givenUp: boolean;
  /** SIGKILL is on its way. */
  dying: boolean;
}
