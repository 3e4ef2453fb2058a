// Operator calls that change something: each becomes an input of the master.
import type { MasterCall, MasterResponseGetState, MediaType } from "@mezzo/wire";
import type { HttpAnswer } from "../../net/http/http-response.ts";
import { errorResponse } from "../../net/http/responses.ts";
import type { MasterProcess } from "../run.ts";

/** Takes one call of an operator, who may have authenticated. Calls that are not built are refused by name. */
export function changeByOperator(
  master: MasterProcess,
  snapshot: () => MasterResponseGetState,
): (call: MasterCall, type: MediaType) => HttpAnswer {
  return (call, type) => {
    if (call.type === "SUBSCRIBE") {
      const uuid = master.random.uuid();
      return master.requests.ask(
        (request) => master.submit({ type: "operator-subscribe", request, uuid, snapshot: snapshot() }),
        type,
      );
    }
    if (call.type === "TEARDOWN" && call.teardown !== undefined) {
      const frameworkId = call.teardown.framework_id.value;
      return master.requests.ask((request) => master.submit({ type: "teardown", request, frameworkId }));
    }
    if (call.type === "MARK_AGENT_GONE" && call.mark_agent_gone !== undefined) {
      const agentId = call.mark_agent_gone.agent_id.value;
      return master.requests.ask((request) => master.submit({ type: "mark-agent-gone", request, agentId }));
    }
    if (call.type === undefined || call.type === "UNKNOWN") return errorResponse(501);
    return errorResponse(501, `${call.type} is not supported by this master`);
  };
}
