// POST /api/v1: the operator API. Calls that only look are answered here; the others become inputs of the master.
import {
  JSON_MEDIA_TYPE,
  PROTOBUF_MEDIA_TYPE,
  acceptsMediaType,
  decode,
  encode,
  encodeJsonPieces,
  isMediaType,
  validateMasterCall,
  type MasterCall,
  type MasterResponse,
  type MasterResponseType,
  type MediaType,
} from "@mezzo/wire";
import type { HttpRequest } from "../../net/http/http-request.ts";
import type { HttpAnswer, HttpResponse } from "../../net/http/http-response.ts";
import { bodyResponse, errorResponse } from "../../net/http/responses.ts";
import { may } from "../authorization/may.ts";
import { viewerOf } from "../../authorization/viewer.ts";
import type { MasterState } from "../state.ts";
import { answerReadCall, type ReadSources } from "./operator/read-calls.ts";
import { renderInSlices, type RenderingTools } from "./rendering/shared-rendering.ts";

/** What the operator API needs of its master. */
export interface OperatorContext {
  readonly state: MasterState;
  readonly sources: () => ReadSources;
  readonly rendering: RenderingTools;
  /**
   * Takes a call that changes something or subscribes, answered in `type`; undefined when no step exists for it.
   * `principal` is who authenticated, if anyone.
   */
  change(call: MasterCall, type: MediaType, principal?: string): HttpAnswer | undefined;
}

function decodeCall(
  request: HttpRequest,
): { ok: true; call: MasterCall } | { ok: false; answer: HttpResponse } {
  const refuse = (status: number, words: string): { ok: false; answer: HttpResponse } => ({
    ok: false,
    answer: errorResponse(status, words),
  });
  const type = request.headers.get("content-type");
  if (type === undefined) return refuse(400, "Expecting 'Content-Type' to be present");
  if (!isMediaType(type)) {
    return refuse(415, `Expecting 'Content-Type' of ${JSON_MEDIA_TYPE} or ${PROTOBUF_MEDIA_TYPE}`);
  }
  const call = decode("MasterCall", request.body, type);
  if (!call.ok) return refuse(400, call.error);
  const invalid = validateMasterCall(call.value);
  if (invalid !== undefined) return refuse(400, `Failed to validate master::Call: ${invalid}`);
  return { ok: true, call: call.value };
}

function answerType(request: HttpRequest): MediaType | undefined {
  const accept = request.headers.get("accept");
  return [JSON_MEDIA_TYPE, PROTOBUF_MEDIA_TYPE].find((type): type is MediaType =>
    acceptsMediaType(accept, type),
  );
}

/** Responses that grow with the cluster. */
const LARGE: ReadonlySet<MasterResponseType | undefined> = new Set<MasterResponseType>([
  "GET_STATE",
  "GET_TASKS",
  "GET_AGENTS",
  "GET_FRAMEWORKS",
  "GET_EXECUTORS",
  "GET_OPERATIONS",
]);

/** Large JSON is made in slices; protobuf, a third of its size and twice as fast, at once. */
function answerWith(response: MasterResponse, type: MediaType, rendering: RenderingTools): HttpAnswer {
  if (type !== JSON_MEDIA_TYPE || !LARGE.has(response.type)) {
    return bodyResponse(encode("MasterResponse", response, type), type);
  }
  const pieces = encodeJsonPieces("MasterResponse", response);
  return renderInSlices(pieces, rendering).then((document) => bodyResponse(document, type));
}

/** Calls that are allowed or not as a whole. */
function isForbidden(state: MasterState, call: MasterCall, principal: string | undefined): boolean {
  switch (call.type) {
    case "GET_FLAGS":
      return !may(state, principal, "VIEW_FLAGS");
    case "SET_LOGGING_LEVEL":
      return !may(state, principal, "SET_LOG_LEVEL");
    default:
      return false;
  }
}

/** Answers one call. @see Mesos src/master/http.cpp Master::Http::api */
export function answerOperator(
  context: OperatorContext,
  request: HttpRequest,
  principal?: string,
): HttpAnswer {
  const decoded = decodeCall(request);
  if (!decoded.ok) return decoded.answer;
  const type = answerType(request);
  if (!type) {
    return errorResponse(406, `Expecting 'Accept' to allow '${PROTOBUF_MEDIA_TYPE}' or '${JSON_MEDIA_TYPE}'`);
  }
  const { call } = decoded;
  const { state } = context;
  if (isForbidden(state, call, principal)) return errorResponse(403);
  const viewer = viewerOf(state.authorizer, principal);
  const response = answerReadCall(state, call, { ...context.sources(), principal, viewer });
  if (response) return answerWith(response, type, context.rendering);
  return context.change(call, type, principal) ?? errorResponse(501);
}
