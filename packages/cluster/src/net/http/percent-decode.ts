// Percent-decoding as libprocess does it: `+` is a space, a malformed escape an error.

const ESCAPE = /%([0-9A-Fa-f]{2})?/g;

/** The decoded text, its escaped bytes read as UTF-8; undefined if a `%` lacks its two digits (http.cpp, `decode`). */
export function percentDecode(text: string): string | undefined {
  const spaced = text.includes("+") ? text.replaceAll("+", " ") : text;
  if (!spaced.includes("%")) {
    return spaced;
  }
  let malformed = false;
  const bytes = spaced.replace(ESCAPE, (_, digits: string | undefined) => {
    malformed ||= digits === undefined;
    return digits === undefined ? "" : String.fromCharCode(Number.parseInt(digits, 16));
  });
  return malformed ? undefined : Buffer.from(bytes, "latin1").toString("utf8");
}
