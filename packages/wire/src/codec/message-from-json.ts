// A parsed JSON value to a message, by the rules and in the words of Mesos (3rdparty/stout/include/stout/protobuf.hpp):
// unknown fields are ignored, null is absent, numbers and booleans may come as strings, one value may stand for a list.
import { parseJson } from "../json/parse-json.ts";
import { base64Error, fromBase64, toBase64 } from "./bytes.ts";
import type { PlainMessage } from "./message-codec.ts";
import { missingFields } from "./missing-fields.ts";
import { setEntry } from "./protobuf-reader.ts";
import {
  isMessageType,
  type EnumSchema,
  type FieldSchema,
  type MessageSchema,
  type ScalarType,
} from "./schema.ts";

/** Values nested deeper are refused: STOUT_JSON_MAX_DEPTH. */
const MAX_JSON_DEPTH = 200;

/** JSON that is no such message; the message is Mesos' sentence. Thrown inside the codec only. */
export class UnexpectedJson extends Error {
  override readonly name = "UnexpectedJson";
}

/** Up to this length, ids for the most part, looking is cheaper than converting there and back. */
const SHORT_BASE64 = 64;

/** Groups of four, the last one padded, no bits beyond the last byte. */
const CANONICAL_BASE64 =
  /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/][AQgw]==|[A-Za-z0-9+/]{2}[AEIMQUYcgkosw048]=)?$/;

interface Pass {
  /** A required field was missing somewhere. */
  incomplete: boolean;
  depth: number;
  /** Fields in order of names, as Mesos meets them: decides which of several errors is the first. */
  sorted: boolean;
}

