// /quota: the quota of roles, and the older way to set and remove it.
import { type QuotaRequest, encodeJson, failure, fromJson, parseJson, type Result } from "@mezzo/wire";
import type { HttpRequest } from "../../net/http/http-request.ts";
import type { HttpAnswer } from "../../net/http/http-response.ts";
import { errorResponse } from "../../net/http/responses.ts";
import { seenQuotas } from "../authorization/may.ts";
import { quotaStatus } from "../quota.ts";
import type { MasterProcess } from "../run.ts";
import { by } from "./by.ts";
import { jsonAnswer } from "./read/jsonp.ts";

function parseRequest(body: string): Result<QuotaRequest> {
  const json = parseJson(body);
  const isObject =
    json.ok && typeof json.value === "object" && json.value !== null && !Array.isArray(json.value);
  if (!json.ok || !isObject) {
    const error = json.ok ? "Unexpected JSON type parsed" : json.error;
    return failure(`Failed to parse set quota request JSON '${body}': ${error}`);
  }
  const request = fromJson("QuotaRequest", json.value);
  return request.ok
    ? request
    : failure(`Failed to validate set quota request JSON '${body}': ${request.error}`);
}

/** A DELETE names the role after `/quota/`; a role may hold slashes. */
function removeQuota(master: MasterProcess, request: HttpRequest, principal?: string): HttpAnswer {
  // The master is always part of the path in Mesos' words, whether the client wrote it or not.
  const path = request.path.startsWith("/master/") ? request.path : `/master${request.path}`;
  const role = /^\/+[^/]+\/+[^/]+\/+([^/].*)$/u.exec(path)?.[1];
  if (role === undefined) {
    return errorResponse(
      400,
      `Failed to parse remove quota request for path '${path}': expected 3 tokens, found 2 tokens`,
    );
  }
  return master.requests.ask((number) =>
    master.submit({ type: "remove-quota", request: number, ...by(principal), role, path }),
  );
}

/** GET shows quota, POST sets one, DELETE removes one. @see Mesos docs/quota.md, src/master/quota_handler.cpp */
export function answerQuota(master: MasterProcess, request: HttpRequest, principal?: string): HttpAnswer {
  if (request.method === "GET") {
    return jsonAnswer(
      encodeJson("QuotaStatus", quotaStatus(seenQuotas(master.state, principal))),
      request.query,
    );
  }
  if (request.method === "DELETE") return removeQuota(master, request, principal);
  const quota = parseRequest(request.body.toString());
  if (!quota.ok) return errorResponse(400, quota.error);
  return master.requests.ask((number) =>
    master.submit({ type: "set-quota", request: number, ...by(principal), quota: quota.value }),
  );
}
