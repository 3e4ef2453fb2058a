// JSON with padding: `?jsonp=f` wraps an answer into a call of f, for pages of another origin.
import type { HttpResponse } from "../../../net/http/http-response.ts";
import type { Query } from "./select.ts";

async function* sequence(parts: readonly (string | Uint8Array)[]): AsyncGenerator<string | Uint8Array> {
  yield* parts;
}

/**
 * A JSON answer, wrapped when the query asks for it. One part goes out with its length, several in chunks: a large
 * document is never copied into one piece.
 * @see Mesos 3rdparty/libprocess/include/process/http.hpp OK
 */
export function jsonAnswer(parts: readonly (string | Uint8Array)[], query: Query): HttpResponse {
  const jsonp = query.get("jsonp");
  const type = jsonp === undefined ? "application/json" : "text/javascript";
  const all = jsonp === undefined ? parts : [`${jsonp}(`, ...parts, ")"];
  const [first = ""] = all;
  return { status: 200, headers: { "Content-Type": type }, body: all.length > 1 ? sequence(all) : first };
}
