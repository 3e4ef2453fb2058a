// Every HTTP route of a master.
import { cpus, freemem, loadavg, totalmem } from "node:os";
import type { MasterResponseGetState } from "@mezzo/wire";
import type { Route } from "../../net/http/router.ts";
import type { MasterProcess } from "../run.ts";
import { changeByOperator } from "./operator-changes.ts";
import { answerOperator } from "./operator.ts";
import { type ReadSources, answerReadCall } from "./operator/read-calls.ts";
import { readEndpoints } from "./read-endpoints.ts";
import { answerScheduler, turnAway } from "./scheduler.ts";
import { answerTeardown } from "./teardown.ts";
import { TimerStatistics } from "./metrics/timer-statistics.ts";

/** No allocation waits longer than the turn it was asked for in. */
const NO_LATENCY = new TimerStatistics();

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
    allocationRunLatency: NO_LATENCY,
    operatorEventStreamSubscribers: master.state.operatorStreams.size,
    loggingLevel: 0,
  };
}

/** The routes, in no particular order: the longest path wins. */
export function masterRoutes(master: MasterProcess): Route[] {
  const { state } = master;
  const sources = (): ReadSources => sourcesOf(master);
  const pause = (): Promise<void> => new Promise((resume) => setImmediate(resume));
  const snapshot = (): MasterResponseGetState =>
    answerReadCall(state, { type: "GET_STATE" }, sources())?.get_state ?? {};
  const operator = { state, sources, change: changeByOperator(master, snapshot) };
  return [
    {
      path: "/api/v1/scheduler",
      methods: ["POST"],
      handle: (request) => answerScheduler(master, request),
    },
    {
      path: "/api/v1",
      methods: ["POST"],
      handle: (request) => turnAway(state, request.path) ?? answerOperator(operator, request),
    },
    {
      path: "/teardown",
      methods: ["POST"],
      handle: (request) => turnAway(state, request.path) ?? answerTeardown(master, request),
    },
    ...readEndpoints({ state, sources, pause }).map((endpoint): Route => {
      const { path, ofLeader } = endpoint;
      const away = ofLeader === true ? turnAway : () => undefined;
      // Mesos has it in a process of its own, below which there is nothing.
      const place = path === "/version" ? { process: "version", path: "/" } : { path };
      return { ...place, handle: (request) => away(state, request.path) ?? endpoint.handle(request) };
    }),
  ];
}
