// Writes protobuf's wire format from the last byte to the first: the length of a nested message is known when its
// content is written, so one pass does and no sizes are computed. Fields therefore come in descending order.
import { bufferOver, fromBase64, utf8 } from "./bytes.ts";

const INITIAL_BYTES = 16 * 1024;
/** A buffer that grew beyond this for one big message is not kept for the next. */
const KEPT_BYTES = 1024 * 1024;
/** Strings up to this many characters are written here if ASCII, cheaper than by Buffer: all ids that Mesos makes. */
const SHORT_STRING_CHARACTERS = 64;

const float64 = new Float64Array(1);
const float64Bytes = new Uint8Array(float64.buffer);
const float32 = new Float32Array(1);
const float32Bytes = new Uint8Array(float32.buffer);

/** Writes the fields of one message type, last field first. */
export interface MessageWriter {
  write(writer: ProtobufWriter, message: never): void;
}

export class ProtobufWriter {
  #bytes = new Uint8Array(INITIAL_BYTES);
  #position = INITIAL_BYTES;

  /** A copy of what was written; the writer is empty afterwards and can be used again. */
  finish(): Uint8Array {
    const result = copyOf(this.#bytes.subarray(this.#position));
    this.reset();
    return result;
  }

  /** Forgets what was written: after an error midway. */
  reset(): void {
    if (this.#bytes.length > KEPT_BYTES) this.#bytes = new Uint8Array(INITIAL_BYTES);
    this.#position = this.#bytes.length;
  }

  /** Tags, lengths, uint32. */
  uint32(value: number): void {
    if (this.#position < 5) this.#grow(5);
    let rest = value >>> 0;
    const size = rest < 0x80 ? 1 : rest < 0x4000 ? 2 : rest < 0x20_0000 ? 3 : rest < 0x1000_0000 ? 4 : 5;
    const bytes = this.#bytes;
    let at = (this.#position -= size);
    while (rest >= 0x80) {
      bytes[at++] = (rest & 0x7f) | 0x80;
      rest >>>= 7;
    }
    bytes[at] = rest;
  }

  int32(value: number): void {
    const whole = value | 0;
    if (whole >= 0) this.uint32(whole);
    else this.#varint64(whole);
  }

  int64(value: number): void {
    this.#varint64(value);
  }

  uint64(value: number): void {
    this.#varint64(value);
  }

  bool(value: boolean): void {
    this.uint32(value ? 1 : 0);
  }

  double(value: number): void {
    float64[0] = value;
    this.#copy(float64Bytes);
  }

  float(value: number): void {
    float32[0] = value;
    this.#copy(float32Bytes);
  }

  string(text: string): void {
    const length = text.length;
    if (length > SHORT_STRING_CHARACTERS || !this.#shortAscii(text)) {
      if (typeof globalThis.Buffer === "function") {
        const size = Buffer.byteLength(text, "utf8");
        this.#reserve(size);
        bufferOver(this.#bytes).write(text, this.#position, size, "utf8");
        this.uint32(size);
      } else {
        this.#raw(utf8(text));
      }
    }
  }

  /** Base64 text as length and bytes. */
  bytes(base64: string): void {
    this.#raw(fromBase64(base64));
  }

  /** A nested message: its content, then its length. */
  message(type: MessageWriter, message: unknown): void {
    const before = this.#bytes.length - this.#position;
    type.write(this, message as never);
    this.uint32(this.#bytes.length - this.#position - before);
  }

  /** A map: each entry is a message of key (field 1) and value (field 2, which `writeValue` writes), in order of keys. */
  map(tag: number, entries: Record<string, unknown>, writeValue: (value: unknown) => void): void {
    for (const key of Object.keys(entries).sort().reverse()) {
      const before = this.#bytes.length - this.#position;
      writeValue(entries[key]);
      this.string(key);
      this.uint32(10);
      this.uint32(this.#bytes.length - this.#position - before);
      this.uint32(tag);
    }
  }

  #shortAscii(text: string): boolean {
    const length = text.length;
    if (this.#position < length + 1) this.#grow(length + 1);
    const bytes = this.#bytes;
    const start = this.#position - length;
    for (let index = 0; index < length; index++) {
      const code = text.charCodeAt(index);
      if (code >= 0x80) return false;
      bytes[start + index] = code;
    }
    bytes[start - 1] = length;
    this.#position = start - 1;
    return true;
  }

  #raw(source: Uint8Array): void {
    this.#copy(source);
    this.uint32(source.length);
  }

  #copy(source: Uint8Array): void {
    this.#reserve(source.length);
    this.#bytes.set(source, this.#position);
  }

  #reserve(size: number): void {
    if (this.#position < size) this.#grow(size);
    this.#position -= size;
  }

  #grow(needed: number): void {
    const written = this.#bytes.length - this.#position;
    const larger = new Uint8Array(Math.max(this.#bytes.length * 2, written + needed));
    larger.set(this.#bytes.subarray(this.#position), larger.length - written);
    this.#bytes = larger;
    this.#position = larger.length - written;
  }

  /** Two's complement for negative numbers; a fraction is cut off. */
  #varint64(value: number): void {
    if (value >= 0 && value <= 0xffff_ffff) {
      this.uint32(value);
      return;
    }
    const whole = Math.trunc(value);
    let low = whole >>> 0;
    let high = Math.floor(whole / 0x1_0000_0000) >>> 0;
    const bits = high === 0 ? 32 - Math.clz32(low) : 64 - Math.clz32(high);
    const size = Math.max(1, Math.ceil(bits / 7));
    this.#reserve(size);
    const bytes = this.#bytes;
    let at = this.#position;
    for (let left = size; left > 1; left--) {
      bytes[at++] = (low & 0x7f) | 0x80;
      low = ((low >>> 7) | (high << 25)) >>> 0;
      high >>>= 7;
    }
    bytes[at] = low;
  }
}

function copyOf(bytes: Uint8Array): Uint8Array {
  return typeof globalThis.Buffer === "function" ? Buffer.from(bytes) : bytes.slice();
}
