// The schema as data: what the converters are derived from. Parsed on first use, so that importing costs nothing.
import type { Messages } from "../messages.gen.ts";
import { SCHEMA_TEXT } from "../schema.gen.ts";

/** The name of any message, as `Messages` lists them. */
export type MessageName = keyof Messages;

/** How often a field occurs. A map is `map<string, …>`; Mesos has no other keys. */
type FieldRule = "optional" | "required" | "repeated" | "map";

export type ScalarType =
  | "bool"
  | "string"
  | "bytes"
  | "double"
  | "float"
  | "int32"
  | "int64"
  | "uint32"
  | "uint64";

export interface EnumSchema {
  readonly name: string;
  readonly numbers: ReadonlyMap<string, number>;
  readonly names: ReadonlyMap<number, string>;
}

export interface FieldSchema {
  readonly name: string;
  readonly number: number;
  readonly rule: FieldRule;
  /** Of a map: the type of its values. */
  readonly type: ScalarType | EnumSchema | MessageSchema;
  /** The explicit default, unless the field is deprecated: what Mesos writes into JSON for an unset field. */
  readonly default: string | number | boolean | undefined;
  /** Known to Mesos' older schema only: hardly ever shown in JSON (message-to-json.ts). */
  readonly olderSchema: boolean;
}

export interface MessageSchema {
  readonly name: MessageName;
  /** `mesos.v1.scheduler.Call`. */
  readonly fullName: string;
  /** In order of declaration, which is the order of JSON keys. */
  readonly fields: readonly FieldSchema[];
  readonly byName: ReadonlyMap<string, FieldSchema>;
  readonly requiredNames: readonly string[];
}

type FieldLine = [
  name: string,
  number: number,
  rule: number,
  type: string,
  defaultValue?: string | number | boolean,
];
type MessageLine = [name: MessageName, fullName: string, fields: FieldLine[]];
type EnumLine = [name: string, values: Record<string, number>];

const RULES: readonly FieldRule[] = ["optional", "required", "repeated", "map"];

interface Schema {
  readonly messages: ReadonlyMap<string, MessageSchema>;
  readonly enums: ReadonlyMap<string, EnumSchema>;
}

let loaded: Schema | undefined;
let namesByFullName: ReadonlyMap<string, MessageName> | undefined;

/** True for a field type that is a message of its own. */
export function isMessageType(type: FieldSchema["type"]): type is MessageSchema {
  return typeof type === "object" && "fields" in type;
}

/** The schema of a message. Throws a TypeError for a name that is not in `Messages`. */
export function messageSchema(name: string): MessageSchema {
  const schema = allSchemas().messages.get(name);
  if (schema === undefined) throw new TypeError(`Cannot find the schema of ${name}: no such message`);
  return schema;
}

/** Every message, in the order of the schema files. */
export function allMessageSchemas(): Iterable<MessageSchema> {
  return allSchemas().messages.values();
}

/**
 * The message with this full protobuf name, which is how libprocess messages are called on the wire:
 * `mesos.internal.RegisterSlaveMessage`. Undefined when there is none.
 */
export function messageNameOf(fullName: string): MessageName | undefined {
  namesByFullName ??= new Map([...allMessageSchemas()].map((schema) => [schema.fullName, schema.name]));
  return namesByFullName.get(fullName);
}

function allSchemas(): Schema {
  loaded ??= load();
  return loaded;
}

function load(): Schema {
  const text = JSON.parse(SCHEMA_TEXT) as { enums: EnumLine[]; messages: MessageLine[] };
  const enums = new Map(text.enums.map(([name, values]) => [name, enumSchema(name, values)]));
  const messages = new Map<string, MessageSchema>();
  const types = { enums, messages };
  for (const line of text.messages) messages.set(line[0], lazyMessageSchema(line, types));
  return types;
}

function enumSchema(name: string, values: Record<string, number>): EnumSchema {
  const entries = Object.entries(values);
  const names = new Map<number, string>();
  for (const [value, number] of entries) if (!names.has(number)) names.set(number, value);
  return { name, numbers: new Map(entries), names };
}

/** Fields are linked when first asked for: messages refer to each other in cycles, and most are never used. */
function lazyMessageSchema([name, fullName, lines]: MessageLine, types: Schema): MessageSchema {
  let fields: readonly FieldSchema[] | undefined;
  let byName: ReadonlyMap<string, FieldSchema> | undefined;
  const required = lines.filter((line) => RULES[line[2]] === "required").map((line) => line[0]);
  return {
    name,
    fullName,
    requiredNames: required,
    get fields() {
      fields ??= lines.map((line) => fieldSchema(line, types));
      return fields;
    },
    get byName() {
      byName ??= new Map(this.fields.map((field) => [field.name, field]));
      return byName;
    },
  };
}

function fieldSchema(line: FieldLine, types: Schema): FieldSchema {
  const [name, number, rule, type, defaultValue, olderSchema = false] = line;
  return {
    name,
    number,
    rule: RULES[rule] ?? "optional",
    type: types.messages.get(type) ?? types.enums.get(type) ?? (type as ScalarType),
    default: defaultValue ?? undefined,
    olderSchema,
  };
}
