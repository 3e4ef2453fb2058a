// Which endpoint answers a path: libprocess' rules (process.cpp, `ProcessManager::handle` and `ProcessBase::consume`).
import type { HttpRequest } from "./http-request.ts";
import type { HttpAnswer } from "./http-response.ts";
import { percentDecode } from "./percent-decode.ts";
import type { RequestHead } from "./request-head.ts";
import { errorResponse, methodNotAllowed } from "./responses.ts";

/** One endpoint. */
export interface Route {
  /** Below its process: `/state`, `/api/v1/scheduler`; `/` answers `/<process>` alone. No trailing slash. */
  readonly path: string;
  /** Process it belongs to, `files` for `/files/read`; absent: the delegate. */
  readonly process?: string;
  /** Other methods get 405 in Mesos' words; absent: all are welcome. */
  readonly methods?: readonly string[];
  /** The body is read while it arrives, from `request.bodyStream`. */
  readonly streamsBody?: boolean | ((head: RequestHead) => boolean);
  readonly handle: (request: HttpRequest) => HttpAnswer;
}

export interface RouterOptions {
  /** Process that answers paths which name none: `master`, `slave(1)`. */
  readonly delegate: string;
  /**
   * Also answer `/state.json` where `/state` exists, for clients whose `Accept` names JSON: those of Mesos up to 1.11 still
   * ask so. To all others these names are not found, as in the Mesos that dropped them.
   */
  readonly jsonSuffix?: boolean;
  /** Paths that answer nobody (`--firewall_rules`): exactly as sent, or with the delegate in front where no process is named. */
  readonly disabledPaths?: Iterable<string>;
}

type Routes = Map<string, Route>;

/**
 * Finds the route with the longest prefix of the path, by whole segments, and ignores what follows. The first segment
 * may name a process, percent-encoded too (`/slave%281%29/state`); else the delegate is asked. The segments after it
 * are compared as sent. `..` is never followed.
 */
export class Router {
  readonly #delegate: string;
  readonly #jsonSuffix: boolean;
  readonly #disabled: ReadonlySet<string>;
  readonly #processes = new Map<string, Routes>();
  /** Paths of routes as most clients send them, answered without a search. */
  readonly #direct = new Map<string, Route>();

  constructor({ delegate, jsonSuffix = false, disabledPaths = [] }: RouterOptions) {
    this.#disabled = new Set(disabledPaths);
    this.#delegate = delegate;
    this.#jsonSuffix = jsonSuffix;
    this.#processes.set(delegate, new Map());
  }

  /** Adds or replaces a route. */
  add(route: Route): void {
    const process = route.process ?? this.#delegate;
    let routes = this.#processes.get(process);
    if (routes === undefined) {
      routes = new Map();
      this.#processes.set(process, routes);
    }
    routes.set(route.path.slice(1), route);
    this.#direct.clear();
    for (const [id, known] of this.#processes) {
      for (const [name, each] of known) {
        const path = name === "" ? `/${id}` : `/${id}/${name}`;
        this.#direct.set(path, each);
      }
    }
    for (const [name, each] of this.#processes.get(this.#delegate) ?? []) {
      const first = name.split("/")[0] ?? "";
      if (name !== "" && !this.#processes.has(first)) {
        this.#direct.set(`/${name}`, each);
      }
    }
  }

  handle(request: HttpRequest): HttpAnswer {
    const { path } = request;
    if (!path.startsWith("/")) {
      return errorResponse(400, "Request URL path must start with '/'");
    }
    const asked = this.#jsonSuffix && this.find(path) === undefined ? withoutSuffix(request) : path;
    if (this.#disabled.size > 0) {
      const disabled = [this.#fullPath(asked), asked, path].find((each) => this.#disabled.has(each));
      if (disabled !== undefined) return errorResponse(403, `Endpoint '${disabled}' is disabled`);
    }
    const route = this.find(asked);
    if (route === undefined) {
      return errorResponse(404);
    }
    if (route.methods !== undefined && !route.methods.includes(request.method)) {
      return methodNotAllowed(route.methods, request.method);
    }
    return route.handle(request);
  }

  streamsBody(head: RequestHead): boolean {
    const streams = this.find(head.path)?.streamsBody ?? false;
    return typeof streams === "function" ? streams(head) : streams;
  }

  /** The route of a path as sent. */
  find(path: string): Route | undefined {
    return this.#direct.get(path) ?? this.#search(path);
  }

  /** The first segment as sent, and the routes of the process it names, if it names one. */
  #processOf(path: string): { first: string; routes: Routes | undefined } {
    const [first = ""] = path.split("/").filter((segment) => segment !== "");
    const process = percentDecode(first);
    const named = process !== undefined && first !== "";
    return { first, routes: named ? this.#processes.get(process) : undefined };
  }

  /** The path with the delegate in front where it names no process. */
  #fullPath(path: string): string {
    const { first, routes } = this.#processOf(path);
    if (routes !== undefined) return path;
    return first === "" ? `/${this.#delegate}` : `/${this.#delegate}${path}`;
  }

  #search(path: string): Route | undefined {
    if (path.includes("/..") || !path.startsWith("/")) {
      return undefined;
    }
    const { first, routes: named } = this.#processOf(path);
    if (named === undefined) {
      return this.#longestPrefix(this.#processes.get(this.#delegate) ?? new Map(), path);
    }
    // Only a single leading slash takes the process off: `//master/state` is asked of the master as `master/state`.
    const prefix = `/${first}`;
    const below = path.startsWith(prefix) ? path.slice(prefix.length) : path;
    return this.#longestPrefix(named, below);
  }

  #longestPrefix(routes: Routes, path: string): Route | undefined {
    let name = path.replace(/^\/+|\/+$/g, "");
    for (;;) {
      const route = routes.get(name);
      if (route !== undefined || name === "") {
        return route;
      }
      const slash = name.lastIndexOf("/");
      if (slash < 0) {
        return undefined;
      }
      name = name.slice(0, slash).replace(/\/+$/, "");
    }
  }
}

/** `/state` of `/state.json`, when the client names JSON in its `Accept`. */
function withoutSuffix({ path, headers }: HttpRequest): string {
  const asksJson = path.endsWith(".json") && headers.get("accept")?.includes("application/json") === true;
  return asksJson ? path.slice(0, -".json".length) : path;
}
