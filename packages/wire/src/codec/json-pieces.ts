// A message as JSON text in pieces: one with a hundred thousand tasks is too much for one turn of an event loop.
import type { PlainMessage } from "./message-codec.ts";
import { messageToJson, withDefaults } from "./message-to-json.ts";
import { isMessageType, type FieldSchema, type MessageSchema } from "./schema.ts";

/** Text that is yielded at once: each piece passes through several generators. */
const PIECE_CHARACTERS = 16 * 1024;

/** The same text as of `messageToJson`. Lists of messages are cut between their items, wherever they are in the message. */
export function* jsonPieces(
  schema: MessageSchema,
  message: PlainMessage,
  older = false,
): Generator<string, void, undefined> {
  const shown = withDefaults(schema, message, older);
  let separator = "{";
  for (const [key, value] of Object.entries(shown.message)) {
    if (value === undefined) continue;
    yield `${separator}${JSON.stringify(key)}:`;
    separator = ",";
    yield* fieldPieces(schema.byName.get(key), value, shown.older);
  }
  yield separator === "{" ? "{}" : "}";
}

function* fieldPieces(field: FieldSchema | undefined, value: unknown, older: boolean): Generator<string> {
  if (field === undefined || !isMessageType(field.type)) yield JSON.stringify(value);
  else if (field.rule === "repeated") yield* listPieces(field.type, value as PlainMessage[], older);
  else if (field.rule === "map") yield* mapPieces(field.type, value as Record<string, PlainMessage>, older);
  else yield* jsonPieces(field.type, value as PlainMessage, older);
}

function* listPieces(type: MessageSchema, items: PlainMessage[], older: boolean): Generator<string> {
  let text = "[";
  for (const [index, item] of items.entries()) {
    text += (index > 0 ? "," : "") + JSON.stringify(messageToJson(type, item, older));
    if (text.length < PIECE_CHARACTERS) continue;
    yield text;
    text = "";
  }
  yield `${text}]`;
}

function* mapPieces(
  type: MessageSchema,
  map: Record<string, PlainMessage>,
  older: boolean,
): Generator<string> {
  let separator = "{";
  for (const [key, item] of Object.entries(map)) {
    yield `${separator}${JSON.stringify(key)}:${JSON.stringify(messageToJson(type, item, older))}`;
    separator = ",";
  }
  yield separator === "{" ? "{}" : "}";
}
