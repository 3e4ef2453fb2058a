// Unpacks compressed streams: gzip in the process, xz and bzip2 through their programs.
import { createReadStream } from "node:fs";
import { pipeline, type Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { programOutput } from "./program-output.ts";

export type Compression = "none" | "gzip" | "bzip2" | "xz";

/** The bytes of a file, decompressed. Errors come as errors of the stream. */
export function readDecompressed(path: string, compression: Compression): Readable {
  const file = createReadStream(path);
  if (compression === "none") return file;
  if (compression === "gzip") return pipeline(file, createGunzip(), () => undefined);
  return programOutput(compression, ["-d", "-c"], { input: file });
}
