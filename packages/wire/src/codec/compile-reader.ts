// Compiles a message schema into a JavaScript function that reads it from protobuf. Generated code with one `case` a
// field and constant property names is several times faster than a loop over field descriptions, and this is the hot
// path of a master. What goes into the source are field names and numbers of our own schema, never input.
import type { MessageCodec, PlainMessage } from "./message-codec.ts";
import type { ProtobufReader } from "./protobuf-reader.ts";
import { isMessageType, type FieldSchema, type MessageSchema } from "./schema.ts";
import { LENGTH_DELIMITED, tagOf, wireType } from "./wire-type.ts";

type ReadMessage = (reader: ProtobufReader, into: PlainMessage) => PlainMessage;

/** What generated code refers to: codecs of nested messages and names of enum numbers. */
type Link = MessageCodec | ReadonlyMap<number, string>;

/** Tag of the value (field 2) inside a map's entry. */
const MAP_VALUE_NUMBER = 2;

/** Compiles the function that reads a message; `codecOf` gives the codec of a nested one. */
export function compileReader(schema: MessageSchema, codecOf: (name: string) => MessageCodec): ReadMessage {
  const links: Link[] = [];
  const cases = schema.fields.map((field) => fieldCases(field, linkOf(field, links, codecOf)));
  const required = schema.fields
    .filter((field) => field.rule === "required")
    .map((field) => `into.${field.name} === undefined`);
  const source = `
    ${links.map((_, index) => `const link${index} = links[${index}];`).join("\n")}
    return function read${schema.name}(reader, into) {
      while (reader.position < reader.end) {
        const tag = reader.uint32();
        switch (tag) {
          ${cases.join("\n")}
          default: reader.skip(tag);
        }
      }
      ${required.length > 0 ? `if (${required.join(" || ")}) reader.incomplete = true;` : ""}
      return into;
    };`;
  // oxlint-disable-next-line no-new-func, no-implied-eval -- see above
  return new Function("links", source)(links) as ReadMessage;
}

function linkOf(field: FieldSchema, links: Link[], codecOf: (name: string) => MessageCodec): string {
  const { type } = field;
  if (typeof type === "string") return "";
  links.push(isMessageType(type) ? codecOf(type.name) : type.names);
  return `link${links.length - 1}`;
}

function fieldCases(field: FieldSchema, link: string): string {
  const { type } = field;
  const target = `into.${field.name}`;
  const wire = wireType(type);
  const tag = tagOf(field.number, wire);
  if (field.rule === "map") return mapCase(field, link);
  if (isMessageType(type)) {
    const store =
      field.rule === "repeated"
        ? `(${target} ??= []).push(reader.message(${link}, undefined));`
        : `${target} = reader.message(${link}, ${target});`;
    return `case ${tag}: ${store} break;`;
  }
  const store = (value: string): string =>
    field.rule === "repeated" ? `(${target} ??= []).push(${value});` : `${target} = ${value};`;
  // Proto2 treats a number that the enum does not know as an unknown field.
  const one =
    typeof type === "string"
      ? store(`reader.${type}()`)
      : `{ const name = ${link}.get(reader.int32()); if (name !== undefined) ${store("name")} }`;
  const packed = field.rule === "repeated" && wire !== LENGTH_DELIMITED ? packedCase(field, one) : "";
  return `case ${tag}: ${one} break; ${packed}`;
}

/** Scalars in a list may come packed, whatever the schema says. */
function packedCase(field: FieldSchema, readOne: string): string {
  return `case ${tagOf(field.number, LENGTH_DELIMITED)}: {
    const outer = reader.enter();
    while (reader.position < reader.end) ${readOne}
    reader.leave(outer);
    break;
  }`;
}

function mapCase(field: FieldSchema, link: string): string {
  const { type } = field;
  const tag = tagOf(MAP_VALUE_NUMBER, wireType(type));
  const value = isMessageType(type)
    ? `reader.message(${link}, undefined)`
    : `reader.${typeof type === "string" ? type : "int32"}()`;
  // Read from nothing, so that required fields are missed there as well.
  const empty = isMessageType(type) ? `${link}.read(reader, {})` : `""`;
  return `case ${tagOf(field.number, LENGTH_DELIMITED)}:
    into.${field.name} = reader.mapEntry(into.${field.name} ?? {}, ${tag}, () => ${value}, () => ${empty});
    break;`;
}
