// Operator calls that change something: each becomes an input of the master.
import type { MasterCall, MasterResponseGetState, MediaType } from "@mezzo/wire";
import type { HttpAnswer } from "../../net/http/http-response.ts";
import { errorResponse } from "../../net/http/responses.ts";
import type { VirtualFiles } from "../../net/files/virtual-files.ts";
import type { MasterProcess } from "../run.ts";
import { by } from "./by.ts";
import { answerFilesCall, isFilesCall } from "./files.ts";
import { maintenanceInput } from "./operator/maintenance-input.ts";
import { operationOf } from "./operator/operation-of.ts";
import { policyInput } from "./operator/policy-input.ts";

const NANOSECONDS_IN_MS = 1e6;

/** What depends on who asks. */
interface OperatorSources {
  snapshot: (principal: string | undefined) => MasterResponseGetState;
  files: (principal: string | undefined) => VirtualFiles;
}

/** Takes one call of an operator, who may have authenticated. Calls that are not built are refused by name. */
export function changeByOperator(
  master: MasterProcess,
  { snapshot, files }: OperatorSources,
): (call: MasterCall, type: MediaType, principal?: string) => HttpAnswer {
  return (call, type, principal) => {
    if (call.type === "SUBSCRIBE") {
      const uuid = master.random.uuid();
      return master.requests.ask(
        (request) =>
          master.submit({
            type: "operator-subscribe",
            request,
            ...by(principal),
            uuid,
            snapshot: snapshot(principal),
          }),
        type,
      );
    }
    if (isFilesCall(call)) {
      const { logFile } = master.state.options;
      return answerFilesCall(files(principal), call, { type, logFile });
    }
    if (call.type === "SET_LOGGING_LEVEL" && call.set_logging_level !== undefined) {
      const { level, duration } = call.set_logging_level;
      master.logging.set(level, duration.nanoseconds / NANOSECONDS_IN_MS);
      return { status: 200 };
    }
    if (call.type === "TEARDOWN" && call.teardown !== undefined) {
      const frameworkId = call.teardown.framework_id.value;
      return master.requests.ask((request) =>
        master.submit({ type: "teardown", request, ...by(principal), frameworkId }),
      );
    }
    if (call.type === "MARK_AGENT_GONE" && call.mark_agent_gone !== undefined) {
      const agentId = call.mark_agent_gone.agent_id.value;
      return master.requests.ask((request) =>
        master.submit({ type: "mark-agent-gone", request, ...by(principal), agentId }),
      );
    }
    const input = policyInput(call) ?? maintenanceInput(call);
    if (input !== undefined) {
      return master.requests.ask((request) => master.submit({ ...input, request, ...by(principal) }));
    }
    const asked = operationOf(call);
    if (asked !== undefined) {
      return master.requests.ask((request) =>
        master.submit({ type: "operator-operation", request, ...asked, ...by(principal) }),
      );
    }
    if (call.type === undefined || call.type === "UNKNOWN") return errorResponse(501);
    return errorResponse(501, `${call.type} is not supported by this master`);
  };
}
