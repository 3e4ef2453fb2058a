// A message to the value that Mesos writes as JSON: the message itself, with the explicit defaults of unset fields
// filled in (3rdparty/stout/include/stout/protobuf.hpp, `json(ObjectWriter*, const Protobuf&)`).
import type { PlainMessage } from "./message-codec.ts";
import { isMessageType, type FieldSchema, type MessageSchema } from "./schema.ts";

/** The fields of a type where a default can be missing: in the field itself or somewhere below it. */
const affectedFields = new Map<MessageSchema, readonly FieldSchema[]>();

/** The message with defaults; parts without missing ones are shared with it, never copied. */
export function messageToJson(schema: MessageSchema, message: PlainMessage): PlainMessage {
  let result = message;
  for (const field of affectedBy(schema)) {
    const value = message[field.name];
    const filled = value === undefined || value === null ? field.default : fillField(field, value);
    if (filled === value || filled === undefined) continue;
    if (result === message) result = { ...message };
    result[field.name] = filled;
  }
  return result;
}

function fillField(field: FieldSchema, value: unknown): unknown {
  const { type } = field;
  if (!isMessageType(type)) return value;
  if (field.rule === "repeated") return fillList(type, value as PlainMessage[]);
  if (field.rule === "map") return fillMap(type, value as Record<string, PlainMessage>);
  return messageToJson(type, value as PlainMessage);
}

function fillList(type: MessageSchema, list: PlainMessage[]): PlainMessage[] {
  let result = list;
  for (const [index, item] of list.entries()) {
    const filled = messageToJson(type, item);
    if (filled === item) continue;
    if (result === list) result = [...list];
    result[index] = filled;
  }
  return result;
}

function fillMap(type: MessageSchema, map: Record<string, PlainMessage>): Record<string, PlainMessage> {
  return Object.fromEntries(Object.entries(map).map(([key, item]) => [key, messageToJson(type, item)]));
}

function affectedBy(schema: MessageSchema): readonly FieldSchema[] {
  let fields = affectedFields.get(schema);
  if (fields === undefined) {
    fields = schema.fields.filter(
      (field) => field.default !== undefined || reachesDefault(field, new Set([schema])),
    );
    affectedFields.set(schema, fields);
  }
  return fields;
}

function reachesDefault(field: FieldSchema, seen: Set<MessageSchema>): boolean {
  const { type } = field;
  if (!isMessageType(type) || seen.has(type)) return false;
  seen.add(type);
  return type.fields.some((nested) => nested.default !== undefined || reachesDefault(nested, seen));
}
