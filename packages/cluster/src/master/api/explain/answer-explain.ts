// GET /explain: why something waits. Looks at live state and changes nothing.
import type { Client } from "../../../allocator/state.ts";
import type { HttpRequest } from "../../../net/http/http-request.ts";
import type { HttpResponse } from "../../../net/http/http-response.ts";
import { errorResponse } from "../../../net/http/responses.ts";
import type { Viewer } from "../../../authorization/viewer.ts";
import type { MasterState } from "../../state.ts";
import { jsonAnswer } from "../read/jsonp.ts";
import { explainAgent } from "./explain-agent.ts";
import { explainFramework } from "./explain-framework.ts";
import { type ExplainQuery, parseExplainQuery } from "./explain-query.ts";
import { waitingFrameworks } from "./waiting-frameworks.ts";

/** The framework's roles that are asked about, or why there are none. */
function clientsOf(state: MasterState, { frameworkId = "", role }: ExplainQuery): Client[] | HttpResponse {
  const framework = state.allocator.frameworks.get(frameworkId);
  if (framework === undefined) {
    const ended = state.frameworks.completed.has(frameworkId);
    const words = ended ? "it has ended" : "GET /frameworks lists those there are";
    return errorResponse(
      404,
      `Cannot explain framework '${frameworkId}': ${ended ? words : `it is not known; ${words}`}`,
    );
  }
  const clients = [...framework.clients.values()];
  if (role === undefined) return clients;
  const client = framework.clients.get(role);
  if (client !== undefined) return [client];
  const roles = clients.map(({ role: { name } }) => `'${name}'`).join(", ");
  return errorResponse(
    404,
    `Cannot explain framework '${frameworkId}' in role '${role}': it does not subscribe to it, only to ${roles}`,
  );
}

/** What names other frameworks is for those who may see all of them. */
function isVisible({ frameworks }: MasterState, viewer: Viewer, frameworkId: string | undefined): boolean {
  if (frameworkId === undefined)
    return [...frameworks.registered.values()].every(({ info }) => viewer.framework(info));
  const framework = frameworks.registered.get(frameworkId) ?? frameworks.completed.get(frameworkId);
  return framework === undefined || viewer.framework(framework.info);
}

/** Answers with what is true at this moment. */
export function answerExplain(
  state: MasterState,
  { query }: HttpRequest,
  { nowMs, viewer }: { nowMs: number; viewer: Viewer },
): HttpResponse {
  const parsed = parseExplainQuery(query);
  if (!parsed.ok) return errorResponse(400, `Cannot explain: ${parsed.error}`);
  const asked = { query: parsed.value, nowMs, viewer };
  const { frameworkId, agentId } = parsed.value;
  if (!isVisible(state, viewer, frameworkId)) return errorResponse(403);
  const unknownAgent = (): HttpResponse =>
    errorResponse(
      404,
      `Cannot explain agent '${agentId}': it is not known or gone; GET /slaves lists those there are`,
    );
  if (frameworkId === undefined) {
    if (agentId === undefined)
      return jsonAnswer(JSON.stringify(waitingFrameworks(state, parsed.value)), query);
    const model = explainAgent(state, asked);
    return model === undefined ? unknownAgent() : jsonAnswer(JSON.stringify(model), query);
  }
  const clients = clientsOf(state, parsed.value);
  if (!Array.isArray(clients)) return clients;
  const { agents } = state;
  const isKnown =
    agentId === undefined ||
    state.allocator.agents.has(agentId) ||
    agents.unreachable.has(agentId) ||
    agents.recovered.has(agentId);
  if (!isKnown) return unknownAgent();
  return jsonAnswer(JSON.stringify(explainFramework(state, clients, asked)), query);
}
