// Renders the schema as the data that the codec is derived from; src/codec/schema.ts reads it and says what a line holds.
import protobuf from "protobufjs";
import type { Protos } from "./read-protos.ts";
import { typeName } from "./type-name.ts";

const OPTIONAL = 0;
const REQUIRED = 1;
const REPEATED = 2;
const MAP = 3;

/** The text of schema.gen.ts, without its header: one line for each enum and message. */
export function renderSchema({ types, enums }: Protos): string {
  const text = `{"enums": [\n${enums.map(enumLine).join(",\n")}\n], "messages": [\n${types.map(messageLine).join(",\n")}\n]}`;
  return (
    "/** Every enum and message as JSON text, parsed on first use. */\n" +
    `export const SCHEMA_TEXT: string = String.raw\`${text}\`;\n`
  );
}

function enumLine(type: protobuf.Enum): string {
  return JSON.stringify([typeName(type), type.values]);
}

function messageLine(type: protobuf.Type): string {
  return JSON.stringify([typeName(type), type.fullName.slice(1), type.fieldsArray.map(fieldLine)]);
}

/** What is not there is left out at the end: a default, and whether the field belongs to the older schema. */
function fieldLine(field: protobuf.Field): unknown[] {
  const type = field.resolvedType ? typeName(field.resolvedType) : field.type;
  const line: unknown[] = [field.name, field.id, ruleOf(field), type];
  const { default: given, deprecated, "(older_schema)": olderSchema } = field.options ?? {};
  if (olderSchema === true) return [...line, null, true];
  return given === undefined || deprecated === true ? line : [...line, given];
}

function ruleOf(field: protobuf.Field): number {
  if (field instanceof protobuf.MapField) return MAP;
  if (field.repeated) return REPEATED;
  return field.required ? REQUIRED : OPTIONAL;
}
