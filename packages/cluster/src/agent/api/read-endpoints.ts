// The older JSON endpoints of an agent that only look (docs/endpoints/slave of Mesos).
import { parseDuration } from "@mezzo/wire";
import { systemStatistics } from "../../core/system-statistics.ts";
import type { HttpRequest } from "../../net/http/http-request.ts";
import type { HttpResponse } from "../../net/http/http-response.ts";
import { errorResponse } from "../../net/http/responses.ts";
import { type Caller, may, viewerFor } from "../authorization/caller.ts";
import { seenBy } from "../authorization/seen-by.ts";
import type { AgentRoute } from "./authentication.ts";
import { type MeasureContext, containerModel, measureContainers, statisticsModel } from "./containers.ts";
import { jsonAnswer } from "../../net/http/json-answer.ts";
import { answerLoggingToggle } from "./logging-toggle.ts";
import { metricValues } from "./metrics.ts";
import { versionModel } from "./models/version-model.ts";
import type { OperatorContext } from "./operator/answer-call.ts";
import { stateModel } from "./state.ts";

const RECOVERING = "Agent has not finished recovery";

/** All of them. */
export function readRoutes(context: OperatorContext): AgentRoute[] {
  const recovered =
    (answer: (request: HttpRequest, caller: Caller | undefined) => HttpResponse): AgentRoute["handle"] =>
    (request, caller) =>
      context.state.phase === "RECOVERING" ? errorResponse(503, RECOVERING) : answer(request, caller);
  // Mesos takes other methods as long as nobody asks who may.
  const onlyGet = context.state.authorizer === undefined ? {} : { methods: ["GET"] };
  return [
    { path: "/health", handle: () => ({ status: 200 }) },
    { process: "version", path: "/", handle: ({ query }) => jsonAnswer(versionModel, query) },
    {
      path: "/flags",
      ...onlyGet,
      access: "readonly",
      handle: ({ query }, caller) =>
        may(context.state, caller, "VIEW_FLAGS")
          ? jsonAnswer({ flags: context.state.options.flags }, query)
          : errorResponse(403),
    },
    {
      path: "/state",
      access: "readonly",
      handle: recovered(({ query }, caller) => {
        const viewer = viewerFor(context.state, caller);
        return jsonAnswer(stateModel(seenBy(context.state, viewer), viewer), query);
      }),
    },
    {
      path: "/containers",
      ...onlyGet,
      access: "readonly",
      handle: (request, caller) => answerContainers({ ...context, caller }, request),
    },
    {
      path: "/monitor/statistics",
      ...onlyGet,
      access: "readonly",
      handle: (request) => answerStatistics(context, request),
    },
    {
      process: "metrics",
      path: "/snapshot",
      access: "readonly",
      handle: (request) => answerMetrics(context, request),
    },
    {
      process: "logging",
      path: "/toggle",
      access: "readwrite",
      handle: (request) => answerLoggingToggle(context.logging, request),
    },
    // The second name is what is left of the first when the client's `Accept` names JSON.
    ...["/stats.json", "/stats"].map((path) => ({
      process: "system",
      path,
      handle: ({ query }: HttpRequest) => jsonAnswer(systemStatistics(context.sources().system), query),
    })),
  ];
}

async function answerContainers(context: MeasureContext, { query }: HttpRequest): Promise<HttpResponse> {
  const [containerId, frameworkId, executorId] = ["container_id", "framework_id", "executor_id"].map((name) =>
    query.get(name),
  );
  const mixed = containerId !== undefined && (frameworkId !== undefined || executorId !== undefined);
  if (mixed || (executorId !== undefined && frameworkId === undefined)) {
    return errorResponse(
      400,
      "Supported query parameters are container_id only, framework_id only, or executor_id and framework_id only",
    );
  }
  const usages = await measureContainers(context, { containerId, frameworkId, executorId });
  return jsonAnswer(usages.map(containerModel), query);
}

async function answerStatistics(context: OperatorContext, { query }: HttpRequest): Promise<HttpResponse> {
  const usages = await measureContainers(context);
  return jsonAnswer(usages.flatMap(statisticsModel), query);
}

function answerMetrics(context: OperatorContext, { query }: HttpRequest): HttpResponse {
  // Every value is at hand: a timeout is checked and never reached.
  const timeout = query.get("timeout");
  const parsed = timeout === undefined ? undefined : parseDuration(timeout);
  if (parsed && !parsed.ok) return errorResponse(400, `Invalid timeout '${timeout}': ${parsed.error}.\n`);
  const values = [...metricValues(context.state, context.sources())].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return jsonAnswer(Object.fromEntries(values), query);
}
