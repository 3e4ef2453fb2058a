// `POST /api/v1`: the operator API of an agent (docs/operator-http-api.md of Mesos).
import { encode } from "@mezzo/wire";
import type { HttpRequest } from "../../net/http/http-request.ts";
import type { HttpResponse } from "../../net/http/http-response.ts";
import { bodyResponse, errorResponse, methodNotAllowed } from "../../net/http/responses.ts";
import { answerCall, type OperatorContext } from "./operator/answer-call.ts";
import { answerContainerCall } from "./operator/container-calls.ts";
import { readCall } from "./operator/read-call.ts";

/** Answers one request. */
export async function handleOperator(context: OperatorContext, request: HttpRequest): Promise<HttpResponse> {
  if (context.state.phase === "RECOVERING") return errorResponse(503, "Agent has not finished recovery");
  if (request.method !== "POST") return methodNotAllowed(["POST"], request.method);
  const read = await readCall(request);
  if ("status" in read) return read;
  const { call, answerIn } = read;
  const answer = (await answerContainerCall(context, read)) ?? (await answerCall(context, call));
  if ("status" in answer) return answer;
  // Only calls that are answered in streams come without a media type, and they were answered.
  if (answerIn === undefined) return errorResponse(501, `The call ${call.type} is not implemented`);
  return bodyResponse(encode("AgentResponse", answer, answerIn), answerIn);
}
