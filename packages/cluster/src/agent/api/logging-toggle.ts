// GET /logging/toggle?level=N&duration=D: log more for a while.
import { parseDuration } from "../../core/duration.ts";
import type { HttpRequest } from "../../net/http/http-request.ts";
import type { HttpResponse } from "../../net/http/http-response.ts";
import { errorResponse } from "../../net/http/responses.ts";
import type { LoggingLevel } from "../run/logging-level.ts";

/** Shows the level, or sets it when the query says so (docs/endpoints/logging/toggle.md of Mesos). */
export function answerLoggingToggle(logging: LoggingLevel, { query }: HttpRequest): HttpResponse {
  const [levelText, durationText] = [query.get("level"), query.get("duration")];
  if (levelText === undefined && durationText === undefined) {
    return { status: 200, body: `${logging.level}\n` };
  }
  if (levelText === undefined) return errorResponse(400, "Expecting 'level=value' in query.\n");
  if (durationText === undefined) return errorResponse(400, "Expecting 'duration=value' in query.\n");
  if (!/^[+-]?\d+$/.test(levelText)) {
    return errorResponse(400, `Failed to convert '${levelText}' to number.\n`);
  }
  const level = Number(levelText);
  if (level < 0) return errorResponse(400, `Invalid level '${level}'.\n`);
  const duration = parseDuration(durationText);
  if (!duration.ok) return errorResponse(400, `${duration.error}.\n`);
  logging.set(level, duration.value);
  return { status: 200 };
}
