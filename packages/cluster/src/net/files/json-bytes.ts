// Writes bytes as a JSON string without changing them.

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const SPACE = 0x20;

/**
 * The bytes in quotes, with escapes where JSON needs them. What is not UTF-8 goes through as it is, as Mesos does it: a
 * part of a file may begin within a character, and whoever puts the parts together gets the file.
 */
export function jsonBytes(bytes: Uint8Array): Buffer {
  const parts: Buffer[] = [Buffer.from('"')];
  let from = 0;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    if (byte >= SPACE && byte !== QUOTE && byte !== BACKSLASH) continue;
    const escaped = JSON.stringify(String.fromCharCode(byte)).slice(1, -1);
    parts.push(Buffer.from(bytes.subarray(from, at)), Buffer.from(escaped));
    from = at + 1;
  }
  parts.push(Buffer.from(bytes.subarray(from)), Buffer.from('"'));
  return Buffer.concat(parts);
}
