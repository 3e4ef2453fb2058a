// Reads protobuf's wire format: a cursor over one buffer that never passes the end of the message it is in.
import { bufferOver, textOf, toBase64 } from "./bytes.ts";

/** Messages nested deeper are refused: the limit of protobuf's C++ library. */
const MAX_MESSAGE_DEPTH = 100;

/** Strings up to this many bytes are put together here: cheaper than a call into Buffer. */
const SHORT_STRING_BYTES = 12;

/** Field 1, length-delimited. */
const MAP_KEY_TAG = 10;

const float64 = new Float64Array(1);
const float64Bytes = new Uint8Array(float64.buffer);
const float32 = new Float32Array(1);
const float32Bytes = new Uint8Array(float32.buffer);

/** Bytes that are no protobuf. Thrown inside the codec only: `decodeProtobuf` turns it into a result. */
export class MalformedProtobuf extends Error {
  override readonly name = "MalformedProtobuf";
}

/** Reads one message type from a reader into an object, up to the reader's `end`. */
export interface MessageReader {
  read(reader: ProtobufReader, into: Record<string, unknown>): Record<string, unknown>;
}

export class ProtobufReader {
  position = 0;
  /** Where the message being read ends. */
  end: number;
  /** Set when a message ended without a required field; a later part of the same message may still bring it. */
  incomplete = false;
  #depth = 0;
  readonly #bytes: Uint8Array;
  readonly #buffer: Buffer | undefined;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#buffer = typeof globalThis.Buffer === "function" ? bufferOver(bytes) : undefined;
    this.end = bytes.length;
  }

  /** A varint's low 32 bits, unsigned: tags, lengths, uint32. */
  uint32(): number {
    const first = this.#byte();
    if (first < 0x80) return first;
    let value = first & 0x7f;
    for (let shift = 7; shift < 70; shift += 7) {
      const byte = this.#byte();
      if (shift < 32) value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return value >>> 0;
    }
    throw new MalformedProtobuf("a varint is longer than 10 bytes");
  }

  int32(): number {
    return this.uint32() | 0;
  }

  bool(): boolean {
    const first = this.#byte();
    if (first < 0x80) return first !== 0;
    this.position--;
    return this.#varint64(false) !== 0;
  }

  int64(): number {
    return this.#varint64(true);
  }

  uint64(): number {
    return this.#varint64(false);
  }

  double(): number {
    this.#copy(float64Bytes);
    return float64[0] ?? 0;
  }

  float(): number {
    this.#copy(float32Bytes);
    return float32[0] ?? 0;
  }

  string(): string {
    const length = this.#length();
    const from = this.position;
    const to = from + length;
    this.position = to;
    if (length <= SHORT_STRING_BYTES) {
      const text = this.#ascii(from, to);
      if (text !== undefined) return text;
    }
    if (this.#buffer !== undefined) return this.#buffer.toString("utf8", from, to);
    return textOf(this.#bytes.subarray(from, to));
  }

  /** Bytes as base64. */
  bytes(): string {
    const length = this.#length();
    const from = this.position;
    this.position += length;
    if (this.#buffer !== undefined) return this.#buffer.toString("base64", from, this.position);
    return toBase64(this.#bytes.subarray(from, this.position));
  }

  /** A nested message, merged into `into` when the field occurred before, as protobuf demands. */
  message(type: MessageReader, into: Record<string, unknown> | undefined): Record<string, unknown> {
    const outerEnd = this.enter();
    const value = type.read(this, into ?? {});
    this.leave(outerEnd);
    return value;
  }

  /** One entry of a `map<string, …>`; `valueTag` is the tag under which `readValue` applies. An entry may lack its value. */
  mapEntry(
    into: Record<string, unknown>,
    valueTag: number,
    readValue: () => unknown,
    emptyValue: () => unknown,
  ): Record<string, unknown> {
    const outerEnd = this.enter();
    let key = "";
    let value: unknown;
    while (this.position < this.end) {
      const tag = this.uint32();
      if (tag === MAP_KEY_TAG) key = this.string();
      else if (tag === valueTag) value = readValue();
      else this.skip(tag);
    }
    value ??= emptyValue();
    this.leave(outerEnd);
    setEntry(into, key, value);
    return into;
  }

  /** Enters a length-delimited value; `leave` takes what this returns. */
  enter(): number {
    const length = this.#length();
    if (++this.#depth > MAX_MESSAGE_DEPTH) throw tooDeep();
    const outerEnd = this.end;
    this.end = this.position + length;
    return outerEnd;
  }

  leave(outerEnd: number): void {
    this.end = outerEnd;
    this.#depth--;
  }

  /** Passes over the value of an unknown field. */
  skip(tag: number): void {
    if (tag >>> 3 === 0) throw new MalformedProtobuf("a field has number 0");
    switch (tag & 7) {
      case 0:
        this.uint32();
        return;
      case 1:
        this.#advance(8);
        return;
      case 2:
        this.#advance(this.#length());
        return;
      case 3:
        this.#skipGroup(tag >>> 3);
        return;
      case 5:
        this.#advance(4);
        return;
      default:
        throw new MalformedProtobuf(`wire type ${tag & 7} is not expected here`);
    }
  }

  #skipGroup(number: number): void {
    if (++this.#depth > MAX_MESSAGE_DEPTH) throw tooDeep();
    for (;;) {
      const tag = this.uint32();
      if ((tag & 7) === 4) {
        if (tag >>> 3 !== number) throw new MalformedProtobuf("a group ends that did not begin");
        this.#depth--;
        return;
      }
      this.skip(tag);
    }
  }

  #length(): number {
    const length = this.uint32();
    if (length > this.end - this.position) throw truncated();
    return length;
  }

  #advance(count: number): void {
    if (count > this.end - this.position) throw truncated();
    this.position += count;
  }

  #byte(): number {
    if (this.position >= this.end) throw truncated();
    return this.#bytes[this.position++] as number;
  }

  #copy(into: Uint8Array): void {
    const from = this.position;
    this.#advance(into.length);
    const bytes = this.#bytes;
    for (let index = 0; index < into.length; index++) into[index] = bytes[from + index] as number;
  }

  #ascii(from: number, to: number): string | undefined {
    const bytes = this.#bytes;
    let text = "";
    for (let index = from; index < to; index++) {
      const byte = bytes[index] as number;
      if (byte >= 0x80) return undefined;
      text += String.fromCharCode(byte);
    }
    return text;
  }

  /** Values above 2^53 lose low bits: a message holds plain numbers. */
  #varint64(signed: boolean): number {
    let low = 0;
    let high = 0;
    for (let shift = 0; shift < 70; shift += 7) {
      const byte = this.#byte();
      const bits = byte & 0x7f;
      if (shift < 32) low |= bits << shift;
      if (shift === 28) high = bits >>> 4;
      else if (shift > 28) high |= bits << (shift - 32);
      if (byte < 0x80) return (low >>> 0) + (signed ? high | 0 : high >>> 0) * 0x1_0000_0000;
    }
    throw new MalformedProtobuf("a varint is longer than 10 bytes");
  }
}

/** Sets a key of a map; `__proto__` is a key like any other. */
export function setEntry(map: Record<string, unknown>, key: string, value: unknown): void {
  if (key !== "__proto__") map[key] = value;
  else Object.defineProperty(map, key, { value, writable: true, enumerable: true, configurable: true });
}

function truncated(): MalformedProtobuf {
  return new MalformedProtobuf("a field runs past the end of its message");
}

function tooDeep(): MalformedProtobuf {
  return new MalformedProtobuf(`messages are nested deeper than ${MAX_MESSAGE_DEPTH}`);
}
