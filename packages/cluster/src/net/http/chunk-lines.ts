// The lines between the chunks of a chunked body: sizes and trailers.

// http_parser takes extensions after a semicolon or a space and ignores them.
const SIZE_LINE = /^([0-9a-fA-F]{1,12})(?:[ \t]*;.*| .*)?$/;

/** Bytes of the chunk that a size line announces, 0 for the last; undefined if the line is none. */
export function parseChunkSize(line: string): number | undefined {
  const digits = SIZE_LINE.exec(line)?.[1];
  return digits === undefined ? undefined : Number.parseInt(digits, 16);
}
