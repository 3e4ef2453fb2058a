// Which required fields a message lacks, in the words of protobuf's C++ library (FindInitializationErrors).
import { isMessageType, type FieldSchema, type MessageSchema } from "./schema.ts";
import type { PlainMessage } from "./message-codec.ts";

/**
 * Paths of the required fields that are missing: first the message's own in order of declaration, then those of nested
 * messages in order of field numbers: `type`, `subscribe.framework_info.user`, `executors[0].executor_info`.
 */
export function missingFields(schema: MessageSchema, message: PlainMessage, prefix = ""): string[] {
  const own = schema.fields
    .filter((field) => field.rule === "required" && message[field.name] === undefined)
    .map((field) => prefix + field.name);
  const nested = schema.fields
    .toSorted((a, b) => a.number - b.number)
    .flatMap((field) => missingInField(field, message[field.name], prefix + field.name));
  return [...own, ...nested];
}

function missingInField(field: FieldSchema, value: unknown, path: string): string[] {
  const { type } = field;
  if (!isMessageType(type) || value === undefined) return [];
  if (field.rule === "repeated") {
    return (value as PlainMessage[]).flatMap((item, index) =>
      missingFields(type, item, `${path}[${index}].`),
    );
  }
  if (field.rule === "map") {
    const items = Object.values(value as Record<string, PlainMessage>);
    return items.flatMap((item, index) => missingFields(type, item, `${path}[${index}].value.`));
  }
  return missingFields(type, value as PlainMessage, `${path}.`);
}
