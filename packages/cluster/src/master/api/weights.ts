// /weights: the weights of roles, and the older way to change them.
import { type WeightInfo, failure, fromJson, parseJson, success, type Result } from "@mezzo/wire";
import type { HttpRequest } from "../../net/http/http-request.ts";
import type { HttpAnswer } from "../../net/http/http-response.ts";
import { errorResponse } from "../../net/http/responses.ts";
import { seenRoles } from "../authorization/may.ts";
import type { MasterProcess } from "../run.ts";
import { by } from "./by.ts";
import { jsonAnswer } from "./read/jsonp.ts";

function parseWeights(body: string): Result<WeightInfo[]> {
  const json = parseJson(body);
  const error = json.ok ? "Unexpected JSON type parsed" : json.error;
  if (!json.ok || !Array.isArray(json.value)) {
    return failure(`Failed to parse update weights request JSON '${body}': ${error}`);
  }
  const weights: WeightInfo[] = [];
  for (const each of json.value as unknown[]) {
    const weight = fromJson("WeightInfo", each);
    if (!weight.ok) {
      return failure(`Failed to convert weights JSON array to protobuf '${body}': ${weight.error}`);
    }
    weights.push(weight.value);
  }
  return success(weights);
}

/** GET shows them, PUT changes some. @see Mesos src/master/weights_handler.cpp */
export function answerWeights(
  master: MasterProcess,
  { method, body, query }: HttpRequest,
  principal?: string,
): HttpAnswer {
  if (method === "GET") {
    const { weights: all } = master.state;
    const isSeen = seenRoles(master.state, principal, "VIEW_ROLE");
    const weights = [...all].filter(([role]) => isSeen(role)).map(([role, weight]) => ({ role, weight }));
    return jsonAnswer(JSON.stringify(weights), query);
  }
  const weights = parseWeights(body.toString());
  if (!weights.ok) return errorResponse(400, weights.error);
  return master.requests.ask((request) =>
    master.submit({ type: "update-weights", request, ...by(principal), weights: weights.value }),
  );
}
