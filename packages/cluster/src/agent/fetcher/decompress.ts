// Unpacks compressed streams: gzip in the process, xz and bzip2 through their programs.
import { spawn } from "node:child_process";
import { createReadStream } from "node:fs";
import { PassThrough, pipeline, type Readable } from "node:stream";
import { createGunzip } from "node:zlib";

export type Compression = "none" | "gzip" | "bzip2" | "xz";

/** As many characters of a program's complaint are passed on. */
const MAX_WORDS = 1000;

const PROGRAMS = { bzip2: "bzip2", xz: "xz" } as const;

/** The bytes of a file, decompressed. Errors come as errors of the stream. */
export function readDecompressed(path: string, compression: Compression): Readable {
  const file = createReadStream(path);
  if (compression === "none") return file;
  if (compression === "gzip") return pipeline(file, createGunzip(), () => undefined);
  return throughProgram(file, PROGRAMS[compression]);
}

function throughProgram(file: Readable, program: string): Readable {
  const child = spawn(program, ["-d", "-c"], {
    stdio: ["pipe", "pipe", "pipe"],
    env: { PATH: "/usr/local/bin:/usr/bin:/bin", LC_ALL: "C" },
  });
  const { stdin, stdout, stderr } = child;
  const output = new PassThrough();
  let words = "";
  stderr.on("data", (chunk: Buffer) => {
    words = (words + chunk.toString()).slice(0, MAX_WORDS);
  });
  child.once("error", (error: NodeJS.ErrnoException) => {
    const missing = error.code === "ENOENT";
    output.destroy(missing ? new Error(`install '${program}' to unpack this`) : error);
  });
  // Only the exit code tells whether what came was all: the end of the output proves nothing.
  child.once("close", (code) => {
    if (code === 0) output.end();
    else output.destroy(new Error(words.trim() || `'${program}' failed`));
  });
  output.once("close", () => child.kill());
  stdout.pipe(output, { end: false });
  // A program that ended before it had read everything says so itself.
  pipeline(file, stdin, () => undefined);
  return output;
}
