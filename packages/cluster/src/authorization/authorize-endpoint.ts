// The older endpoints that `get_endpoints` is about.
import type { HttpRequest } from "../net/http/http-request.ts";
import type { HttpAnswer } from "../net/http/http-response.ts";
import type { Authorizer } from "./authorizer.ts";
import { AUTHORIZABLE_ENDPOINTS } from "./validate-acls.ts";

interface Endpoint {
  readonly process?: string | undefined;
  readonly path: string;
  readonly handle: (request: HttpRequest, principal?: string) => HttpAnswer;
}

/** The endpoint, which answers 403 to those who may not ask it. Others are left as they are. */
export function authorizeEndpoint<E extends Endpoint>(authorizer: Authorizer | undefined, endpoint: E): E {
  const { process, path, handle } = endpoint;
  const full = process === undefined ? path : `/${process}${path}`;
  if (authorizer === undefined || !AUTHORIZABLE_ENDPOINTS.has(full)) return endpoint;
  return {
    ...endpoint,
    handle: (request, principal) =>
      authorizer.approves(principal, "GET_ENDPOINT_WITH_PATH", full)
        ? handle(request, principal)
        : { status: 403 },
  };
}
