// UUIDs for operations, as messages carry them: 16 bytes in base64.

const BYTES = 16;

/** A version 4 UUID made of numbers in [0, 1); Mesos agents ignore messages with UUIDs of another kind. @see RFC 4122 */
export function uuidOf(random: () => number): string {
  const bytes = Uint8Array.from({ length: BYTES }, () => Math.floor(random() * 256));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return btoa(String.fromCharCode(...bytes));
}
