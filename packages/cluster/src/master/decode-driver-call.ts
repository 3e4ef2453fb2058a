// `mesos.scheduler.Call`, the message of older drivers: the v1 call but for SUBSCRIBE, whose fields have other numbers.
import { type Result, type SchedulerCall, decodeProtobuf, failure, success } from "@mezzo/wire";

/** Number of `subscribe` in the call, the same in both. */
const SUBSCRIBE_FIELD = 3;

/** Numbers in the older Subscribe and what they are in v1. `force` (2) has none. */
const OLD_FORCE_FIELD = 2;
const NEW_NUMBERS = new Map([
  [1, 1],
  [3, 2],
  [4, 3],
]);

/** One field of a message: its number, wire type, and where its value and the whole field are. */
interface Field {
  number: number;
  wireType: number;
  start: number;
  valueStart: number;
  end: number;
}

/** A varint at `at`, or undefined when there is none. */
function readVarint(bytes: Uint8Array, at: number): { value: number; next: number } | undefined {
  let value = 0;
  for (let index = 0; index < 10; index++) {
    const byte = bytes[at + index];
    if (byte === undefined) return undefined;
    value += (byte & 0x7f) * 2 ** (7 * index);
    if (byte < 0x80) return { value, next: at + index + 1 };
  }
  return undefined;
}

/** Splits a message into its fields without understanding them; undefined when it is malformed. */
function splitFields(bytes: Uint8Array): Field[] | undefined {
  const fields: Field[] = [];
  for (let at = 0; at < bytes.length;) {
    const tag = readVarint(bytes, at);
    if (tag === undefined) return undefined;
    const wireType = tag.value % 8;
    const number = (tag.value - wireType) / 8;
    const value = wireType === 0 || wireType === 2 ? readVarint(bytes, tag.next) : undefined;
    let end: number;
    if (wireType === 0 && value !== undefined) end = value.next;
    else if (wireType === 2 && value !== undefined) end = value.next + value.value;
    else if (wireType === 1) end = tag.next + 8;
    else if (wireType === 5) end = tag.next + 4;
    else return undefined;
    if (end > bytes.length) return undefined;
    const valueStart = wireType === 2 && value !== undefined ? value.next : tag.next;
    fields.push({ number, wireType, start: at, valueStart, end });
    at = end;
  }
  return fields;
}

/** The bytes of a varint. */
function varint(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  while (rest >= 0x80) {
    bytes.push((rest % 0x80) | 0x80);
    rest = Math.floor(rest / 0x80);
  }
  return [...bytes, rest];
}

/** The Subscribe with v1's numbers, and its `force`. */
function renumber(bytes: Uint8Array): { bytes: Uint8Array; force: boolean } | undefined {
  const fields = splitFields(bytes);
  if (fields === undefined) return undefined;
  const parts: Uint8Array[] = [];
  let force = false;
  for (const field of fields) {
    const number = NEW_NUMBERS.get(field.number);
    if (field.number === OLD_FORCE_FIELD && field.wireType === 0) force = bytes[field.valueStart] !== 0;
    if (number === undefined || field.wireType !== 2) continue;
    const tag = varint(number * 8 + field.wireType);
    parts.push(Uint8Array.from([...tag, ...varint(field.end - field.valueStart)]));
    parts.push(bytes.subarray(field.valueStart, field.end));
  }
  return { bytes: Buffer.concat(parts), force };
}

/** The call and, of a SUBSCRIBE, whether an older scheduler is to go. @see Mesos include/mesos/scheduler/scheduler.proto */
export function decodeDriverCall(bytes: Uint8Array): Result<{ call: SchedulerCall; force: boolean }> {
  const fields = splitFields(bytes);
  if (fields === undefined) return failure("Malformed message");
  const subscribe = fields.find(({ number, wireType }) => number === SUBSCRIBE_FIELD && wireType === 2);
  let rewritten = bytes;
  let force = false;
  if (subscribe !== undefined) {
    const inner = renumber(bytes.subarray(subscribe.valueStart, subscribe.end));
    if (inner === undefined) return failure("Malformed Subscribe");
    force = inner.force;
    rewritten = Buffer.concat([
      bytes.subarray(0, subscribe.start),
      Uint8Array.from([...varint(SUBSCRIBE_FIELD * 8 + 2), ...varint(inner.bytes.length)]),
      inner.bytes,
      bytes.subarray(subscribe.end),
    ]);
  }
  const call = decodeProtobuf("SchedulerCall", rewritten);
  return call.ok ? success({ call: call.value, force }) : call;
}
