// Bodies of the older endpoints that change something: parameters as in a query string.
import { type Result, failure, success } from "@mezzo/wire";
import { decodeQuery } from "./decode-query.ts";

/** A `%` without its two digits, and what stands in their place. */
const MALFORMED_ESCAPE = /%(?![0-9A-Fa-f]{2})[^]{0,2}/;

/** Names and values as they are written, in their order. */
function partsOf(text: string): string[] {
  return text.split(/[;&]/).flatMap((token) => {
    const equals = token.indexOf("=");
    return equals < 0 ? [token] : [token.slice(0, equals), token.slice(equals + 1)];
  });
}

/** The parameters, or the words in which libprocess refuses the first malformed escape (http.cpp, `query::decode`). */
export function decodeForm(body: Buffer): Result<ReadonlyMap<string, string>> {
  const text = body.toString("latin1");
  const parameters = decodeQuery(text);
  if (parameters !== undefined) return success(parameters);
  const part = partsOf(text).find((each) => MALFORMED_ESCAPE.test(each)) ?? "";
  const bad = Buffer.from(part, "latin1").toString();
  const escape = MALFORMED_ESCAPE.exec(bad)?.[0] ?? "";
  return failure(`Unable to decode query string: Malformed % escape in '${bad}': '${escape}'`);
}
