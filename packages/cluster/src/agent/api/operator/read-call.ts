// Reads a call of the agent's operator API from a request, in the order of checks of `Http::api` in src/slave/http.cpp.
import {
  acceptsMediaType,
  isMediaType,
  JSON_MEDIA_TYPE,
  PROTOBUF_MEDIA_TYPE,
  RECORDIO_MEDIA_TYPE,
  type AgentCall,
  type MediaType,
} from "@mezzo/wire";
import type { HttpRequest } from "../../../net/http/http-request.ts";
import type { HttpResponse } from "../../../net/http/http-response.ts";
import { errorResponse } from "../../../net/http/responses.ts";
import { callRecords, readOne, type CallError, type CallRecords } from "./call-records.ts";

/** A call and how it wants to be answered. */
export interface ReadCall {
  call: AgentCall;
  /** Undefined: in a stream of records. */
  answerIn: MediaType | undefined;
  /** What the records of a stream are written in. */
  recordsIn: MediaType;
  /** What follows the call in its body. */
  records?: CallRecords;
}

const STREAMED_REQUEST = "ATTACH_CONTAINER_INPUT";
const STREAMED_ANSWERS: readonly (string | undefined)[] = [
  "ATTACH_CONTAINER_OUTPUT",
  "LAUNCH_NESTED_CONTAINER_SESSION",
];

/** The call, or the refusal in Mesos' words. */
export async function readCall(request: HttpRequest): Promise<ReadCall | HttpResponse> {
  const content = contentTypeOf(request);
  if (typeof content !== "string") return content;
  const accepted = acceptedBy(request);
  if ("status" in accepted) return accepted;
  const streams = content === RECORDIO_MEDIA_TYPE;
  const messageType = request.headers.get("message-content-type");
  const records = streams
    ? callRecords(
        request.bodyStream ?? [request.body],
        isMediaType(messageType) ? messageType : JSON_MEDIA_TYPE,
      )
    : undefined;
  const read = content === RECORDIO_MEDIA_TYPE ? await firstRecord(records) : readOne(request.body, content);
  if (read === undefined) return errorResponse(400, "Received EOF while reading request body");
  if ("error" in read) return errorResponse(400, read.error);
  const refused = mismatch(read, content, accepted.answerIn);
  return refused ?? { call: read, ...accepted, ...(records && { records }) };
}

async function firstRecord(records: CallRecords | undefined): Promise<AgentCall | CallError | undefined> {
  const first = await records?.next();
  return first === undefined || first.done === true ? undefined : first.value;
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

function acceptedBy({ headers }: HttpRequest): Pick<ReadCall, "answerIn" | "recordsIn"> | HttpResponse {
  const accept = headers.get("accept");
  const messageAccept = headers.get("message-accept");
  const answerIn = [JSON_MEDIA_TYPE, PROTOBUF_MEDIA_TYPE]
    .filter((type) => isMediaType(type))
    .find((type) => acceptsMediaType(accept, type));
  if (answerIn !== undefined) {
    if (messageAccept === undefined) return { answerIn, recordsIn: answerIn };
    return errorResponse(406, "Expecting 'Message-Accept' to be not set for non-streaming responses");
  }
  if (!acceptsMediaType(accept, RECORDIO_MEDIA_TYPE)) {
    return errorResponse(
      406,
      `Expecting 'Accept' to allow ${JSON_MEDIA_TYPE} or ${PROTOBUF_MEDIA_TYPE} or ${RECORDIO_MEDIA_TYPE}`,
    );
  }
  const recordsIn = [JSON_MEDIA_TYPE, PROTOBUF_MEDIA_TYPE]
    .filter((type) => isMediaType(type))
    .find((type) => acceptsMediaType(messageAccept, type));
  if (recordsIn !== undefined) return { answerIn: undefined, recordsIn };
  return errorResponse(
    406,
    `Expecting 'Message-Accept' to allow ${JSON_MEDIA_TYPE} or ${PROTOBUF_MEDIA_TYPE}`,
  );
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
