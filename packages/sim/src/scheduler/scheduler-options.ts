// What makes one framework of a simulation different from the others.
import type { FrameworkInfo, MediaType } from "@mezzo/wire";

export interface SchedulerOptions {
  index: number;
  /** Without an id. */
  info: FrameworkInfo;
  mediaType: MediaType;
  /** All calls over one connection. */
  orderedCalls: boolean;
  /** Tasks that it gets to do in all. */
  tasks: number;
  /** Over how long they come, milliseconds. */
  arrivalMs: number;
  /** How many come together. */
  burst: number;
  /** For how long it may decline offers, seconds. */
  refuseSeconds: readonly number[];
  /** Shares of the kinds of tasks; the rest are commands. */
  services: number;
  executors: number;
  groups: number;
  /** How often reservations and volumes are made or undone beside a launch. */
  reservations: number;
  /** How often a task has a health check. */
  healthChecks: number;
  /** How often a command cannot be started. */
  brokenCommands: number;
  /** Mean run time of a task, milliseconds. */
  meanTaskMs: number;
  /** How often an acknowledgement is forgotten. */
  forgottenAcknowledgements: number;
}
