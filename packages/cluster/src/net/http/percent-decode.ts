// Percent-decoding as libprocess does it: `+` is a space, a malformed escape an error.

const ESCAPE = /%([0-9A-Fa-f]{2})?/g;

/** What needs decoding: escapes, and bytes of UTF-8 that nobody escaped. */
const ENCODED = /[%\u0080-\u00ff]/;

/**
 * The decoded text, its bytes read as UTF-8; undefined if a `%` lacks its two digits (http.cpp, `decode`). `text` has a
 * character for each byte, as heads of requests are read.
 */
export function percentDecode(text: string): string | undefined {
  const spaced = text.includes("+") ? text.replaceAll("+", " ") : text;
  if (!ENCODED.test(spaced)) {
    return spaced;
  }
  let malformed = false;
  const bytes = spaced.replace(ESCAPE, (_, digits: string | undefined) => {
    malformed ||= digits === undefined;
    return digits === undefined ? "" : String.fromCharCode(Number.parseInt(digits, 16));
  });
  return malformed ? undefined : Buffer.from(bytes, "latin1").toString("utf8");
}
