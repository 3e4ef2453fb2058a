// The answer to a call whose answer is a stream of records.
import { RECORDIO_MEDIA_TYPE } from "@mezzo/wire";
import type { HttpResponse } from "../../../net/http/http-response.ts";
import type { RecordStream } from "../../../net/http/record-stream.ts";
import type { ReadCall } from "./read-call.ts";

/** Clients that did not ask for `application/recordio` get records all the same, under the type of what is in them. */
export function recordsResponse(body: RecordStream, { answerIn, recordsIn }: ReadCall): HttpResponse {
  const headers =
    answerIn === undefined
      ? { "Content-Type": RECORDIO_MEDIA_TYPE, "Message-Content-Type": recordsIn }
      : { "Content-Type": answerIn };
  return { status: 200, headers, body };
}
