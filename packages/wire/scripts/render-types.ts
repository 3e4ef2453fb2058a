// Renders the schema as TypeScript: an interface for each message, a union of names for each enum.
import protobuf from "protobufjs";
import type { Protos } from "./read-protos.ts";
import { typeName } from "./type-name.ts";

const SCALARS: Readonly<Record<string, string>> = {
  bool: "boolean",
  string: "string",
  bytes: "string",
  double: "number",
  float: "number",
  int32: "number",
  int64: "number",
  uint32: "number",
  uint64: "number",
};

/** The text of messages.gen.ts, without its header. */
export function renderTypes({ types, enums }: Protos): string {
  const names = types.map((type) => `  ${typeName(type)}: ${typeName(type)};\n`).join("");
  return (
    `${enums.map(renderEnum).join("\n")}\n${types.map(renderMessage).join("\n")}\n` +
    `/** Every message by the name that the codec takes. */\nexport interface Messages {\n${names}}\n`
  );
}

function renderEnum(type: protobuf.Enum): string {
  const values = Object.keys(type.values).map((value) => {
    return `${renderComment(type.comments[value], "  ")}  | "${value}"`;
  });
  return `${renderComment(type.comment)}export type ${typeName(type)} =\n${values.join("\n")};\n`;
}

function renderMessage(type: protobuf.Type): string {
  const heading = renderComment(type.comment);
  const name = typeName(type);
  if (type.fieldsArray.length === 0) return `${heading}export type ${name} = Record<string, never>;\n`;
  return `${heading}export interface ${name} {\n${type.fieldsArray.map(renderField).join("")}}\n`;
}

function renderField(field: protobuf.Field): string {
  const optional = field.required ? "" : "?";
  return `${renderComment(field.comment, "  ")}  ${field.name}${optional}: ${fieldType(field)};\n`;
}

function fieldType(field: protobuf.Field): string {
  const scalar = SCALARS[field.type];
  const base = scalar ?? (field.resolvedType ? typeName(field.resolvedType) : field.type);
  if (field instanceof protobuf.MapField) return `Record<string, ${base}>`;
  return field.repeated ? `${base}[]` : base;
}

function renderComment(text: string | null | undefined, indent = ""): string {
  if (text === null || text === undefined || text === "") return "";
  const lines = text.trim().split("\n");
  if (lines.length === 1) return `${indent}/** ${lines[0]} */\n`;
  return `${indent}/**\n${lines.map((line) => `${indent} * ${line}`.trimEnd()).join("\n")}\n${indent} */\n`;
}
