// Compiles a message schema into a JavaScript function that writes it as protobuf, last field first; see
// compile-reader.ts for why it is compiled.
import type { MessageCodec, PlainMessage } from "./message-codec.ts";
import type { ProtobufWriter } from "./protobuf-writer.ts";
import { isMessageType, type FieldSchema, type MessageSchema } from "./schema.ts";
import { LENGTH_DELIMITED, tagOf, wireType } from "./wire-type.ts";

type WriteMessage = (writer: ProtobufWriter, message: PlainMessage) => void;

/** What generated code refers to: codecs of nested messages and enums by number. */
type Link = MessageCodec | ((name: string) => number);

/** Compiles the function that writes a message; `codecOf` gives the codec of a nested one. */
export function compileWriter(schema: MessageSchema, codecOf: (name: string) => MessageCodec): WriteMessage {
  const links: Link[] = [];
  const fail = (field: string): never => {
    throw new TypeError(`Cannot encode ${schema.name}: ${field} is missing`);
  };
  const statements = schema.fields
    .toSorted((a, b) => b.number - a.number)
    .map((field) => fieldStatement(field, linkOf({ schema, field, links, codecOf })));
  const source = `
    ${links.map((_, index) => `const link${index} = links[${index}];`).join("\n")}
    return function write${schema.name}(writer, message) {
      let value;
      ${statements.join("\n")}
    };`;
  // oxlint-disable-next-line no-new-func, no-implied-eval -- see compile-reader.ts
  return new Function("links", "fail", source)(links, fail) as WriteMessage;
}

interface LinkOptions {
  schema: MessageSchema;
  field: FieldSchema;
  links: Link[];
  codecOf: (name: string) => MessageCodec;
}

function linkOf({ schema, field, links, codecOf }: LinkOptions): string {
  const { type } = field;
  if (typeof type === "string") return "";
  if (isMessageType(type)) links.push(codecOf(type.name));
  else links.push(enumNumber(type.numbers, `${schema.name}.${field.name}`));
  return `link${links.length - 1}`;
}

function enumNumber(numbers: ReadonlyMap<string, number>, field: string): (name: string) => number {
  return (name) => {
    const number = numbers.get(name);
    if (number === undefined)
      throw new TypeError(`Cannot encode ${field}: '${name}' is not one of its values`);
    return number;
  };
}

function fieldStatement(field: FieldSchema, link: string): string {
  const { name, type, rule } = field;
  const tag = tagOf(field.number, rule === "map" ? LENGTH_DELIMITED : wireType(type));
  const load = `value = message.${name};`;
  if (rule === "map") {
    const valueTag = tagOf(2, wireType(type));
    return `${load} if (value != null) writer.map(${tag}, value, (item) => { ${writeOne("item", field.type, link)} writer.uint32(${valueTag}); });`;
  }
  if (rule === "repeated") {
    return `${load} if (value != null) for (let i = value.length - 1; i >= 0; i--) { ${writeOne("value[i]", type, link)} writer.uint32(${tag}); }`;
  }
  const otherwise = rule === "required" ? ` else fail(${JSON.stringify(name)});` : "";
  return `${load} if (value != null) { ${writeOne("value", type, link)} writer.uint32(${tag}); }${otherwise}`;
}

function writeOne(value: string, type: FieldSchema["type"], link: string): string {
  if (typeof type === "string") return `writer.${type}(${value});`;
  return isMessageType(type) ? `writer.message(${link}, ${value});` : `writer.int32(${link}(${value}));`;
}
