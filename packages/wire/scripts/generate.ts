// Turns proto/ into src/messages.gen.ts (types) and src/schema.gen.ts (the descriptor that the codec reflects on).
// Run by `npm run generate`; `npm run ok` fails when the result is stale.
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import protobuf from "protobufjs";

const here = import.meta.dirname;
const protoDir = join(here, "../proto");
const sourceDir = join(here, "../src");

/** Prefix that tells apart equal names of different packages: `mesos.v1.scheduler.Call` is `SchedulerCall`. */
const PREFIXES: Record<string, string> = {
  ".mesos.v1": "",
  ".mesos.v1.quota": "",
  ".mesos.v1.allocator": "",
  ".mesos.v1.scheduler": "Scheduler",
  ".mesos.v1.executor": "Executor",
  ".mesos.v1.master": "Master",
  ".mesos.v1.agent": "Agent",
  ".mesos.v1.maintenance": "Maintenance",
  ".mesos.v1.resource_provider": "ResourceProvider",
  ".mesos.internal": "",
  ".mesos.resource_provider.registry": "ResourceProviderRegistry",
  ".google.protobuf": "Google",
};

const SCALARS: Record<string, string> = {
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

function protoFiles(dir: string): string[] {
  return readdirSync(dir, { withFileTypes: true })
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => (entry.isDirectory() ? protoFiles(join(dir, entry.name)) : [join(dir, entry.name)]));
}

function parseAll(): protobuf.Root {
  const root = new protobuf.Root();
  const duration = protobuf.common.get("google/protobuf/duration.proto");
  if (duration?.nested) root.addJSON(duration.nested);
  for (const file of protoFiles(protoDir)) {
    protobuf.parse(readFileSync(file, "utf8"), root, { keepCase: true, alternateCommentMode: true });
  }
  root.resolveAll();
  return root;
}

function typeName(object: protobuf.ReflectionObject): string {
  const parent = object.parent;
  if (!parent) throw new Error(`no package: ${object.name}`);
  const prefix = PREFIXES[parent.fullName];
  if (prefix !== undefined) return prefix + object.name;
  if (parent instanceof protobuf.Type) return typeName(parent) + object.name;
  throw new Error(`Cannot name ${object.fullName}: its package has no prefix`);
}

function comment(text: string | null, indent = ""): string {
  if (!text) return "";
  const lines = text.trim().split("\n");
  if (lines.length === 1) return `${indent}/** ${lines[0]} */\n`;
  return `${indent}/**\n${lines.map((line) => `${indent} * ${line}`.trimEnd()).join("\n")}\n${indent} */\n`;
}

function fieldType(field: protobuf.Field): string {
  const scalar = SCALARS[field.type];
  const base = scalar ?? (field.resolvedType ? typeName(field.resolvedType) : field.type);
  if (field instanceof protobuf.MapField) return `Record<string, ${base}>`;
  return field.repeated ? `${base}[]` : base;
}

function renderMessage(type: protobuf.Type): string {
  const fields = type.fieldsArray.map((field) => {
    const optional = field.required ? "" : "?";
    return `${comment(field.comment, "  ")}  ${field.name}${optional}: ${fieldType(field)};\n`;
  });
  if (fields.length === 0)
    return `${comment(type.comment)}export type ${typeName(type)} = Record<string, never>;\n`;
  return `${comment(type.comment)}export interface ${typeName(type)} {\n${fields.join("")}}\n`;
}

function renderEnum(type: protobuf.Enum): string {
  const names = Object.keys(type.values).map((name) => `  | "${name}"`);
  return `${comment(type.comment)}export type ${typeName(type)} =\n${names.join("\n")};\n`;
}

interface Collected {
  types: protobuf.Type[];
  enums: protobuf.Enum[];
}

function collect(namespace: protobuf.NamespaceBase, into: Collected): Collected {
  for (const object of namespace.nestedArray) {
    if (object instanceof protobuf.Enum) into.enums.push(object);
    if (object instanceof protobuf.Type) into.types.push(object);
    if (object instanceof protobuf.Namespace) collect(object, into);
  }
  return into;
}

function assertUnique(objects: protobuf.ReflectionObject[]): void {
  const seen = new Map<string, string>();
  for (const object of objects) {
    const name = typeName(object);
    const other = seen.get(name);
    if (other) throw new Error(`Cannot name ${object.fullName}: ${name} is taken by ${other}`);
    seen.set(name, object.fullName);
  }
}

const root = parseAll();
const { types, enums } = collect(root, { types: [], enums: [] });
assertUnique([...types, ...enums]);
const index = types.map((type) => `  ${typeName(type)}: ${typeName(type)};\n`);
const header = "// Generated from proto/ by `npm run generate`; do not edit.\n";
writeFileSync(
  join(sourceDir, "messages.gen.ts"),
  `${header}\n${enums.map(renderEnum).join("\n")}\n${types.map(renderMessage).join("\n")}\n` +
    `/** Every message by the name that the codec takes. */\nexport interface Messages {\n${index.join("")}}\n`,
);

const RULES = { optional: 0, required: 1, repeated: 2, map: 3 };

/** One line of the schema text: see SchemaLine in src/codec/schema.ts for the shape. */
function schemaLine(type: protobuf.Type): string {
  const fields = type.fieldsArray.map((field) => {
    const rule = field instanceof protobuf.MapField ? "map" : field.repeated ? "repeated" : field.required ? "required" : "optional";
    const scalar = SCALARS[field.type] !== undefined;
    const valueType = scalar || !field.resolvedType ? field.type : typeName(field.resolvedType);
    const line: unknown[] = [field.name, field.id, RULES[rule], valueType];
    const given: unknown = field.options?.["default"];
    if (given !== undefined && field.options?.["deprecated"] !== true) line.push(given);
    return line;
  });
  return JSON.stringify([typeName(type), type.fullName.slice(1), fields]);
}

function enumLine(type: protobuf.Enum): string {
  return JSON.stringify([typeName(type), type.values]);
}

writeFileSync(
  join(sourceDir, "schema.gen.ts"),
  `${header}\n/** Every enum and message as JSON text, parsed on first use; src/codec/schema.ts says what a line holds. */\n` +
    `export const SCHEMA_TEXT: string = String.raw\`{"enums": [\n${enums.map(enumLine).join(",\n")}\n], "messages": [\n` +
    `${types.map(schemaLine).join(",\n")}\n]}\`;\n`,
);
