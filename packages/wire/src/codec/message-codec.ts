// One object per message type that reads and writes it as protobuf. Its two functions are compiled from the schema
// when the type is first met; types refer to each other through these objects, so cycles are no problem.
import { compileReader } from "./compile-reader.ts";
import { compileWriter } from "./compile-writer.ts";
import type { ProtobufReader } from "./protobuf-reader.ts";
import type { ProtobufWriter } from "./protobuf-writer.ts";
import { messageSchema, type MessageSchema } from "./schema.ts";

export type PlainMessage = Record<string, unknown>;

export interface MessageCodec {
  readonly schema: MessageSchema;
  /** Reads fields up to the reader's end into `into`, and returns it. */
  read(reader: ProtobufReader, into: PlainMessage): PlainMessage;
  /** Writes the fields, last one first. Throws a TypeError for a missing required field or an unknown enum name. */
  write(writer: ProtobufWriter, message: PlainMessage): void;
}

const codecs = new Map<string, MessageCodec>();

/** The codec of a message type. Throws a TypeError when there is no such type. */
export function messageCodec(name: string): MessageCodec {
  let codec = codecs.get(name);
  if (codec === undefined) {
    codec = lazyCodec(messageSchema(name));
    codecs.set(name, codec);
  }
  return codec;
}

function lazyCodec(schema: MessageSchema): MessageCodec {
  return {
    schema,
    read(reader, into) {
      this.read = compileReader(schema, messageCodec);
      return this.read(reader, into);
    },
    write(writer, message) {
      this.write = compileWriter(schema, messageCodec);
      this.write(writer, message);
    },
  };
}
