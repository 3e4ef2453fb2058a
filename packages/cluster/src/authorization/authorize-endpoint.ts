// The older endpoints that `get_endpoints` is about.
import type { HttpRequest } from "../net/http/http-request.ts";
import type { HttpAnswer } from "../net/http/http-response.ts";
import { errorResponse } from "../net/http/responses.ts";
import { AUTHORIZABLE_ENDPOINTS } from "./validate-acls.ts";

interface Endpoint<Caller> {
  readonly process?: string | undefined;
  readonly path: string;
  readonly handle: (request: HttpRequest, caller?: Caller) => HttpAnswer;
}

/** The endpoint, which answers 403 to those who may not ask it. Others are left as they are. */
export function authorizeEndpoint<Caller, E extends Endpoint<Caller>>(
  endpoint: E,
  mayGet: (caller: Caller | undefined, path: string) => boolean,
): E {
  const { process, path, handle } = endpoint;
  const full = process === undefined ? path : `/${process}${path}`;
  if (!AUTHORIZABLE_ENDPOINTS.has(full)) return endpoint;
  return {
    ...endpoint,
    handle: (request: HttpRequest, caller?: Caller) =>
      mayGet(caller, full) ? handle(request, caller) : errorResponse(403),
  };
}
