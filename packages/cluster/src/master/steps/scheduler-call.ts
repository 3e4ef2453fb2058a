// A v1 scheduler call over HTTP: who may make it, and its answer.
import { validateSchedulerCall, type SchedulerCall } from "@mezzo/wire";
import { type CounterName, count } from "../counters.ts";
import type { Framework } from "../framework.ts";
import type { SchedulerCallInput } from "../inputs.ts";
import type { Turn } from "../turn.ts";
import { runCall } from "./run-call.ts";
import { subscribeHttp } from "./subscribe-http.ts";

interface Refusal {
  status: number;
  body: string;
}

/** Calls that count as invalid messages of their own kind when they are malformed. */
const INVALID_COUNTERS: Partial<Record<NonNullable<SchedulerCall["type"]>, CounterName>> = {
  ACKNOWLEDGE: "invalid_status_update_acknowledgements",
  ACKNOWLEDGE_OPERATION_STATUS: "invalid_operation_status_update_acknowledgements",
  MESSAGE: "invalid_framework_to_executor_messages",
};

/** Counts a malformed call. @see Mesos src/master/metrics.cpp incrementInvalidSchedulerCalls */
export function countInvalidCall(turn: Turn, call: SchedulerCall): void {
  const counter = call.type === undefined ? undefined : INVALID_COUNTERS[call.type];
  if (counter !== undefined) turn.state.counters[counter]++;
}

/** Checks everything that is not the call itself: framework, principal, connection, stream. */
function authorize(input: SchedulerCallInput, framework: Framework): Refusal | undefined {
  const { principal } = input;
  if (principal !== undefined && principal !== framework.info.principal) {
    return {
      status: 400,
      body:
        `Authenticated principal '${principal}' does not match principal ` +
        `'${framework.info.principal ?? ""}' set in \`FrameworkInfo\``,
    };
  }
  if (framework.state !== "connected") return { status: 403, body: "Framework is not subscribed" };
  if (framework.connection?.kind !== "http") {
    return { status: 403, body: "Framework is not connected via HTTP" };
  }
  if (input.streamId === undefined) {
    return {
      status: 400,
      body: "All non-subscribe calls should include the 'Mesos-Stream-Id' header",
    };
  }
  if (input.streamId !== framework.connection.streamId) {
    return {
      status: 400,
      body:
        `The stream ID '${input.streamId}' included in this request didn't match ` +
        `the stream ID currently associated with framework ID ${framework.id}`,
    };
  }
  return undefined;
}

/** SUBSCRIBE answers with a stream, whatever is said on it. */
function subscribe(turn: Turn, input: SchedulerCallInput): Refusal | undefined {
  if (input.streamId !== undefined) {
    return { status: 400, body: "Subscribe calls should not include the 'Mesos-Stream-Id' header" };
  }
  const asked = input.call.subscribe;
  if (asked === undefined) return { status: 400, body: "Expecting 'subscribe' to be present" };
  turn.effects.push({
    type: "open-stream",
    request: input.request,
    streamId: input.uuid,
    owner: "scheduler",
  });
  const info = asked.framework_info;
  const { principal } = input;
  const named = principal === undefined || info.principal !== undefined ? info : { ...info, principal };
  subscribeHttp(turn, { subscribe: { ...asked, framework_info: named }, streamId: input.uuid, principal });
  return undefined;
}

/** Decides and answers. @see Mesos src/master/http.cpp Master::Http::scheduler */
export function schedulerCall(turn: Turn, input: SchedulerCallInput): void {
  const { call, request } = input;
  const refuse = ({ status, body }: Refusal): void => {
    turn.effects.push({ type: "respond", request, status, body });
  };
  const error = validateSchedulerCall(call, input.principal);
  if (error !== undefined) {
    countInvalidCall(turn, call);
    return refuse({ status: 400, body: `Failed to validate scheduler::Call: ${error}` });
  }
  if (call.type === "SUBSCRIBE") {
    const refusal = subscribe(turn, input);
    return refusal === undefined ? undefined : refuse(refusal);
  }
  const framework = turn.state.frameworks.registered.get(call.framework_id?.value ?? "");
  if (framework === undefined) return refuse({ status: 400, body: "Framework cannot be found" });
  if (call.type !== undefined) count(framework.counters.calls, call.type);
  const refusal = authorize(input, framework);
  if (refusal !== undefined) return refuse(refusal);
  const answer = runCall(turn, framework, call);
  const body = "body" in answer && answer.body !== undefined ? { body: answer.body } : {};
  turn.effects.push({ type: "respond", request, status: answer.status, ...body });
  return undefined;
}
