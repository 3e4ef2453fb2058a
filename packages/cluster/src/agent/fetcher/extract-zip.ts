// Unpacks a zip archive into a sandbox.
import type { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { type Entry, openPromise, type ZipFile } from "yauzl";
import type { FetchContext } from "./fetch-context.ts";
import { limitTo, makeDirectory, makeSymbolicLink, writeFile } from "./write-into-sandbox.ts";

/** The kind of a file and its value for a symbolic link in `st_mode`. */
const KIND_MASK = 0o170000;
const SYMBOLIC_LINK = 0o120000;

/** A path has no more bytes than this on Linux. */
const MAX_LINK_BYTES = 4096;

/** Unpacks the zip file at `path`. Rejects at the first entry that would lie outside or that is damaged. */
export async function extractZip(context: FetchContext, path: string): Promise<void> {
  // Relative and absolute names that would leave the sandbox are refused by the reader and once more on writing.
  const zip = await openPromise(path, { validateEntrySizes: true });
  let left = context.maxBytes;
  try {
    for await (const entry of zip.eachEntry()) {
      context.signal.throwIfAborted();
      left -= entry.uncompressedSize;
      if (left < 0) throw new Error(`More than ${context.maxBytes} bytes`);
      await extractEntry(context, zip, entry);
    }
  } finally {
    zip.close();
  }
}

async function extractEntry(context: FetchContext, zip: ZipFile, entry: Entry): Promise<void> {
  const { fileName: name, uncompressedSize } = entry;
  // Made on Unix, the upper half holds st_mode.
  const mode = entry.externalFileAttributes >>> 16;
  const permissions = mode === 0 ? {} : { mode };
  if (name.endsWith("/")) {
    await makeDirectory(context, name, permissions.mode);
    return;
  }
  const content: Readable = await zip.openReadStreamPromise(entry);
  if ((mode & KIND_MASK) === SYMBOLIC_LINK) {
    const target = await text(content.pipe(limitTo(MAX_LINK_BYTES)));
    return makeSymbolicLink(context, name, target);
  }
  await writeFile(context, { name, ...permissions, maxBytes: uncompressedSize }, () => content);
}
