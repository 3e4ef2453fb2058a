// The executor API of the agent. Follows docs/executor-http-api.md and src/slave/http.cpp, src/common/validation.cpp.
import type { ExecutorCallType } from "../messages.gen.ts";
import type { Api } from "./api-call.ts";

export const EXECUTOR_API: Api<"ExecutorCall", Exclude<ExecutorCallType, "UNKNOWN">> = {
  path: "/api/v1/executor",
  call: "ExecutorCall",
  callName: "executor::Call",
  calls: {
    SUBSCRIBE: { body: "subscribe", answer: "stream", record: "ExecutorEvent" },
    UPDATE: { body: "update", answer: "accepted" },
    MESSAGE: { body: "message", answer: "accepted" },
    HEARTBEAT: { answer: "accepted" },
  },
};
