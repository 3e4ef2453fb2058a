// GET /help: which endpoints there are, made of the routes themselves (3rdparty/libprocess/src/help.cpp of Mesos).
import type { HttpRequest } from "../../net/http/http-request.ts";
import type { HttpResponse } from "../../net/http/http-response.ts";
import { errorResponse } from "../../net/http/responses.ts";
import { percentDecode } from "../../net/http/percent-decode.ts";
import type { Route } from "../../net/http/router.ts";
import { jsonAnswer } from "../../net/http/json-answer.ts";

/** The route that lists `routes`; those that name no process belong to `delegate`. */
export function helpRoute(routes: readonly Route[], delegate: string): Route {
  const processes = Map.groupBy(routes, ({ process }) => process ?? delegate);
  return { path: "/help", handle: (request) => answerHelp(processes, request) };
}

function answerHelp(
  processes: ReadonlyMap<string, readonly Route[]>,
  { path, query }: HttpRequest,
): HttpResponse {
  const [id] = path.replace(/^.*?\/help\/*/, "").split("/");
  if (id !== undefined && id !== "") {
    const routes = processes.get(percentDecode(id) ?? id);
    if (!routes) return errorResponse(400, `No help available for '/${id}'.\n`);
    return { status: 200, body: `## \`/${id}\` ##\n${routes.map(line(id)).join("")}` };
  }
  if (query.get("format") === "json") {
    const model = [...processes].map(([id, routes]) => ({
      id,
      endpoints: routes.map((route) => ({ name: route.path, text: line(id)(route) })),
    }));
    return jsonAnswer({ processes: model }, query);
  }
  const all = [...processes].flatMap(([id, routes]) => routes.map(line(id)));
  return { status: 200, body: `## HELP\n${all.join("")}` };
}

const line = (id: string) => (route: Route) => `> /${id}${route.path}\n`;
