// A message to the value that Mesos writes as JSON: the message itself with the explicit defaults of unset fields
// filled in (3rdparty/stout/include/stout/protobuf.hpp, `json(ObjectWriter*, const Protobuf&)`), and without fields of
// the older schema, which Mesos shows in one answer only.
import type { PlainMessage } from "./message-codec.ts";
import { isMessageType, type FieldSchema, type MessageName, type MessageSchema } from "./schema.ts";

/** The answer that Mesos writes from messages of the older schema (src/master/readonly_handler.cpp). */
const SHOWS_OLDER_SCHEMA: MessageName = "MasterResponseGetAgents";

/** The fields of a type where something may have to change: in the field itself or somewhere below it. */
const affectedFields = new Map<MessageSchema, readonly FieldSchema[]>();

/** The message as Mesos shows it; parts that need no change are shared with it, never copied. */
export function messageToJson(schema: MessageSchema, message: PlainMessage, showOlder = false): PlainMessage {
  const older = showOlder || schema.name === SHOWS_OLDER_SCHEMA;
  let result = message;
  for (const field of affectedBy(schema)) {
    const value = message[field.name];
    const shown = value === undefined || value === null ? field.default : showField(field, value, older);
    if (shown === value) continue;
    if (result === message) result = { ...message };
    if (shown === undefined) delete result[field.name];
    else result[field.name] = shown;
  }
  return result;
}

/**
 * The first level of `messageToJson`: a copy in which what is below is not changed yet. `older` is what applies there.
 */
export function withDefaults(
  schema: MessageSchema,
  message: PlainMessage,
  showOlder: boolean,
): { message: PlainMessage; older: boolean } {
  const older = showOlder || schema.name === SHOWS_OLDER_SCHEMA;
  const result = { ...message };
  for (const field of affectedBy(schema)) {
    const value = message[field.name];
    if (value === undefined || value === null) {
      if (field.default === undefined) delete result[field.name];
      else result[field.name] = field.default;
    } else if (field.olderSchema && !older) {
      delete result[field.name];
    }
  }
  return { message: result, older };
}

function showField(field: FieldSchema, value: unknown, older: boolean): unknown {
  const { type } = field;
  if (field.olderSchema && !older) return undefined;
  if (!isMessageType(type)) return value;
  if (field.rule === "repeated") return showList(type, value as PlainMessage[], older);
  if (field.rule === "map") return showMap(type, value as Record<string, PlainMessage>, older);
  return messageToJson(type, value as PlainMessage, older);
}

function showList(type: MessageSchema, list: PlainMessage[], older: boolean): PlainMessage[] {
  let result = list;
  for (const [index, item] of list.entries()) {
    const shown = messageToJson(type, item, older);
    if (shown === item) continue;
    if (result === list) result = [...list];
    result[index] = shown;
  }
  return result;
}

function showMap(
  type: MessageSchema,
  map: Record<string, PlainMessage>,
  older: boolean,
): Record<string, PlainMessage> {
  return Object.fromEntries(
    Object.entries(map).map(([key, item]) => [key, messageToJson(type, item, older)]),
  );
}

function affectedBy(schema: MessageSchema): readonly FieldSchema[] {
  let fields = affectedFields.get(schema);
  if (fields === undefined) {
    fields = schema.fields.filter((field) => isAffected(field, new Set()));
    affectedFields.set(schema, fields);
  }
  return fields;
}

function isAffected(field: FieldSchema, seen: Set<MessageSchema>): boolean {
  const { type } = field;
  if (field.default !== undefined || field.olderSchema) return true;
  if (!isMessageType(type) || seen.has(type)) return false;
  seen.add(type);
  return type.fields.some((nested) => isAffected(nested, seen));
}
