// The older JSON endpoints that only look: path to handler. What each answers is a file in `read/`.
import type { HttpRequest } from "../../net/http/http-request.ts";
import type { HttpAnswer, HttpResponse } from "../../net/http/http-response.ts";
import { answerExplain } from "./explain/answer-explain.ts";
import { errorResponse, temporaryRedirect } from "../../net/http/responses.ts";
import { parseDuration } from "../../core/duration.ts";
import { systemStatistics } from "../../core/system-statistics.ts";
import { SEES_EVERYTHING, type Viewer, viewerOf } from "../../authorization/viewer.ts";
import { seenBy } from "../authorization/seen-by.ts";
import type { MasterState } from "../state.ts";
import { metricValues } from "./metrics/metric-values.ts";
import type { ReadSources } from "./operator/read-calls.ts";
import { agentsJson } from "./read/agents.ts";
import { frameworksJson } from "./read/frameworks.ts";
import { documentAnswer, jsonAnswer } from "./read/jsonp.ts";
import { registryJson } from "./read/registry.ts";
import { indexPage } from "./read/index-page.ts";
import { rolesModel } from "./read/roles.ts";
import { stateJson } from "./read/state.ts";
import { stateSummaryJson } from "./read/state-summary.ts";
import { tasksJson } from "./read/tasks.ts";
import { versionModel } from "./read/version.ts";
import { SharedRendering, renderInSlices, type RenderingTools } from "./rendering/shared-rendering.ts";

type Query = HttpRequest["query"];

/** What the endpoints look at. */
export interface ReadContext {
  readonly state: MasterState;
  readonly sources: () => ReadSources;
  readonly rendering: RenderingTools;
}

/** One endpoint. `/state` answers `/master/state` as well, and anything below. */
export interface ReadEndpoint {
  readonly path: string;
  /** The libprocess process that answers it, where that is not the master. */
  readonly process?: string;
  /** Whether it needs credentials when `--authenticate_http_readonly` asks for them. */
  readonly open?: boolean;
  /** Whether a master that does not lead sends clients to the one that does. */
  readonly ofLeader?: boolean;
  /** Other methods get 405; absent: all are welcome. */
  readonly methods?: readonly string[];
  handle(request: HttpRequest, principal?: string): HttpAnswer;
}

function metricsAnswer({ state, sources }: ReadContext, { query }: HttpRequest): HttpResponse {
  const timeout = query.get("timeout");
  const parsed = timeout === undefined ? undefined : parseDuration(timeout);
  if (parsed && !parsed.ok) return { status: 400, body: `Invalid timeout '${timeout}': ${parsed.error}.\n` };
  const values = [...metricValues(state, sources())].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return jsonAnswer(JSON.stringify(Object.fromEntries(values)), query);
}

/**
 * `GET /redirect` names the leader even when it is this master; below it nothing is found, so that nobody runs in a circle.
 * @see Mesos docs/endpoints/master/redirect.md
 */
export function redirectAnswer({ leader }: MasterState, path: string): HttpResponse {
  if (!leader) return errorResponse(503, "No leader elected");
  const base = `//${leader.hostname ?? ""}:${leader.port}`;
  const isBelow = /^\/+(?:master\/+)?redirect\//.test(path);
  return isBelow ? errorResponse(404) : temporaryRedirect(base);
}

/** All read endpoints of a master. */
export function readEndpoints(context: ReadContext): ReadEndpoint[] {
  const { state, rendering } = context;
  const wholeState = new SharedRendering(
    () => stateJson(state, SEES_EVERYTHING),
    rendering,
    () => state.counters.http_cache_hits++,
  );
  const json = (path: string, text: (viewer: Viewer, query: Query) => string): ReadEndpoint => ({
    path,
    ofLeader: true,
    handle: ({ query }, principal) => jsonAnswer(text(viewerOf(state.authorizer, principal), query), query),
  });
  const long = (path: string, pieces: (viewer: Viewer, query: Query) => Iterable<string>): ReadEndpoint => ({
    path,
    ofLeader: true,
    handle: async ({ query }, principal) =>
      documentAnswer(
        await renderInSlices(pieces(viewerOf(state.authorizer, principal), query), rendering),
        query,
      ),
  });
  return [
    {
      path: "/",
      open: true,
      handle: () => ({
        status: 200,
        headers: { "Content-Type": "text/html; charset=utf-8" },
        body: indexPage(state),
      }),
    },
    { path: "/health", open: true, handle: () => ({ status: 200 }) },
    { path: "/redirect", open: true, handle: ({ path }) => redirectAnswer(state, path) },
    { process: "metrics", path: "/snapshot", handle: (request) => metricsAnswer(context, request) },
    // The second name is what is left of the first when the client's `Accept` names JSON.
    ...["/stats.json", "/stats"].map((path) => ({
      process: "system",
      path,
      open: true,
      handle: ({ query }: HttpRequest) =>
        jsonAnswer(JSON.stringify(systemStatistics(context.sources().system)), query),
    })),
    {
      process: "registrar(1)",
      path: "/registry",
      handle: ({ query }) => jsonAnswer(registryJson(state), query),
    },
    {
      process: "version",
      path: "/",
      open: true,
      handle: ({ query }) => jsonAnswer(JSON.stringify(versionModel()), query),
    },
    {
      path: "/flags",
      // Mesos takes other methods as long as nobody asks who may.
      ...(state.authorizer === undefined ? {} : { methods: ["GET"] }),
      handle: ({ query }, principal) =>
        viewerOf(state.authorizer, principal).flags()
          ? jsonAnswer(JSON.stringify({ flags: state.options.flags }), query)
          : errorResponse(403),
    },
    {
      path: "/state",
      ofLeader: true,
      handle: async ({ query }, principal) => {
        const viewer = viewerOf(state.authorizer, principal);
        // Those who see everything share one document.
        const document =
          viewer === SEES_EVERYTHING
            ? await wholeState.render()
            : await renderInSlices(stateJson(state, viewer), rendering);
        return documentAnswer(document, query);
      },
    },
    {
      path: "/explain",
      ofLeader: true,
      handle: (request, principal) =>
        answerExplain(state, request, {
          nowMs: context.sources().nowMs,
          viewer: viewerOf(state.authorizer, principal),
        }),
    },
    long("/state-summary", (viewer) => stateSummaryJson(state, viewer)),
    long("/slaves", (viewer, query) => agentsJson(state, query, viewer)),
    long("/frameworks", (viewer, query) => frameworksJson(seenBy(state, viewer), query)),
    json("/tasks", (viewer, query) => tasksJson(seenBy(state, viewer), query)),
    json("/roles", (viewer) => JSON.stringify(rolesModel(state, viewer))),
  ];
}
