// Messages to bytes and back. In memory a message is the plain object that goes over the wire as JSON, so JSON needs
// hardly any conversion; protobuf exists only behind these functions.
import { textOf, utf8 } from "./codec/bytes.ts";
import { jsonPieces } from "./codec/json-pieces.ts";
import { messageFromJson, UnexpectedJson } from "./codec/message-from-json.ts";
import { messageCodec, type PlainMessage } from "./codec/message-codec.ts";
import { missingFields } from "./codec/missing-fields.ts";
import { MalformedProtobuf, ProtobufReader } from "./codec/protobuf-reader.ts";
import { ProtobufWriter } from "./codec/protobuf-writer.ts";
import { messageSchema, type MessageName } from "./codec/schema.ts";
import { messageToJson } from "./codec/message-to-json.ts";
import { parseJson } from "./json/parse-json.ts";
import type { MediaType } from "./media-type.ts";
import type { Messages } from "./messages.gen.ts";
import { failure, success, type Result } from "./result.ts";

export { messageNameOf, type MessageName } from "./codec/schema.ts";

/** One for all: encoding is synchronous and never re-entered. */
const writer = new ProtobufWriter();

/**
 * A message as the body of a request, response or record.
 * Throws a TypeError when a required field is missing or an enum has an unknown name (protobuf only): a bug of the caller.
 */
export function encode<N extends MessageName>(
  name: N,
  message: Messages[N],
  mediaType: MediaType,
): Uint8Array {
  return mediaType === "application/json" ? utf8(encodeJson(name, message)) : encodeProtobuf(name, message);
}

/**
 * The message in a body. The errors are the sentences with which Mesos' endpoints answer 400 to a call
 * (src/master/http.cpp): "Failed to parse body into JSON: …", "Failed to convert JSON into Call protobuf: …",
 * "Failed to parse body into Call protobuf".
 */
export function decode<N extends MessageName>(
  name: N,
  bytes: Uint8Array,
  mediaType: MediaType,
): Result<Messages[N]> {
  const shortName = (): string => fullNameOf(name).split(".").at(-1) ?? name;
  if (mediaType === "application/x-protobuf") {
    const result = decodeProtobuf(name, bytes);
    return result.ok ? result : failure(`Failed to parse body into ${shortName()} protobuf`);
  }
  const json = parseJson(textOf(bytes));
  if (!json.ok) return failure(`Failed to parse body into JSON: ${json.error}`);
  const result = fromJson(name, json.value);
  return result.ok ? result : failure(`Failed to convert JSON into ${shortName()} protobuf: ${result.error}`);
}

/**
 * The message in a body, refused as the agent's operator API and Mesos' own clients word it (`deserialize` in
 * src/common/http.hpp): "Failed to parse body into a protobuf object", "Failed to parse body into JSON: …", or what
 * `fromJson` says.
 */
export function deserialize<N extends MessageName>(
  name: N,
  bytes: Uint8Array,
  mediaType: MediaType,
): Result<Messages[N]> {
  if (mediaType === "application/x-protobuf") {
    const result = decodeProtobuf(name, bytes);
    return result.ok ? result : failure("Failed to parse body into a protobuf object");
  }
  const json = parseJson(textOf(bytes));
  return json.ok ? fromJson(name, json.value) : failure(`Failed to parse body into JSON: ${json.error}`);
}

/** A message as protobuf, fields in order of numbers. Throws as `encode` does. */
export function encodeProtobuf<N extends MessageName>(name: N, message: Messages[N]): Uint8Array {
  try {
    messageCodec(name).write(writer, message as PlainMessage);
    return writer.finish();
  } catch (error) {
    writer.reset();
    throw error;
  }
}

/**
 * A message from protobuf. Unknown fields and unknown enum numbers are dropped, absent optional fields and empty lists
 * are absent keys, 64-bit integers are numbers, bytes are base64. The error says what is wrong with the bytes, or which
 * required fields are missing in the words of protobuf's C++ library.
 */
export function decodeProtobuf<N extends MessageName>(name: N, bytes: Uint8Array): Result<Messages[N]> {
  const codec = messageCodec(name);
  const reader = new ProtobufReader(bytes);
  let message: PlainMessage;
  try {
    message = codec.read(reader, {});
  } catch (error) {
    if (!(error instanceof MalformedProtobuf)) throw error;
    return failure(`Can't parse message of type "${codec.schema.fullName}": ${error.message}`);
  }
  const missing = reader.incomplete ? missingFields(codec.schema, message) : [];
  if (missing.length === 0) return success(message as Messages[N]);
  const fields = missing.join(", ");
  return failure(
    `Can't parse message of type "${codec.schema.fullName}" because it is missing required fields: ${fields}`,
  );
}

/**
 * A message from a parsed JSON value, by Mesos' rules: unknown fields are ignored, null is absent, numbers may be
 * strings. Errors are Mesos' (3rdparty/stout/include/stout/protobuf.hpp): "Missing required fields: …",
 * "Not expecting a JSON string for field 'x'".
 */
export function fromJson<N extends MessageName>(name: N, value: unknown): Result<Messages[N]> {
  try {
    return success(messageFromJson(messageSchema(name), value) as Messages[N]);
  } catch (error) {
    if (!(error instanceof UnexpectedJson)) throw error;
    return failure(error.message);
  }
}

/** The value that Mesos writes as JSON for a message: unset fields with an explicit default are filled in. */
export function toJson<N extends MessageName>(name: N, message: Messages[N]): Messages[N] {
  return messageToJson(messageSchema(name), message as PlainMessage) as Messages[N];
}

/** A message as JSON text, on one line. */
export function encodeJson<N extends MessageName>(name: N, message: Messages[N]): string {
  return JSON.stringify(toJson(name, message));
}

/** The same text in pieces, for messages that are too large to be written at once; `message` must not lose parts meanwhile. */
export function encodeJsonPieces<N extends MessageName>(name: N, message: Messages[N]): Iterable<string> {
  return jsonPieces(messageSchema(name), message as PlainMessage);
}

/** The full protobuf name: `mesos.v1.scheduler.Call` of `SchedulerCall`. */
export function fullNameOf(name: MessageName): string {
  return messageSchema(name).fullName;
}
