// Unpacks a fetched archive, known by the end of its name.
import { posix } from "node:path";
import { describeSystemError } from "../../core/describe-system-error.ts";
import { type Compression, readDecompressed } from "./decompress.ts";
import { extractTar } from "./extract-tar.ts";
import { extractZip } from "./extract-zip.ts";
import type { FetchContext } from "./fetch-context.ts";
import { writeFile } from "./write-into-sandbox.ts";

/** Ends of names and how such tar archives are compressed; the same as in `src/launcher/fetcher.cpp`. */
const TAR_SUFFIXES: readonly [string, Compression][] = [
  [".tar", "none"],
  [".tgz", "gzip"],
  [".tar.gz", "gzip"],
  [".tbz2", "bzip2"],
  [".tar.bz2", "bzip2"],
  [".txz", "xz"],
  [".tar.xz", "xz"],
];

/** A file that may be an archive. */
export interface Archive {
  /** What it is called. */
  path: string;
  /** Where it is read. */
  content: string;
}

/** Unpacks it into the sandbox; false when its name is none of an archive. Rejects when it cannot be unpacked. */
export async function extractArchive(context: FetchContext, { path, content }: Archive): Promise<boolean> {
  try {
    const tar = TAR_SUFFIXES.find(([suffix]) => path.endsWith(suffix));
    if (tar) await extractTar(context, readDecompressed(content, tar[1]));
    else if (path.endsWith(".zip")) await extractZip(context, content);
    else if (path.endsWith(".gz")) {
      const name = posix.basename(path, ".gz");
      await writeFile(context, { name }, () => readDecompressed(content, "gzip"));
    } else return false;
  } catch (error) {
    throw new Error(
      `Failed to extract archive '${path}' to '${context.sandbox}': ${describeSystemError(error)}`,
      { cause: error },
    );
  }
  context.log("I", `Extracted '${path}' into '${context.sandbox}'`);
  return true;
}
