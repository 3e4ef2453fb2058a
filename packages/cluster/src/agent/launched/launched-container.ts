// A container that somebody started over the agent's API, inside another container or on its own.
import type { AgentResponseWaitContainer, ContainerID, Resource } from "@mezzo/wire";
import type { Termination } from "../containerizer/containerizer.ts";
import type { Switchboard } from "./switchboard.ts";

/** What a restarted agent has to know of it. */
export interface ContainerRecord {
  id: ContainerID;
  /** Absolute path. */
  sandbox: string;
  user?: string;
  /** Given on to sessions inside it. */
  environment: Record<string, string>;
  resources: Resource[];
  /** As it was launched with. */
  limits?: Record<string, number>;
  /** It has limits of its own in the container around it (`share_cgroups: false`). */
  apart?: true;
  /** It ends with the agent's process: sessions, terminals, executors without checkpoints. */
  tied: boolean;
}

/** How it ended, as WAIT_CONTAINER tells it. */
export type ContainerEnd = AgentResponseWaitContainer;

/** STARTING → RUNNING → DESTROYING → gone; one that is destroyed while it starts is never RUNNING. */
export interface LaunchedContainer {
  readonly record: ContainerRecord;
  readonly name: string;
  phase: "STARTING" | "RUNNING" | "DESTROYING";
  /** Its start is over, whatever came of it. */
  started: boolean;
  pid?: number;
  /** Others can be attached to it. */
  switchboard?: Switchboard;
  readonly ended: PromiseWithResolvers<ContainerEnd>;
}

/** Bits of the exit code in a wait status (wait(2)). */
const EXIT_CODE_SHIFT = 8;

/**
 * A termination as WAIT_CONTAINER tells it: the wait status, and if it was ended for too much of something, how its task fails.
 * @see Mesos src/slave/http.cpp Http::_waitContainer
 */
export function endOf({
  exitCode,
  signal,
  reason,
  message,
  limited,
}: Omit<Termination, "containerId">): ContainerEnd {
  const status = exitCode === undefined ? signal : exitCode << EXIT_CODE_SHIFT;
  return {
    ...(status !== undefined && { exit_status: status }),
    ...(reason !== undefined && { state: "TASK_FAILED", reason }),
    ...(limited && { limitation: { resources: limited } }),
    ...(message !== undefined && { message }),
  };
}
