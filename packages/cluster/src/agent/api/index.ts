// Every endpoint of an agent.
import type { Route } from "../../net/http/router.ts";
import type { Containerizer } from "../containerizer/containerizer.ts";
import { handleExecutor, type ExecutorApi } from "./executor.ts";

/** What endpoints may use of an agent. */
export interface AgentApi extends ExecutorApi {
  readonly containerizer: Containerizer;
  /** ms since 1970. */
  now(): number;
}

/** The routes of the process `slave(1)`. */
export function agentRoutes(api: AgentApi): Route[] {
  return [{ path: "/api/v1/executor", handle: (request) => handleExecutor(api, request) }];
}
