// Docker's stream of two outputs: frames of a header (stream, length) and bytes.
// @see https://docs.docker.com/reference/api/engine/ "Stream format"

export interface Frame {
  output: "stdout" | "stderr";
  bytes: Buffer;
}

const HEADER_BYTES = 8;
const STDERR = 2;

/** Splits the stream; bytes of a frame are given as they come. `raw`: the container has a terminal, and there are no frames. */
export async function* readFrames(stream: AsyncIterable<Buffer>, raw: boolean): AsyncGenerator<Frame> {
  let rest: Buffer = Buffer.alloc(0);
  let output: Frame["output"] = "stdout";
  let left = 0;
  for await (const chunk of stream) {
    if (raw) {
      yield { output, bytes: chunk };
      continue;
    }
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    for (;;) {
      if (left === 0) {
        if (rest.length < HEADER_BYTES) break;
        output = rest[0] === STDERR ? "stderr" : "stdout";
        left = rest.readUInt32BE(4);
        rest = rest.subarray(HEADER_BYTES);
      }
      if (rest.length === 0) break;
      const bytes = rest.subarray(0, left);
      rest = rest.subarray(bytes.length);
      left -= bytes.length;
      if (bytes.length > 0) yield { output, bytes };
    }
  }
}
