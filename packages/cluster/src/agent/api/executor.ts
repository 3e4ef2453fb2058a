// `POST /api/v1/executor`: how executors reach the agent (docs/executor-http-api.md; `Http::executor` of Mesos).
import {
  acceptsMediaType,
  decode,
  isMediaType,
  JSON_MEDIA_TYPE,
  PROTOBUF_MEDIA_TYPE,
  validateExecutorCall,
  type ExecutorCall,
  type MediaType,
} from "@mezzo/wire";
import type { HttpRequest } from "../../net/http/http-request.ts";
import type { HttpResponse } from "../../net/http/http-response.ts";
import type { RecordStream } from "../../net/http/record-stream.ts";
import { ACCEPTED, bodyResponse, errorResponse, methodNotAllowed } from "../../net/http/responses.ts";
import type { Claims } from "../../net/authentication/json-web-token.ts";
import { findExecutor } from "../lookup.ts";
import type { AgentState } from "../state.ts";
import { whyNotTheExecutor } from "./executor-claims.ts";

/** What the endpoint needs of the agent. */
export interface ExecutorApi {
  readonly state: AgentState;
  /** False while checkpoints are being read: executors are not known yet. */
  readonly recovered: boolean;
  /** Opens an executor's event stream. */
  subscribe(call: ExecutorCall, mediaType: MediaType): RecordStream;
  /** Takes an UPDATE or MESSAGE. */
  call(call: ExecutorCall): void;
}

const RECOVERING = "Agent has not finished recovery";

/** Answers one request, in Mesos' order of checks and its words. `claims`: of the caller's token, if it needed one. */
export function handleExecutor(api: ExecutorApi, request: HttpRequest, claims?: Claims): HttpResponse {
  if (!api.recovered) return errorResponse(503, RECOVERING);
  if (request.method !== "POST") return methodNotAllowed(["POST"], request.method);
  const call = readCall(request);
  if (typeof call === "string") return errorResponse(400, call);
  if (call === undefined) {
    const expected = `${JSON_MEDIA_TYPE} or ${PROTOBUF_MEDIA_TYPE}`;
    return errorResponse(415, `Expecting 'Content-Type' of ${expected}`);
  }
  const invalid = validateExecutorCall(call);
  if (invalid !== undefined) return errorResponse(400, `Failed to validate Executor::Call: ${invalid}`);
  if (call.type === "HEARTBEAT") return ACCEPTED;
  const mediaType = acceptedBy(request);
  if (call.type === "SUBSCRIBE" && mediaType === undefined) {
    const expected = `'${PROTOBUF_MEDIA_TYPE}' or '${JSON_MEDIA_TYPE}'`;
    return errorResponse(406, `Expecting 'Accept' to allow ${expected}`);
  }
  if (call.type !== "SUBSCRIBE" && api.state.phase === "RECOVERING") return errorResponse(503, RECOVERING);
  return answer(api, call, { mediaType: mediaType ?? JSON_MEDIA_TYPE, claims });
}

function answer(
  api: ExecutorApi,
  call: ExecutorCall,
  { mediaType, claims }: { mediaType: MediaType; claims: Claims | undefined },
): HttpResponse {
  const of = { frameworkId: call.framework_id.value, executorId: call.executor_id.value };
  if (!api.state.frameworks.has(of.frameworkId)) return errorResponse(400, "Framework cannot be found");
  const executor = findExecutor(api.state, of);
  if (executor === undefined) return errorResponse(400, "Executor cannot be found");
  const stranger = claims && whyNotTheExecutor(claims, { ...of, containerId: executor.containerId });
  if (stranger !== undefined) return errorResponse(403, stranger);
  switch (call.type) {
    case "SUBSCRIBE":
      return bodyResponse(api.subscribe(call, mediaType), mediaType);
    case "UPDATE":
    case "MESSAGE":
      if (executor.phase === "REGISTERING") return errorResponse(403, "Executor is not subscribed");
      api.call(call);
      return ACCEPTED;
    default:
      return errorResponse(501);
  }
}

/** The call; a text says what is wrong with it; undefined: its media type is not ours. */
function readCall(request: HttpRequest): ExecutorCall | string | undefined {
  const type = request.headers.get("content-type");
  if (type === undefined) return "Expecting 'Content-Type' to be present";
  if (!isMediaType(type)) return undefined;
  const call = decode("ExecutorCall", request.body, type);
  return call.ok ? call.value : call.error;
}

function acceptedBy(request: HttpRequest): MediaType | undefined {
  const accept = request.headers.get("accept");
  if (acceptsMediaType(accept, JSON_MEDIA_TYPE)) return JSON_MEDIA_TYPE;
  return acceptsMediaType(accept, PROTOBUF_MEDIA_TYPE) ? PROTOBUF_MEDIA_TYPE : undefined;
}
