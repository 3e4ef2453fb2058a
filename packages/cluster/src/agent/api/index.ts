// Every endpoint of an agent.
import { RECORDIO_MEDIA_TYPE, type ResourceStatistics } from "@mezzo/wire";
import type { Clock } from "../../core/clock.ts";
import { errorResponse } from "../../net/http/responses.ts";
import { helpRoutes } from "../../net/http/help-routes.ts";
import { PROFILER_ROUTES } from "../../net/http/profiler-routes.ts";
import type { Route } from "../../net/http/router.ts";
import { authorizeEndpoint } from "../../authorization/authorize-endpoint.ts";
import { type Caller, may } from "../authorization/caller.ts";
import type { Containerizer } from "../containerizer/containerizer.ts";
import { guardRoute, type AgentRoute } from "./authentication.ts";
import { handleExecutor, type ExecutorApi } from "./executor.ts";
import { filesRoutes } from "../../net/files/routes.ts";
import { agentFiles } from "./files/virtual-path.ts";
import { measureMachine, type AgentMeasures } from "./metric-sources.ts";
import { handleOperator } from "./operator.ts";
import type { OperatorContext } from "./operator/answer-call.ts";
import { readRoutes } from "./read-endpoints.ts";
import type { LaunchedContainers } from "../launched/launched-containers.ts";
import type { Terminals } from "../launched/terminals.ts";
import type { ExecutorState } from "../state.ts";
import type { LoggingLevel } from "../run/logging-level.ts";

/** What endpoints may use of an agent. */
export interface AgentApi extends ExecutorApi {
  readonly containerizer: Containerizer;
  /** ms since 1970. */
  now(): number;
  /** What is counted outside the state. */
  readonly measures?: AgentMeasures;
  readonly clock: Clock;
  /** What is known of an executor's disk. */
  diskOf?(executor: ExecutorState): Partial<ResourceStatistics>;
  /** Containers started over the API. */
  readonly launched: LaunchedContainers;
  /** Terminals of executors and tasks. */
  readonly terminals: Pick<Terminals, "find">;
  /** How much the agent logs. */
  readonly logging: LoggingLevel;
}

/** The routes of the process `slave(1)`. */
export function agentRoutes(api: AgentApi): Route[] {
  const context: OperatorContext = {
    state: api.state,
    containerizer: api.containerizer,
    logging: api.logging,
    diskOf: (executor) => api.diskOf?.(executor) ?? {},
    launched: api.launched,
    terminals: api.terminals,
    clock: api.clock,
    sources: () => measureMachine(api.state, { now: api.now(), measures: api.measures ?? {} }),
  };
  const routes: AgentRoute[] = [
    {
      path: "/api/v1/executor",
      access: "executor",
      handle: (request, caller) => handleExecutor(api, request, caller?.claims),
    },
    {
      path: "/api/v1",
      access: "readwrite",
      streamsBody: ({ headers }) => headers.get("content-type") === RECORDIO_MEDIA_TYPE,
      // Recovery takes what it does not know for remains: nothing may start before it is over.
      handle: (request, caller) =>
        api.recovered
          ? handleOperator(context, request, caller)
          : errorResponse(503, "Agent has not finished recovery"),
    },
    ...readRoutes(context),
    ...PROFILER_ROUTES.map((route): AgentRoute => ({ ...route, access: "readwrite" })),
    ...filesRoutes((caller: Caller | undefined) => agentFiles(api.state, caller)).map(
      (route): AgentRoute => ({
        ...route,
        access: "readonly",
      }),
    ),
  ];
  const { options } = api.state;
  const mayGet = (caller: Caller | undefined, path: string): boolean =>
    may(api.state, caller, "GET_ENDPOINT_WITH_PATH", path);
  const guarded = routes.map((route) =>
    guardRoute({ options, clock: api.clock }, authorizeEndpoint(route, mayGet)),
  );
  return [...guarded, ...helpRoutes(routes, "slave(1)")];
}
