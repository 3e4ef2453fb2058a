// Everything a master can ask of the world. `run.ts` and the simulator perform effects in the order given; those
// that a `persist` effect's continuation returns come after the write, which is how nothing is said before it is kept.
import type { MasterEvent, Messages, SchedulerEvent } from "@mezzo/wire";
import type { PersistedContinuation, TimerInput } from "./inputs.ts";
import type { RegistryOperation } from "./registry/operations.ts";

/** libprocess messages that a master sends. */
export const OUTBOUND_MESSAGES = [
  "SlaveRegisteredMessage",
  "SlaveReregisteredMessage",
  "PingSlaveMessage",
  "ShutdownMessage",
  "RunTaskMessage",
  "RunTaskGroupMessage",
  "KillTaskMessage",
  "ShutdownFrameworkMessage",
  "ShutdownExecutorMessage",
  "UpdateFrameworkMessage",
  "StatusUpdateAcknowledgementMessage",
  "FrameworkToExecutorMessage",
  "CheckpointResourcesMessage",
  "ApplyOperationMessage",
  "AcknowledgeOperationStatusMessage",
  "ReconcileOperationsMessage",
  "DrainSlaveMessage",
  "FrameworkRegisteredMessage",
  "FrameworkReregisteredMessage",
  "FrameworkErrorMessage",
  "ResourceOffersMessage",
  "RescindResourceOfferMessage",
  "InverseOffersMessage",
  "RescindInverseOfferMessage",
  "StatusUpdateMessage",
  "LostSlaveMessage",
  "ExitedExecutorMessage",
  "ExecutorToFrameworkMessage",
  "SubmitSchedulerResponse",
] as const satisfies readonly (keyof Messages)[];

export type OutboundMessageName = (typeof OUTBOUND_MESSAGES)[number];

/** One libprocess message. */
export type SendMessage = {
  [Name in OutboundMessageName]: { type: "send-message"; to: string; name: Name; body: Messages[Name] };
}[OutboundMessageName];

/** A timer's key. Setting a key again replaces the timer. */
export type TimerKey = `${TimerInput["timer"]}/${string}`;

export type MasterEffect =
  /** Answer an HTTP request. Without a body the answer is empty. */
  | { type: "respond"; request: number; status: number; body?: string }
  /**
   * Answer a SUBSCRIBE, a scheduler's or an operator's, with 200 and an event stream. Schedulers are told its id, by which
   * they say later who they are.
   */
  | { type: "open-stream"; request: number; streamId: string; owner: "scheduler" | "operator" }
  | { type: "send-event"; streamId: string; event: SchedulerEvent }
  /** To operators. */
  | { type: "send-operator-event"; streamIds: readonly string[]; event: MasterEvent }
  | { type: "close-stream"; streamId: string }
  | SendMessage
  /** Watch the connection to `pid`; an `exited` input reports its end. */
  | { type: "link"; pid: string }
  | { type: "persist"; operations: RegistryOperation[]; continuation: PersistedContinuation }
  | { type: "set-timer"; key: TimerKey; delayMs: number; input: TimerInput }
  | { type: "cancel-timer"; key: TimerKey }
  | { type: "log"; level: "info" | "warn" | "error"; message: string; facts?: Record<string, unknown> }
  /** The master must not go on: what it would do next could contradict the registry. */
  | { type: "abort"; message: string };
