// Answers one call of the agent's operator API.
import type { AgentCall, AgentResponse, ResourceStatistics } from "@mezzo/wire";
import { answerList, answerRead } from "../../../net/files/answer-files.ts";
import type { HttpResponse } from "../../../net/http/http-response.ts";
import { errorResponse } from "../../../net/http/responses.ts";
import type { Containerizer } from "../../containerizer/containerizer.ts";
import type { LoggingLevel } from "../../run/logging-level.ts";
import { type Caller, viewerFor } from "../../authorization/caller.ts";
import { seenBy } from "../../authorization/seen-by.ts";
import type { ExecutorState } from "../../state.ts";
import type { ContainerContext } from "./container-calls.ts";
import { getContainers } from "./get-containers.ts";
import { agentFiles } from "../files/virtual-path.ts";
import { metricValues, type MetricSources } from "../metrics.ts";
import { versionModel } from "../models/version-model.ts";
import { answerReadLog } from "./read-log.ts";
import { answerResourceProviders } from "./resource-provider-calls.ts";
import { getAgent, getExecutors, getFrameworks, getOperations, getTasks } from "./read-answers.ts";

const NANOSECONDS_PER_MS = 1e6;

/** What calls look at. */
export interface OperatorContext extends ContainerContext {
  readonly containerizer: Containerizer;
  readonly logging: LoggingLevel;
  readonly diskOf?: (executor: ExecutorState) => Partial<ResourceStatistics>;
  sources(): MetricSources;
}

/** The answer, or a refusal: files that are not there, calls that are not built. */
export async function answerCall(
  context: OperatorContext,
  call: AgentCall,
  caller: Caller | undefined,
): Promise<AgentResponse | HttpResponse> {
  const state = seenBy(context.state, viewerFor(context.state, caller));
  switch (call.type) {
    case "GET_HEALTH":
      return { type: call.type, get_health: { healthy: true } };
    case "GET_FLAGS": {
      const flags = Object.entries(state.options.flags).map(([name, value]) => ({ name, value }));
      return { type: call.type, get_flags: { flags } };
    }
    case "GET_VERSION":
      return { type: call.type, get_version: { version_info: versionModel } };
    case "GET_METRICS": {
      const metrics = [...metricValues(state, context.sources())].map(([name, value]) => ({ name, value }));
      return {
        type: call.type,
        get_metrics: { metrics: metrics.toSorted((a, b) => (a.name < b.name ? -1 : 1)) },
      };
    }
    case "GET_LOGGING_LEVEL":
      return { type: call.type, get_logging_level: { level: context.logging.level } };
    case "SET_LOGGING_LEVEL": {
      const { level = 0, duration = { nanoseconds: 0 } } = call.set_logging_level ?? {};
      context.logging.set(level, duration.nanoseconds / NANOSECONDS_PER_MS);
      return { status: 200 };
    }
    case "GET_STATE": {
      const parts = {
        get_tasks: getTasks(state),
        get_executors: getExecutors(state),
        get_frameworks: getFrameworks(state),
      };
      return { type: call.type, get_state: parts };
    }
    case "GET_FRAMEWORKS":
      return { type: call.type, get_frameworks: getFrameworks(state) };
    case "GET_EXECUTORS":
      return { type: call.type, get_executors: getExecutors(state) };
    case "GET_TASKS":
      return { type: call.type, get_tasks: getTasks(state) };
    case "GET_OPERATIONS":
      return { type: call.type, get_operations: getOperations(state) ?? {} };
    case "GET_AGENT":
      return { type: call.type, get_agent: getAgent(state) ?? {} };
    case "GET_RESOURCE_PROVIDERS":
      return { type: call.type, get_resource_providers: {} };
    case "ADD_RESOURCE_PROVIDER_CONFIG":
    case "UPDATE_RESOURCE_PROVIDER_CONFIG":
    case "REMOVE_RESOURCE_PROVIDER_CONFIG":
    case "MARK_RESOURCE_PROVIDER_GONE":
      return answerResourceProviders(call);
    case "GET_CONTAINERS":
      return getContainers({ ...context, now: context.clock.now(), caller }, call);
    case "LIST_FILES": {
      const list = await answerList(agentFiles(context.state, caller), call.list_files);
      return "status" in list ? list : { type: call.type, list_files: list };
    }
    case "READ_FILE": {
      const read = await answerRead(agentFiles(context.state, caller), call.read_file);
      return "status" in read ? read : { type: call.type, read_file: read };
    }
    case "READ_LOG":
      return answerReadLog(context.state, call, caller);
    case "PRUNE_IMAGES": {
      const kept = (call.prune_images?.excluded_images ?? []).flatMap(({ docker }) => docker?.name ?? []);
      await context.containerizer.pruneImages?.(kept);
      return { status: 200 };
    }
    default:
      return errorResponse(501, `The call ${call.type} is not implemented`);
  }
}
