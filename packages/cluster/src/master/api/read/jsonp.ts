// JSON with padding: `?jsonp=f` wraps an answer into a call of f, for pages of another origin.
import { ByteParts } from "../../../net/http/byte-parts.ts";
import type { HttpResponse } from "../../../net/http/http-response.ts";
import type { Query } from "./select.ts";

function answer(body: string | ByteParts, jsonp: string | undefined): HttpResponse {
  const type = jsonp === undefined ? "application/json" : "text/javascript";
  return { status: 200, headers: { "Content-Type": type }, body };
}

/**
 * A JSON answer, wrapped when the query asks for it.
 * @see Mesos 3rdparty/libprocess/include/process/http.hpp OK
 */
export function jsonAnswer(text: string, query: Query): HttpResponse {
  const jsonp = query.get("jsonp");
  return answer(jsonp === undefined ? text : `${jsonp}(${text})`, jsonp);
}

/** The same for a large document, which is never copied into one piece. */
export function documentAnswer(document: ByteParts, query: Query): HttpResponse {
  const jsonp = query.get("jsonp");
  if (jsonp === undefined) return answer(document, jsonp);
  const parts = [Buffer.from(`${jsonp}(`), ...document.parts, Buffer.from(")")];
  return answer(new ByteParts(parts, () => document.sent()), jsonp);
}
