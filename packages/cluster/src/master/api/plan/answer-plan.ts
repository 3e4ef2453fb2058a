// POST /plan: how many copies of a task would fit now, where, and what would have to be freed for more. Touches nothing.
import type { HttpRequest } from "../../../net/http/http-request.ts";
import type { HttpAnswer } from "../../../net/http/http-response.ts";
import { errorResponse, jsonResponse } from "../../../net/http/responses.ts";
import { viewerOf } from "../../../authorization/viewer.ts";
import type { MasterState } from "../../state.ts";
import type { Pause } from "../rendering/shared-rendering.ts";
import { makePlan } from "./make-plan.ts";
import { parsePlan } from "./parse-plan.ts";

/** Plans made at the same time: each has a copy of the allocator's state, tens of megabytes in a large cluster. */
const MAX_PLANS = 2;

/** The endpoint, which remembers how many plans are being made. */
export function planEndpoint(
  state: MasterState,
  { pause, nowMs }: { pause: Pause; nowMs: () => number },
): (request: HttpRequest, principal?: string) => HttpAnswer {
  let running = 0;
  return ({ body }, principal) => {
    const question = parsePlan(state, body.toString());
    if (!question.ok) return errorResponse(400, `Cannot plan: ${question.error}`);
    const { frameworkId, role } = question.value;
    const viewer = viewerOf(state.authorizer, principal);
    const framework = frameworkId === undefined ? undefined : state.frameworks.registered.get(frameworkId);
    const mayAsk = viewer.role(role) && (framework === undefined || viewer.framework(framework.info));
    if (!mayAsk) return errorResponse(403);
    if (frameworkId !== undefined && framework === undefined)
      return errorResponse(
        404,
        `Cannot plan for framework '${frameworkId}': it is not known; GET /frameworks lists those there are`,
      );
    if (running >= MAX_PLANS)
      return errorResponse(503, `Cannot plan: ${running} plans are being made; try again in a second`);
    running++;
    return makePlan(state, question.value, { pause, nowMs: nowMs(), viewer })
      .then((plan) => jsonResponse(plan))
      .finally(() => running--);
  };
}
