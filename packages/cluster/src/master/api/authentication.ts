// Who may reach an endpoint: the realms of HTTP authentication, and the check in front of a route.
import { authenticateBasic } from "../../net/http/basic-auth.ts";
import type { HttpRequest } from "../../net/http/http-request.ts";
import type { HttpAnswer } from "../../net/http/http-response.ts";
import { methodNotAllowed } from "../../net/http/responses.ts";
import type { Route } from "../../net/http/router.ts";
import type { MasterOptions } from "../options.ts";

/** What an endpoint is for; each kind has its own realm and its own flag. */
export type Access = "readonly" | "readwrite" | "scheduler";

/** @see Mesos src/master/constants.hpp */
const REALMS: Readonly<Record<Access, string>> = {
  readonly: "mesos-master-readonly",
  readwrite: "mesos-master-readwrite",
  scheduler: "mesos-master-scheduler",
};

const SWITCHES = {
  readonly: "authenticateHttpReadonly",
  readwrite: "authenticateHttpReadwrite",
  scheduler: "authenticateHttpFrameworks",
} as const satisfies Record<Access, keyof MasterOptions>;

/** A route whose handler may ask who called. */
export interface MasterRoute extends Omit<Route, "handle"> {
  /** Absent: open to everybody, whatever the flags say. */
  readonly access?: Access;
  /** `principal` is the caller where the realm is authenticated, else undefined. */
  readonly handle: (request: HttpRequest, principal?: string) => HttpAnswer;
}

/**
 * The route as the router takes it, behind its realm's authentication when that is switched on. Who may not come in is
 * not told which methods there are. Throws a TypeError when there are no credentials to check against.
 * @see Mesos 3rdparty/libprocess/src/process.cpp ProcessBase::_consume
 */
export function guardRoute(options: MasterOptions, route: MasterRoute): Route {
  const { access, handle, methods, ...rest } = route;
  const isOpen = access === undefined || !options[SWITCHES[access]];
  if (isOpen) {
    return { ...rest, ...(methods === undefined ? {} : { methods }), handle: (request) => handle(request) };
  }
  const { credentials } = options;
  const realm = REALMS[access];
  if (credentials === undefined) {
    throw new TypeError(`Cannot authenticate requests for realm '${realm}': no credentials are given`);
  }
  return {
    ...rest,
    handle: (request) => {
      const result = authenticateBasic(request.headers.get("authorization"), { realm, credentials });
      if ("unauthorized" in result) return result.unauthorized;
      if (methods?.includes(request.method) === false) return methodNotAllowed(methods, request.method);
      return handle(request, result.principal);
    },
  };
}
