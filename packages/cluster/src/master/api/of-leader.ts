// What only the master that leads answers: others say who that is.
import type { HttpRequest } from "../../net/http/http-request.ts";
import type { HttpResponse } from "../../net/http/http-response.ts";
import { errorResponse, methodNotAllowed, temporaryRedirect } from "../../net/http/responses.ts";
import type { MasterState } from "../state.ts";
import type { MasterRoute } from "./authentication.ts";

type Request = Pick<HttpRequest, "path" | "query">;

/** The path as the leader's process is asked for it, and the query: what the client goes on with. */
function onwards({ path, query }: Request): string {
  const [first] = path.split("/").filter((segment) => segment !== "");
  const parameters = [...query].map(([name, value]) => {
    const encoded = encodeURIComponent(name);
    return value === "" ? encoded : `${encoded}=${encodeURIComponent(value)}`;
  });
  const question = parameters.length === 0 ? "" : `?${parameters.join("&")}`;
  return (first === "master" ? path : `/master${path}`) + question;
}

/**
 * Where clients are sent while another master leads, or this one is not ready; undefined when it is.
 * @see Mesos src/master/http.cpp Master::Http::redirect
 */
export function turnAway(state: MasterState, request: Request): HttpResponse | undefined {
  const { leader } = state;
  if (leader === undefined) return errorResponse(503, "No leader elected");
  if (leader.id !== state.info.id) {
    return temporaryRedirect(`//${leader.hostname ?? ""}:${leader.port}${onwards(request)}`);
  }
  return state.recovered ? undefined : errorResponse(503, "Master has not finished recovery");
}

/** The route of a leader. Clients are sent on whatever they ask for: its methods are looked at afterwards, as in Mesos. */
export function ofLeader(state: MasterState, { methods, handle, ...rest }: MasterRoute): MasterRoute {
  return {
    ...rest,
    handle: (request, principal) => {
      const away = turnAway(state, request);
      if (away !== undefined) return away;
      if (methods?.includes(request.method) === false) return methodNotAllowed(methods, request.method);
      return handle(request, principal);
    },
  };
}
