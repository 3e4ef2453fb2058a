// GET /help: which endpoints there are, made of the routes themselves (3rdparty/libprocess/src/help.cpp of Mesos).
import type { HttpRequest } from "./http-request.ts";
import type { HttpResponse } from "./http-response.ts";
import { bodyResponse, errorResponse, jsonResponse } from "./responses.ts";
import type { Route } from "./router.ts";

/** Help by endpoint, by process; both in alphabetical order. */
type Helps = ReadonlyMap<string, ReadonlyMap<string, string>>;

const byName = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number =>
  a < b ? -1 : a > b ? 1 : 0;

/** The routes of the process `help` about `routes`; those that name no process belong to `delegate`. */
export function helpRoutes(
  routes: readonly Pick<Route, "process" | "path" | "methods">[],
  delegate: string,
): Route[] {
  const processes = Map.groupBy(routes, ({ process }) => process ?? delegate);
  const helps: Helps = new Map(
    [...processes].toSorted(byName).map(([id, own]) => {
      const pages = own.map((route) => [route.path, page(id, route, delegate)] as const);
      return [id, new Map(pages.toSorted(byName))];
    }),
  );
  const handle = (request: HttpRequest): HttpResponse => answerHelp(helps, request);
  const paths = ["/", ...[...helps.keys()].map((id) => `/${id}`)];
  return paths.map((path) => ({ process: "help", path, handle }));
}

/** `/version` of the process `version`, which answers at `/`. */
const fullPath = (id: string, path: string): string => `/${id}${path.replace(/\/$/, "")}`;

/** What there is to say of one endpoint: how it is asked. */
function page(id: string, { path, methods }: Pick<Route, "path" | "methods">, delegate: string): string {
  const names = id === delegate ? [path, fullPath(id, path)] : [fullPath(id, path)];
  const usage = names.map((name) => `>        ${name}\n`).join("");
  const allowed = methods === undefined ? "" : `\n### METHODS ###\n${methods.join(", ")}\n`;
  return `### USAGE ###\n${usage}${allowed}`;
}

function answerHelp(helps: Helps, { path, query, headers }: HttpRequest): HttpResponse {
  // `/help/<id>/<name>`; a name may hold slashes.
  const [, id, ...rest] = path.split("/").filter((segment) => segment !== "");
  const name = rest.join("/");
  if (id === undefined && query.get("format") === "json") return jsonResponse(model(helps));
  const text =
    id === undefined ? index(helps) : name === "" ? list(helps, id) : helps.get(id)?.get(`/${name}`);
  if (text === undefined) {
    return errorResponse(400, `No help available for '/${[id, ...rest].join("/")}'.\n`);
  }
  const agent = headers.get("user-agent") ?? "";
  if (agent.startsWith("curl") || agent.startsWith("HTTPie")) return bodyResponse(text, "text/x-markdown");
  const escaped = text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
  return bodyResponse(
    `<!doctype html><html><head><title>Help</title></head><body><pre>${escaped}</pre></body></html>`,
    "text/html",
  );
}

/** The processes, as links of Markdown. */
function index(helps: Helps): string {
  const ids = [...helps.keys()];
  const links = ids.map((id) => `> [/${id}][${id}]\n`).join("");
  return `## HELP\n${links}\n${ids.map((id) => `[${id}]: help/${id}\n`).join("")}`;
}

/** The endpoints of a process, as links of Markdown. */
function list(helps: Helps, id: string): string | undefined {
  const pages = helps.get(id);
  if (pages === undefined) return undefined;
  const paths = [...pages.keys()].map((path) => fullPath(id, path).slice(1));
  const links = paths.map((path) => `> [/${path}][${path}]\n`).join("");
  return `## \`/${id}\` ##\n${links}\n${paths.map((path) => `[${path}]: ${path}\n`).join("")}`;
}

function model(helps: Helps): object {
  const processes = [...helps].map(([id, pages]) => ({
    id,
    endpoints: [...pages].map(([name, text]) => ({ name, text })),
  }));
  return { processes };
}
