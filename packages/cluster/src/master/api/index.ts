// Every HTTP route of a master.
import { cpus, freemem, loadavg, totalmem } from "node:os";
import type { MasterResponseGetState } from "@mezzo/wire";
import { filesRoutes } from "../../net/files/routes.ts";
import { helpRoutes } from "../../net/http/help-routes.ts";
import { PROFILER_ROUTES } from "../../net/http/profiler-routes.ts";
import type { Route } from "../../net/http/router.ts";
import { authorizeEndpoint } from "../../authorization/authorize-endpoint.ts";
import { viewerOf } from "../../authorization/viewer.ts";
import { may } from "../authorization/may.ts";
import type { MasterProcess } from "../run.ts";
import { type MasterRoute, guardRoute } from "./authentication.ts";
import { masterFiles } from "./files.ts";
import { answerLoggingToggle } from "./logging-toggle.ts";
import { maintenanceRoutes } from "./maintenance-routes.ts";
import { ofLeader } from "./of-leader.ts";
import { changeByOperator } from "./operator-changes.ts";
import { answerOperator } from "./operator.ts";
import { type ReadSources, answerReadCall } from "./operator/read-calls.ts";
import { planEndpoint } from "./plan/answer-plan.ts";
import { answerQuota } from "./quota.ts";
import { readEndpoints } from "./read-endpoints.ts";
import { resourceEndpoints } from "./resource-endpoints.ts";
import { answerScheduler } from "./scheduler.ts";
import { answerWeights } from "./weights.ts";
import { answerTeardown } from "./teardown.ts";

/** What endpoints show beside the state. */
function sourcesOf(master: MasterProcess): ReadSources {
  const [oneMinute = 0, fiveMinutes = 0, fifteenMinutes = 0] = loadavg();
  const { registrar } = master;
  return {
    nowMs: master.clock.now(),
    system: {
      cpus: cpus().length,
      load: [oneMinute, fiveMinutes, fifteenMinutes],
      freeBytes: freemem(),
      totalBytes: totalmem(),
    },
    registrar: {
      queuedOperations: registrar.queuedOperations,
      sizeBytes: registrar.sizeBytes,
      fetchMs: registrar.fetchMs,
      store: registrar.stored,
    },
    allocationRun: master.allocationRuns,
    traffic: master.traffic.metrics(),
    operatorEventStreamSubscribers: master.state.operatorStreams.size,
    loggingLevel: master.logging.level,
  };
}

/** The routes, in no particular order: the longest path wins. Throws when nobody could pass the authentication asked for. */
export function masterRoutes(master: MasterProcess): Route[] {
  const { state } = master;
  const sources = (): ReadSources => sourcesOf(master);
  const pause = (): Promise<void> => new Promise((resume) => setImmediate(resume));
  const rendering = { pause, pool: master.buffers };
  const snapshot = (principal: string | undefined): MasterResponseGetState => {
    const facts = { ...sources(), principal, viewer: viewerOf(state.authorizer, principal) };
    return answerReadCall(state, { type: "GET_STATE" }, facts)?.get_state ?? {};
  };
  const plan = planEndpoint(state, { pause, nowMs: () => master.clock.now() });
  const files = masterFiles(state);
  const operator = { state, sources, rendering, change: changeByOperator(master, { snapshot, files }) };
  const ofLeaders: MasterRoute[] = [
    {
      path: "/api/v1/scheduler",
      methods: ["POST"],
      access: "scheduler",
      handle: (request, principal) => answerScheduler(master, request, principal),
    },
    {
      path: "/api/v1",
      methods: ["POST"],
      access: "readwrite",
      handle: (request, principal) => answerOperator(operator, request, principal),
    },
    {
      path: "/teardown",
      methods: ["POST"],
      access: "readwrite",
      handle: (request, principal) => answerTeardown(master, request, principal),
    },
    {
      path: "/weights",
      methods: ["GET", "PUT"],
      access: "readwrite",
      handle: (request, principal) => answerWeights(master, request, principal),
    },
    {
      path: "/quota",
      methods: ["GET", "POST", "DELETE"],
      access: "readwrite",
      handle: (request, principal) => answerQuota(master, request, principal),
    },
    { path: "/plan", methods: ["POST"], access: "readonly", handle: plan },
  ];
  const routes: MasterRoute[] = [
    ...ofLeaders.map((route) => ofLeader(state, route)),
    {
      process: "logging",
      path: "/toggle",
      access: "readwrite",
      handle: (request) => answerLoggingToggle(master.logging, request),
    },
    ...PROFILER_ROUTES.map((route): MasterRoute => ({ ...route, access: "readwrite" })),
    ...resourceEndpoints(master),
    ...filesRoutes(files).map((route): MasterRoute => ({ ...route, access: "readonly" })),
    ...maintenanceRoutes(master),
    ...readEndpoints({ state, sources, rendering }).map(({ ofLeader: leads, open, ...endpoint }) => {
      const route: MasterRoute = open === true ? endpoint : { ...endpoint, access: "readonly" };
      return leads === true ? ofLeader(state, route) : route;
    }),
  ];
  const mayGet = (principal: string | undefined, path: string): boolean =>
    may(state, principal, "GET_ENDPOINT_WITH_PATH", path);
  const guarded = routes.map((route) => guardRoute(state.options, authorizeEndpoint(route, mayGet)));
  return [...guarded, ...helpRoutes(routes, "master")];
}
