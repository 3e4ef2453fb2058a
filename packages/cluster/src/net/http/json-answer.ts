// JSON with padding: `?jsonp=f` wraps an answer into a call of f, for pages of another origin.
import type { HttpResponse } from "./http-response.ts";
import { bodyResponse, jsonResponse } from "./responses.ts";

/** A JSON answer, wrapped when the query asks for it (`OK` in 3rdparty/libprocess/include/process/http.hpp). */
export function jsonAnswer(value: unknown, query: ReadonlyMap<string, string>): HttpResponse {
  const call = query.get("jsonp");
  if (call === undefined) return jsonResponse(value);
  return bodyResponse(`${call}(${JSON.stringify(value)})`, "text/javascript");
}
