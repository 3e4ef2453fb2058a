// Identifiers of status updates: sixteen bytes, as base64 in memory. Follows `UUID::fromBytes` of stout's uuid.hpp.
import { fromBase64 } from "../codec/bytes.ts";

/** Base64 of sixteen bytes has 22 characters and two of padding, which may be missing. */
const BASE64_UUID = /^[A-Za-z0-9+/]{22}(==)?$/;

/** Highest version that RFC 4122 defines, and so does Mesos. */
const MAX_VERSION = 5;

/** Checks the base64 of a UUID's bytes. */
export function validateUuid(base64: string): string | undefined {
  if (!BASE64_UUID.test(base64)) return "Not a valid UUID";
  const bytes = fromBase64(base64);
  const version = bytes[6]! >> 4;
  return version >= 1 && version <= MAX_VERSION ? undefined : "Not a valid UUID";
}
