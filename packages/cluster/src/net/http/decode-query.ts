// Query strings, as libprocess reads them.
import { percentDecode } from "./percent-decode.ts";

/** No parameters: shared, since most requests have none. */
export const NO_QUERY: ReadonlyMap<string, string> = new Map();

/**
 * Parameters of `a=1&b=2`; `;` separates too, a name alone has the empty value, the last of equal names wins.
 * Undefined on a malformed escape, for which libprocess drops the connection (http.cpp, `query::decode`).
 */
export function decodeQuery(text: string): ReadonlyMap<string, string> | undefined {
  if (text === "") {
    return NO_QUERY;
  }
  const parameters = new Map<string, string>();
  for (const token of text.split(/[;&]/)) {
    if (token === "") {
      continue;
    }
    const equals = token.indexOf("=");
    const name = percentDecode(equals < 0 ? token : token.slice(0, equals));
    const value = equals < 0 ? "" : percentDecode(token.slice(equals + 1));
    if (name === undefined || value === undefined) {
      return undefined;
    }
    parameters.set(name, value);
  }
  return parameters;
}
