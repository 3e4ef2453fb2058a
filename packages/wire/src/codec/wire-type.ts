// Wire types and tags of protobuf: https://protobuf.dev/programming-guides/encoding/.
import { isMessageType, type FieldSchema } from "./schema.ts";

export const LENGTH_DELIMITED = 2;

/** The wire type under which values of this type are written. */
export function wireType(type: FieldSchema["type"]): number {
  if (type === "double") return 1;
  if (type === "float") return 5;
  return isMessageType(type) || type === "string" || type === "bytes" ? LENGTH_DELIMITED : 0;
}

/** The tag of a field: its number and wire type as one unsigned number. */
export function tagOf(number: number, wire: number): number {
  return ((number << 3) | wire) >>> 0;
}
