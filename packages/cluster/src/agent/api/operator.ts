// `POST /api/v1`: the operator API of an agent (docs/operator-http-api.md of Mesos).
import { type AgentCall, type AgentCallType, encode } from "@mezzo/wire";
import type { Action } from "../../authorization/actions.ts";
import type { HttpRequest } from "../../net/http/http-request.ts";
import type { HttpResponse } from "../../net/http/http-response.ts";
import { bodyResponse, errorResponse, methodNotAllowed } from "../../net/http/responses.ts";
import { type Caller, may } from "../authorization/caller.ts";
import { mayUseContainer } from "../authorization/container-access.ts";
import type { AgentState } from "../state.ts";
import { answerCall, type OperatorContext } from "./operator/answer-call.ts";
import { answerContainerCall } from "./operator/container-calls.ts";
import { readCall } from "./operator/read-call.ts";

/** Calls that are allowed or not as a whole. */
const ACTIONS: Partial<Record<AgentCallType, Action>> = {
  GET_FLAGS: "VIEW_FLAGS",
  SET_LOGGING_LEVEL: "SET_LOG_LEVEL",
  PRUNE_IMAGES: "PRUNE_IMAGES",
  ADD_RESOURCE_PROVIDER_CONFIG: "MODIFY_RESOURCE_PROVIDER_CONFIG",
  UPDATE_RESOURCE_PROVIDER_CONFIG: "MODIFY_RESOURCE_PROVIDER_CONFIG",
  REMOVE_RESOURCE_PROVIDER_CONFIG: "MODIFY_RESOURCE_PROVIDER_CONFIG",
  MARK_RESOURCE_PROVIDER_GONE: "MARK_RESOURCE_PROVIDER_GONE",
};

function isForbidden(state: AgentState, caller: Caller | undefined, call: AgentCall): boolean {
  const action = call.type && ACTIONS[call.type];
  return (action !== undefined && !may(state, caller, action)) || !mayUseContainer(state, caller, call);
}

/** Answers one request. */
export async function handleOperator(
  context: OperatorContext,
  request: HttpRequest,
  caller?: Caller,
): Promise<HttpResponse> {
  if (context.state.phase === "RECOVERING") return errorResponse(503, "Agent has not finished recovery");
  if (request.method !== "POST") return methodNotAllowed(["POST"], request.method);
  const read = await readCall(request);
  if ("status" in read) return read;
  const { call, answerIn } = read;
  if (isForbidden(context.state, caller, call)) return errorResponse(403);
  const answer = (await answerContainerCall(context, read)) ?? (await answerCall(context, call, caller));
  if ("status" in answer) return answer;
  // Only calls that are answered in streams come without a media type, and they were answered.
  if (answerIn === undefined) return errorResponse(501, `The call ${call.type} is not implemented`);
  return bodyResponse(encode("AgentResponse", answer, answerIn), answerIn);
}
