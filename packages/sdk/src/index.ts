// The public face of @mezzo/sdk: write a Mesos framework. One line per module.
export type { Credential as HttpCredential } from "./basic-credential.ts";
export type { CallResult } from "./call-sender.ts";
export { systemClock, type Clock, type Timer } from "./clock.ts";
export {
  Executor,
  type ExecutorEvents,
  type ExecutorOptions,
  type StatusToSend,
} from "./executor/executor.ts";
export { readExecutorEnvironment, type ExecutorEnvironment } from "./executor/executor-environment.ts";
export {
  checkElectionUrl,
  isElectionUrl,
  watchLeader,
  withoutCredentials,
  type LeaderListener,
  type LeaderWatch,
} from "./detection/leader-watch.ts";
export type { Handler } from "./handlers.ts";
export { isEnded } from "./scheduler/known-tasks.ts";
export { Scheduler } from "./scheduler/scheduler.ts";
export { SchedulerError, type SchedulerErrorCode } from "./scheduler/scheduler-error.ts";
export type { SchedulerEvents } from "./scheduler/scheduler-events.ts";
export type { ClientDependencies, SchedulerOptions } from "./scheduler/scheduler-options.ts";
export type { BackoffOptions } from "./subscription/backoff.ts";
export { parseMaster } from "./subscription/masters.ts";
export { createNodeTransport } from "./transport/node-transport.ts";
export type { Transport, TransportRequest, TransportResponse } from "./transport/transport.ts";
