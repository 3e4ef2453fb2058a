// For tests: any message of a type, as fast-check makes them from the schema.
import fc from "fast-check";
import { toBase64 } from "./bytes.ts";
import type { PlainMessage } from "./message-codec.ts";
import {
  isMessageType,
  messageSchema,
  type FieldSchema,
  type MessageName,
  type ScalarType,
} from "./schema.ts";

/** Optional fields are left out below this depth, so that types which contain themselves come to an end. */
const MAX_DEPTH = 4;

const SCALARS: Record<ScalarType, fc.Arbitrary<unknown>> = {
  bool: fc.boolean(),
  string: fc.string({ unit: "grapheme", maxLength: 60 }),
  bytes: fc.uint8Array({ maxLength: 20 }).map(toBase64),
  double: fc.double({ noNaN: true }),
  float: fc.float({ noNaN: true }),
  int32: fc.integer(),
  uint32: fc.nat({ max: 0xffff_ffff }),
  int64: fc.maxSafeInteger(),
  uint64: fc.maxSafeNat(),
};

/** Messages with every required field and some of the others. */
export function arbitraryMessage(name: MessageName, depth = 0): fc.Arbitrary<PlainMessage> {
  const { fields } = messageSchema(name);
  const shown = fields.filter((field) => field.rule === "required" || depth < MAX_DEPTH);
  const model = Object.fromEntries(shown.map((field) => [field.name, arbitraryField(field, depth)]));
  const requiredKeys = shown.filter((field) => field.rule === "required").map((field) => field.name);
  return fc.record(model, { requiredKeys, noNullPrototype: true });
}

function arbitraryField(field: FieldSchema, depth: number): fc.Arbitrary<unknown> {
  const value = arbitraryValue(field, depth);
  if (field.rule === "repeated") return fc.array(value, { minLength: 1, maxLength: 3 });
  if (field.rule === "map")
    return fc.dictionary(fc.string(), value, { minKeys: 1, maxKeys: 3, noNullPrototype: true });
  return value;
}

function arbitraryValue({ type }: FieldSchema, depth: number): fc.Arbitrary<unknown> {
  if (typeof type === "string") return SCALARS[type];
  if (isMessageType(type)) return fc.constant(undefined).chain(() => arbitraryMessage(type.name, depth + 1));
  return fc.constantFrom(...type.numbers.keys());
}
