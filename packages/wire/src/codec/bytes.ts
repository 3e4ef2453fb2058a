// Text and base64 to bytes and back: by Node's Buffer, several times faster than the web's own functions, which serve
// where there is no Buffer (a browser).

const HAS_BUFFER = typeof globalThis.Buffer === "function";
const textDecoder = new TextDecoder();
const textEncoder = new TextEncoder();

/** Bytes to text; malformed UTF-8 becomes U+FFFD, as proto2 does not insist on valid text. */
export function textOf(bytes: Uint8Array): string {
  if (!HAS_BUFFER) return textDecoder.decode(bytes);
  return bufferOver(bytes).toString("utf8");
}

/** Text to UTF-8. */
export function utf8(text: string): Uint8Array {
  return HAS_BUFFER ? Buffer.from(text, "utf8") : textEncoder.encode(text);
}

/** Bytes to standard base64 with padding. */
export function toBase64(bytes: Uint8Array): string {
  if (HAS_BUFFER) return bufferOver(bytes).toString("base64");
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
}

/** Standard base64 to bytes. The text must have passed `base64Error`. */
export function fromBase64(text: string): Uint8Array {
  if (HAS_BUFFER) return Buffer.from(text, "base64");
  const end = text.indexOf("=");
  const binary = atob((end < 0 ? text : text.slice(0, end)).replaceAll(/\s/g, ""));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}

/**
 * Why Mesos refuses a text as base64, or undefined. White space is skipped and everything from the first `=` on is
 * ignored, as in stout's base64.hpp.
 */
export function base64Error(text: string): string | undefined {
  const end = text.indexOf("=");
  const invalid = /[^A-Za-z0-9+/\s]/.exec(end < 0 ? text : text.slice(0, end));
  return invalid ? `Invalid character '${invalid[0]}'` : undefined;
}

/** A view of the same memory with Buffer's methods. */
export function bufferOver(bytes: Uint8Array): Buffer {
  return bytes instanceof Buffer ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
