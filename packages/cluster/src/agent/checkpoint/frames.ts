// How checkpoints hold messages: each behind its length, as Mesos writes them (`protobuf::write` of stout).
//
//   uint32, little endian: length │ protobuf │ uint32 │ protobuf │ …

const LENGTH_BYTES = 4;

/** One message as it is written to a file. */
export function frame(message: Uint8Array): Uint8Array {
  const bytes = Buffer.allocUnsafe(LENGTH_BYTES + message.length);
  bytes.writeUInt32LE(message.length);
  bytes.set(message, LENGTH_BYTES);
  return bytes;
}

/** The messages of a file. `sizeBytes` are theirs: what follows was cut off by a crash. */
export function unframe(bytes: Uint8Array): { messages: Uint8Array[]; sizeBytes: number } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const messages: Uint8Array[] = [];
  let offset = 0;
  while (offset + LENGTH_BYTES <= bytes.length) {
    const end = offset + LENGTH_BYTES + view.getUint32(offset, true);
    if (end > bytes.length) break;
    messages.push(bytes.subarray(offset + LENGTH_BYTES, end));
    offset = end;
  }
  return { messages, sizeBytes: offset };
}
