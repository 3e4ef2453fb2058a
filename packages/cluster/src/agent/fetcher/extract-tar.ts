// Unpacks a tar archive into a sandbox.
import { posix } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { extract, type Header } from "tar-stream";
import type { FetchContext } from "./fetch-context.ts";
import { limitTo, makeDirectory, makeHardLink, makeSymbolicLink, writeFile } from "./write-into-sandbox.ts";

/**
 * Unpacks `archive`, a tar stream, into the sandbox. Rejects, leaving what came before, at the first entry that would lie
 * outside, that is a device, or that is damaged; nothing is written through a link.
 */
export async function extractTar(context: FetchContext, archive: Readable): Promise<void> {
  const entries = extract();
  const unpack = async (): Promise<void> => {
    for await (const entry of entries) {
      await extractEntry(context, entry.header, Readable.from(entry));
      entry.resume();
    }
  };
  const [unpacked, read] = await Promise.allSettled([
    unpack(),
    pipeline(archive, limitTo(context.maxBytes), entries, { signal: context.signal }),
  ]);
  // An entry that is refused breaks the reading off: its reason comes first.
  if (unpacked.status === "rejected") throw unpacked.reason;
  if (read.status === "rejected") throw read.reason;
}

async function extractEntry(context: FetchContext, header: Header, content: Readable): Promise<void> {
  const { name, type, mode, linkname } = header;
  if (posix.isAbsolute(name) || name.split("/").includes("..")) {
    throw new Error(`'${name}' is outside the sandbox directory`);
  }
  switch (type) {
    case "file":
    case "contiguous-file":
      await writeFile(context, { name, mode }, () => content);
      return;
    case "directory":
      await makeDirectory(context, name, mode);
      return;
    case "symlink":
      return makeSymbolicLink(context, name, linkname);
    case "link":
      return makeHardLink(context, name, linkname);
    default:
      throw new Error(`'${name}' is a ${type}, which is not unpacked`);
  }
}
