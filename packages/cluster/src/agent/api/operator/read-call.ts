// Reads a call of the agent's operator API from a request, in the order of checks of `Http::api` in src/slave/http.cpp.
import {
  acceptsMediaType,
  deserialize,
  isMediaType,
  JSON_MEDIA_TYPE,
  PROTOBUF_MEDIA_TYPE,
  RECORDIO_MEDIA_TYPE,
  RecordDecoder,
  validateAgentCall,
  type AgentCall,
  type MediaType,
} from "@mezzo/wire";
import type { HttpRequest } from "../../../net/http/http-request.ts";
import type { HttpResponse } from "../../../net/http/http-response.ts";
import { errorResponse } from "../../../net/http/responses.ts";

/** A call and how it wants to be answered. */
export interface ReadCall {
  call: AgentCall;
  /** Undefined: in a stream of records. */
  answerIn: MediaType | undefined;
}

const STREAMED_REQUEST = "ATTACH_CONTAINER_INPUT";
const STREAMED_ANSWERS: readonly (string | undefined)[] = [
  "ATTACH_CONTAINER_OUTPUT",
  "LAUNCH_NESTED_CONTAINER_SESSION",
];

/** The call, or the refusal in Mesos' words. */
export function readCall(request: HttpRequest): ReadCall | HttpResponse {
  const content = contentTypeOf(request);
  if (typeof content !== "string") return content;
  const accepted = acceptedBy(request);
  if ("status" in accepted) return accepted;
  const bytes = content === RECORDIO_MEDIA_TYPE ? firstRecord(request) : request.body;
  if (!bytes) return errorResponse(400, "Received EOF while reading request body");
  const messageType = request.headers.get("message-content-type");
  const type =
    content !== RECORDIO_MEDIA_TYPE ? content : isMediaType(messageType) ? messageType : JSON_MEDIA_TYPE;
  const decoded = deserialize("AgentCall", bytes, type);
  if (!decoded.ok) return errorResponse(400, decoded.error);
  const call = decoded.value;
  const invalid = validateAgentCall(call);
  if (invalid !== undefined) return errorResponse(400, `Failed to validate agent::Call: ${invalid}`);
  return mismatch(call, content, accepted.answerIn) ?? { call, answerIn: accepted.answerIn };
}

type ContentType = MediaType | typeof RECORDIO_MEDIA_TYPE;

function contentTypeOf({ headers }: HttpRequest): ContentType | HttpResponse {
  const type = headers.get("content-type");
  const messageType = headers.get("message-content-type");
  if (type === undefined) return errorResponse(400, "Expecting 'Content-Type' to be present");
  if (isMediaType(type)) {
    if (messageType === undefined) return type;
    return errorResponse(415, "Expecting 'Message-Content-Type' to be not set for non-streaming requests");
  }
  if (type !== RECORDIO_MEDIA_TYPE) {
    return errorResponse(
      415,
      `Expecting 'Content-Type' of ${JSON_MEDIA_TYPE} or ${PROTOBUF_MEDIA_TYPE} or ${RECORDIO_MEDIA_TYPE}`,
    );
  }
  if (messageType === undefined) {
    return errorResponse(400, "Expecting 'Message-Content-Type' to be set for streaming requests");
  }
  if (isMediaType(messageType)) return type;
  return errorResponse(
    415,
    `Expecting 'Message-Content-Type' of ${JSON_MEDIA_TYPE} or ${PROTOBUF_MEDIA_TYPE}`,
  );
}

function acceptedBy({ headers }: HttpRequest): { answerIn: MediaType | undefined } | HttpResponse {
  const accept = headers.get("accept");
  const messageAccept = headers.get("message-accept");
  const answerIn = [JSON_MEDIA_TYPE, PROTOBUF_MEDIA_TYPE]
    .filter((type) => isMediaType(type))
    .find((type) => acceptsMediaType(accept, type));
  if (answerIn !== undefined) {
    if (messageAccept === undefined) return { answerIn };
    return errorResponse(406, "Expecting 'Message-Accept' to be not set for non-streaming responses");
  }
  if (!acceptsMediaType(accept, RECORDIO_MEDIA_TYPE)) {
    return errorResponse(
      406,
      `Expecting 'Accept' to allow ${JSON_MEDIA_TYPE} or ${PROTOBUF_MEDIA_TYPE} or ${RECORDIO_MEDIA_TYPE}`,
    );
  }
  const readable = [JSON_MEDIA_TYPE, PROTOBUF_MEDIA_TYPE].some((type) =>
    acceptsMediaType(messageAccept, type),
  );
  if (readable) return { answerIn: undefined };
  return errorResponse(
    406,
    `Expecting 'Message-Accept' to allow ${JSON_MEDIA_TYPE} or ${PROTOBUF_MEDIA_TYPE}`,
  );
}

function firstRecord({ body }: HttpRequest): Uint8Array | undefined {
  try {
    return new RecordDecoder().push(body)[0];
  } catch {
    return undefined;
  }
}

/** Streams belong to the calls that are made for them, and to no others. */
function mismatch(
  { type }: AgentCall,
  content: ContentType,
  answerIn: MediaType | undefined,
): HttpResponse | undefined {
  const streams = content === RECORDIO_MEDIA_TYPE;
  if (streams && type !== STREAMED_REQUEST) {
    return errorResponse(415, `Streaming 'Content-Type' ${content} is not supported for ${type} call`);
  }
  if (!streams && type === STREAMED_REQUEST) {
    return errorResponse(415, `Expecting 'Content-Type' to be ${RECORDIO_MEDIA_TYPE} for ${type} call`);
  }
  if (answerIn !== undefined || STREAMED_ANSWERS.includes(type)) return undefined;
  return errorResponse(406, `Streaming response is not supported for ${type} call`);
}
