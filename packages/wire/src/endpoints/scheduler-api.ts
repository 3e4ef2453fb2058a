// The scheduler API of the master. Follows docs/scheduler-http-api.md and src/master/{http,validation}.cpp.
import type { SchedulerCallType } from "../messages.gen.ts";
import type { Api } from "./api-call.ts";

export const SCHEDULER_API: Api<"SchedulerCall", Exclude<SchedulerCallType, "UNKNOWN">> = {
  path: "/api/v1/scheduler",
  call: "SchedulerCall",
  callName: "scheduler::Call",
  calls: {
    SUBSCRIBE: { body: "subscribe", answer: "stream", record: "SchedulerEvent" },
    TEARDOWN: { answer: "accepted" },
    ACCEPT: { body: "accept", answer: "accepted" },
    DECLINE: { body: "decline", answer: "accepted" },
    ACCEPT_INVERSE_OFFERS: { body: "accept_inverse_offers", answer: "accepted" },
    DECLINE_INVERSE_OFFERS: { body: "decline_inverse_offers", answer: "accepted" },
    REVIVE: { body: "revive", bodyOptional: true, answer: "accepted" },
    SUPPRESS: { body: "suppress", bodyOptional: true, answer: "accepted" },
    KILL: { body: "kill", answer: "accepted" },
    SHUTDOWN: { body: "shutdown", answer: "accepted" },
    ACKNOWLEDGE: { body: "acknowledge", answer: "accepted" },
    ACKNOWLEDGE_OPERATION_STATUS: { body: "acknowledge_operation_status", answer: "accepted" },
    RECONCILE: { body: "reconcile", answer: "accepted" },
    RECONCILE_OPERATIONS: { body: "reconcile_operations", answer: "accepted" },
    MESSAGE: { body: "message", answer: "accepted" },
    REQUEST: { body: "request", answer: "accepted" },
    UPDATE_FRAMEWORK: { body: "update_framework", answer: "ok" },
  },
};
