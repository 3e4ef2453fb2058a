// POST /api/v1/scheduler: the scheduler API.
import {
  JSON_MEDIA_TYPE,
  PROTOBUF_MEDIA_TYPE,
  decode,
  isMediaType,
  negotiateMediaType,
  validateSchedulerCall,
} from "@mezzo/wire";
import type { HttpRequest } from "../../net/http/http-request.ts";
import type { HttpAnswer } from "../../net/http/http-response.ts";
import { errorResponse } from "../../net/http/responses.ts";
import type { MasterProcess } from "../run.ts";

/**
 * Decodes a call and makes it an input; the step answers. `principal` is who authenticated, if anyone.
 * @see Mesos src/master/http.cpp Master::Http::scheduler
 */
export function answerScheduler(master: MasterProcess, request: HttpRequest, principal?: string): HttpAnswer {
  const contentType = request.headers.get("content-type");
  if (contentType === undefined) return errorResponse(400, "Expecting 'Content-Type' to be present");
  if (!isMediaType(contentType)) {
    return errorResponse(415, `Expecting 'Content-Type' of ${JSON_MEDIA_TYPE} or ${PROTOBUF_MEDIA_TYPE}`);
  }
  const call = decode("SchedulerCall", request.body, contentType);
  if (!call.ok) return errorResponse(400, call.error);
  const { type } = call.value;
  const subscribes = type === "SUBSCRIBE";
  const isAnswered = subscribes || type === "RECONCILE_OPERATIONS";
  const mediaType = isAnswered ? negotiateMediaType(request.headers.get("accept")) : contentType;
  // A malformed call is told so before anybody asks what the answer should look like.
  if (mediaType === undefined && validateSchedulerCall(call.value, principal) === undefined) {
    return errorResponse(406, `Expecting 'Accept' to allow '${PROTOBUF_MEDIA_TYPE}' or '${JSON_MEDIA_TYPE}'`);
  }
  const streamId = request.headers.get("mesos-stream-id");
  return master.requests.ask(
    (number) =>
      master.submit({
        type: "scheduler-call",
        request: number,
        call: call.value,
        ...(streamId === undefined ? {} : { streamId }),
        ...(principal === undefined ? {} : { principal }),
        uuid: subscribes ? master.random.uuid() : "",
      }),
    mediaType,
  );
}
