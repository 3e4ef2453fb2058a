// Who may reach an agent's endpoint: its realms of HTTP authentication, and the check in front of a route.
import type { Clock } from "../../core/clock.ts";
import { authenticateBearer } from "../../net/authentication/bearer-auth.ts";
import { authenticateBasic } from "../../net/http/basic-auth.ts";
import type { HttpRequest } from "../../net/http/http-request.ts";
import type { HttpAnswer, HttpResponse } from "../../net/http/http-response.ts";
import { methodNotAllowed } from "../../net/http/responses.ts";
import type { Route } from "../../net/http/router.ts";
import type { Caller } from "../authorization/caller.ts";
import type { AgentOptions } from "../options.ts";

/** What an endpoint is for; each kind has its own realm and its own flag. */
type Access = "readonly" | "readwrite" | "executor";

/** @see Mesos src/slave/constants.hpp */
const REALMS: Readonly<Record<Access, string>> = {
  readonly: "mesos-agent-readonly",
  readwrite: "mesos-agent-readwrite",
  executor: "mesos-agent-executor",
};

const SWITCHES = {
  readonly: "authenticateHttpReadonly",
  readwrite: "authenticateHttpReadwrite",
  executor: "authenticateHttpExecutors",
} as const satisfies Record<Access, keyof AgentOptions>;

/** A route whose handler may ask who calls. */
export interface AgentRoute extends Omit<Route, "handle"> {
  /** Absent: open to everybody, whatever the flags say. */
  readonly access?: Access;
  readonly handle: (request: HttpRequest, caller?: Caller) => HttpAnswer;
}

/**
 * The route as the router takes it, behind its realm's authentication when that is switched on. Who may not come in is
 * not told which methods there are.
 */
export function guardRoute(of: { options: AgentOptions; clock: Clock }, route: AgentRoute): Route {
  const { access, handle, methods, ...rest } = route;
  if (access === undefined || !of.options[SWITCHES[access]]) {
    return { ...rest, ...(methods === undefined ? {} : { methods }), handle: (request) => handle(request) };
  }
  return {
    ...rest,
    handle: (request) => {
      const result = authenticate(of, REALMS[access], request.headers.get("authorization"));
      if ("unauthorized" in result) return result.unauthorized;
      if (methods?.includes(request.method) === false) return methodNotAllowed(methods, request.method);
      return handle(request, result);
    },
  };
}

/** By secret or by token, whatever the agent has; what each has to say to a stranger is said together, as in Mesos. */
function authenticate(
  { options, clock }: { options: AgentOptions; clock: Clock },
  realm: string,
  authorization: string | undefined,
): Caller | { unauthorized: HttpResponse } {
  const refusals: [scheme: string, HttpResponse][] = [];
  if (options.httpCredentials !== undefined) {
    const result = authenticateBasic(authorization, { realm, credentials: options.httpCredentials });
    // Whoever comes with a secret is nobody's executor.
    if (!("unauthorized" in result)) return { principal: result.principal, claims: {} };
    refusals.push(["Basic", result.unauthorized]);
  }
  if (options.jwtSecretKey !== undefined) {
    const of = { realm, key: options.jwtSecretKey, nowMs: clock.now() };
    const result = authenticateBearer(authorization, of);
    if (!("unauthorized" in result)) return result;
    refusals.push(["Bearer", result.unauthorized]);
  }
  const [first] = refusals;
  if (first === undefined)
    throw new TypeError(`Cannot authenticate requests for realm '${realm}': no credentials are given`);
  if (refusals.length === 1) return { unauthorized: first[1] };
  const challenges = refusals.map(([, { headers }]) => headers?.["WWW-Authenticate"] ?? "");
  // What each says is the same: see basic-auth.ts and bearer-auth.ts.
  const bodies = refusals.map(
    ([scheme]) => `"${scheme}" authenticator returned:
401 Unauthorized.`,
  );
  return {
    unauthorized: {
      status: 401,
      headers: { "WWW-Authenticate": challenges.join(",") },
      body: bodies.join("\n\n"),
    },
  };
}
