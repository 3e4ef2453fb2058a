// JSON with padding: `?jsonp=f` wraps an answer into a call of f, for pages of another origin.
import type { HttpResponse } from "../../../net/http/http-response.ts";
import type { Query } from "./select.ts";

/** A JSON answer, wrapped when the query asks for it. @see Mesos 3rdparty/libprocess/include/process/http.hpp OK */
export function jsonAnswer(chunks: readonly (string | Uint8Array)[], query: Query): HttpResponse {
  const jsonp = query.get("jsonp");
  const parts = jsonp === undefined ? chunks : [`${jsonp}(`, ...chunks, ");"];
  const body = parts.length === 1 ? parts[0] : Buffer.concat(parts.map((part) => Buffer.from(part)));
  const type = jsonp === undefined ? "application/json" : "text/javascript";
  return { status: 200, headers: { "Content-Type": type }, body: body ?? "" };
}
