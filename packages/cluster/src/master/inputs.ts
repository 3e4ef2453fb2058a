// Everything that can happen to a master. Inputs are plain data, so a simulator can make, delay and repeat them.
import type {
  MasterResponseGetState,
  Messages,
  Registry,
  SchedulerCall,
  TimeInfo,
  WeightInfo,
} from "@mezzo/wire";
import type { DrainingInput, MaintenanceContinuation, MaintenanceInput } from "./maintenance-inputs.ts";
import type { OperatorOperationInput } from "./operation-input.ts";
import type { QuotaContinuation, QuotaInput } from "./quota-inputs.ts";

/** libprocess messages that a master takes, by name without the `mesos.internal.` in front. */
export const INBOUND_MESSAGES = [
  "RegisterSlaveMessage",
  "ReregisterSlaveMessage",
  "UnregisterSlaveMessage",
  "UpdateSlaveMessage",
  "PongSlaveMessage",
  "StatusUpdateMessage",
  "ExitedExecutorMessage",
  "ExecutorToFrameworkMessage",
  "ReconcileTasksMessage",
  "UpdateOperationStatusMessage",
  "SubmitSchedulerRequest",
  "RegisterFrameworkMessage",
  "ReregisterFrameworkMessage",
  "UnregisterFrameworkMessage",
  "DeactivateFrameworkMessage",
  "ResourceRequestMessage",
  "LaunchTasksMessage",
  "ReviveOffersMessage",
  "KillTaskMessage",
  "StatusUpdateAcknowledgementMessage",
  "FrameworkToExecutorMessage",
] as const satisfies readonly (keyof Messages)[];

export type InboundMessageName = (typeof INBOUND_MESSAGES)[number];

/** One message from `from` (a libprocess address); `principal` is who an agent or driver that registers has proved to be. */
export type MessageInput = {
  [Name in InboundMessageName]: {
    type: "message";
    name: Name;
    from: string;
    principal?: string;
    body: Messages[Name];
  };
}[InboundMessageName];

/** A v1 scheduler call over HTTP. `request` names the answer that is owed (`respond` or `open-stream` effects). */
export interface SchedulerCallInput {
  type: "scheduler-call";
  request: number;
  call: SchedulerCall;
  /** `Mesos-Stream-Id` of the request; absent when it had none. */
  streamId?: string;
  /** Who authenticated, if anyone. */
  principal?: string;
  /** A fresh UUID: the stream's id should the call be a SUBSCRIBE. */
  uuid: string;
}

/** A `mesos.scheduler.Call` message of a driver. */
export interface DriverCallInput {
  type: "driver-call";
  from: string;
  call: SchedulerCall;
  /** Of a SUBSCRIBE: an older scheduler of this framework is to go. */
  force?: boolean;
  /** Of a SUBSCRIBE: who the driver has proved to be. */
  principal?: string;
}

/** Why an agent was removed for good; part of a metric's name. */
export type AgentRemovalReason = "unregistered" | "registered";

/** An agent is back. */
export interface ReregisteredContinuation {
  kind: "agent-reregistered";
  from: string;
  agentId: string;
  /** The latest that the agent said. */
  body: Messages["ReregisterSlaveMessage"];
  /** The agent was registered all along, or has to be added. */
  known: boolean;
}

/** What is to be done once a `persist` effect is on disk. Registry operations that failed stop the master instead. */
export type PersistedContinuation =
  | { kind: "agent-registered"; from: string; agentId: string; body: Messages["RegisterSlaveMessage"] }
  | ReregisteredContinuation
  | { kind: "agent-unreachable"; agentId: string; duringFailover: boolean; time: TimeInfo; message: string }
  | { kind: "agent-removed"; agentId: string; reason?: AgentRemovalReason; message: string }
  | { kind: "agent-gone"; agentId: string; time: TimeInfo; request?: number }
  | { kind: "weights-updated"; request: number; weights: readonly { role: string; weight: number }[] }
  | QuotaContinuation
  | MaintenanceContinuation
  | { kind: "nothing" };

/** What a timer means when it fires. */
export type TimerInput =
  | { timer: "heartbeat"; streamId: string }
  | { timer: "ping"; agentId: string }
  | { timer: "offer-timeout"; offerId: string }
  | { timer: "framework-failover"; frameworkId: string; reregisteredTime: number }
  | { timer: "agent-reregister"; agentId: string; reregisteredTime: number }
  /** The next agent in line may be marked unreachable. */
  | { timer: "removal-permit" }
  | { timer: "recovered-agents" }
  | { timer: "registry-gc" };

/** Inputs with a `request` are an operator's, and `principal` is who authenticated, if anyone. */
export type MasterInput =
  | { type: "recovered"; registry: Registry }
  | SchedulerCallInput
  | DriverCallInput
  | MessageInput
  /** An HTTP event stream ended, whoever ended it. */
  | { type: "stream-closed"; streamId: string }
  /** A link to `pid` broke. */
  | { type: "exited"; pid: string }
  | { type: "persisted"; continuation: PersistedContinuation }
  | ({ type: "timer" } & TimerInput)
  /** The end of a turn: everything that arrived together has been stepped. */
  | { type: "allocate" }
  /** An operator's POST /teardown or TEARDOWN call. */
  | { type: "teardown"; request: number; principal?: string; frameworkId: string }
  /** An operator's SUBSCRIBE, with what GET_STATE says at this moment; `uuid` becomes the stream's id. */
  | {
      type: "operator-subscribe";
      request: number;
      principal?: string;
      uuid: string;
      snapshot: MasterResponseGetState;
    }
  /** An operator's MARK_AGENT_GONE. */
  | { type: "mark-agent-gone"; request: number; principal?: string; agentId: string }
  | MaintenanceInput
  | DrainingInput
  | OperatorOperationInput
  /** An agent or driver wants to authenticate, which happens outside the steps. */
  | { type: "authenticate" }
  /** The file of `--whitelist` has changed. */
  | { type: "update-whitelist"; hostnames: readonly string[] }
  /** An operator's UPDATE_WEIGHTS or PUT /weights. */
  | { type: "update-weights"; request: number; principal?: string; weights: readonly WeightInfo[] }
  | QuotaInput;