/** Converts a parsed JSON value. Throws UnexpectedJson with Mesos' words. */
export function messageFromJson(schema: MessageSchema, value: unknown): PlainMessage {
  if (!isObject(value)) throw new UnexpectedJson("Expecting a JSON object");
  const pass: Pass = { incomplete: false, depth: 0, sorted: false };
  let message: PlainMessage;
  try {
    message = readMessage(schema, value, pass);
  } catch (error) {
    if (!(error instanceof UnexpectedJson)) throw error;
    // Not twice for every message: the order matters only when there is an error to name.
    readMessage(schema, value, { incomplete: false, depth: 0, sorted: true });
    throw error;
  }
  const missing = pass.incomplete ? missingFields(schema, message) : [];
  if (missing.length > 0) throw new UnexpectedJson(`Missing required fields: ${missing.join(", ")}`);
  return message;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function readMessage(schema: MessageSchema, json: Record<string, unknown>, pass: Pass): PlainMessage {
  if (++pass.depth > MAX_JSON_DEPTH)
    throw new UnexpectedJson(`Cannot read JSON nested deeper than ${MAX_JSON_DEPTH}`);
  const message: PlainMessage = {};
  const keys = Object.keys(json);
  if (pass.sorted) keys.sort();
  for (const key of keys) {
    const field = schema.byName.get(key);
    if (field === undefined) continue;
    const value = json[key];
    if (value === null || value === undefined) continue;
    if (field.rule === "repeated") readList(field, value, { message, pass });
    else if (field.rule === "map") readMap(field, value, { message, pass });
    else {
      const single = readSingle(field, value, pass);
      if (single !== undefined) message[key] = single;
    }
  }
  for (const name of schema.requiredNames) if (message[name] === undefined) pass.incomplete = true;
  pass.depth--;
  return message;
}

interface Target {
  message: PlainMessage;
  pass: Pass;
}

function readSingle(field: FieldSchema, value: unknown, pass: Pass): unknown {
  if (Array.isArray(value)) throw unexpected("array", field.name);
  return readValue(field, value, pass);
}

/** A list may be nested in lists; a value that is no list is a list of one. */
function readList(field: FieldSchema, value: unknown, { message, pass }: Target): void {
  if (Array.isArray(value)) {
    if (++pass.depth > MAX_JSON_DEPTH)
      throw new UnexpectedJson(`Cannot read JSON nested deeper than ${MAX_JSON_DEPTH}`);
    for (const item of value) if (item !== null) readList(field, item, { message, pass });
    pass.depth--;
    return;
  }
  const item = readValue(field, value, pass);
  if (item === undefined) return;
  const list = message[field.name] as unknown[] | undefined;
  if (list === undefined) message[field.name] = [item];
  else list.push(item);
}

/** A map is an object; a list of objects is their union. */
function readMap(field: FieldSchema, value: unknown, target: Target): void {
  const { message, pass } = target;
  if (Array.isArray(value)) {
    for (const item of value) if (item !== null) readMap(field, item, target);
    return;
  }
  if (!isObject(value)) throw unexpected(typeof value, field.name);
  const valueField: FieldSchema = { ...field, name: "value", rule: "optional" };
  for (const [key, item] of Object.entries(value)) {
    const read = item === null ? undefined : readSingle(valueField, item, pass);
    const map = (message[field.name] ??= {}) as Record<string, unknown>;
    setEntry(map, key, read ?? (isMessageType(field.type) ? {} : ""));
    if (isMessageType(field.type) && field.type.requiredNames.length > 0) pass.incomplete = true;
  }
}

function readValue(field: FieldSchema, value: unknown, pass: Pass): unknown {
  const { type } = field;
  if (isMessageType(type)) {
    if (typeof value !== "object") throw unexpected(typeof value, field.name);
    return readMessage(type, value as Record<string, unknown>, pass);
  }
  switch (typeof value) {
    case "string":
      return typeof type === "string" ? readString(type, value, field) : readEnum(type, value, field);
    case "number":
      if (typeof type !== "string") throw unexpected("number", field.name);
      return readNumber(type, value, field);
    case "boolean":
      if (type !== "bool") throw unexpected("boolean", field.name);
      return value;
    default:
      throw unexpected("object", field.name);
  }
}

function readEnum(type: EnumSchema, value: string, field: FieldSchema): string | undefined {
  if (type.numbers.has(value)) return value;
  if (field.rule === "required") throw new UnexpectedJson(`Failed to find enum for '${value}'`);
  return undefined;
}

function readNumber(type: ScalarType, value: number, field: FieldSchema): number {
  switch (type) {
    case "double":
      return value;
    case "float":
      return Math.fround(value);
    // Whole numbers wrap around and fractions are cut off, as a C++ cast does.
    case "int32":
      return value | 0;
    case "uint32":
      return value >>> 0;
    case "int64":
      return Math.trunc(value);
    case "uint64":
      return value < 0 ? Math.trunc(value) + 2 ** 64 : Math.trunc(value);
    default:
      throw unexpected("number", field.name);
  }
}

function readString(type: ScalarType, value: string, field: FieldSchema): unknown {
  switch (type) {
    case "string":
      return value;
    case "bytes":
      return readBytes(value, field);
    case "bool":
      return readQuoted(value, field, "boolean");
    default:
      if (type === "double" || type === "float") {
        if (value === "Infinity") return Infinity;
        if (value === "-Infinity") return -Infinity;
      }
      return readNumber(type, readQuoted(value, field, "number") as number, field);
  }
}

/** Padding, white space and stray bits are brought into the one form that Mesos writes. */
function readBytes(value: string, field: FieldSchema): string {
  if (value.length <= SHORT_BASE64 && CANONICAL_BASE64.test(value)) return value;
  const error = base64Error(value);
  if (error !== undefined)
    throw new UnexpectedJson(`Failed to base64 decode bytes field '${field.name}': ${error}`);
  return toBase64(fromBase64(value));
}

/** A number or boolean in quotes. */
function readQuoted(value: string, field: FieldSchema, kind: "number" | "boolean"): unknown {
  const parsed = parseJson(value);
  const error = parsed.ok ? "Unexpected JSON type parsed" : parsed.error;
  if (parsed.ok && typeof parsed.value === kind) return parsed.value;
  throw new UnexpectedJson(
    `Failed to parse '${value}' as a JSON ${kind} for field '${field.name}': ${error}`,
  );
}

function unexpected(kind: string, name: string): UnexpectedJson {
  return new UnexpectedJson(`Not expecting a JSON ${kind} for field '${name}'`);
}
