// Reads what a program prints as a stream that ends well only when the program does.
import { spawn } from "node:child_process";
import { PassThrough, pipeline, type Readable } from "node:stream";
import { streamsOf } from "../programs/streams-of.ts";

/** As many characters of a program's complaint are passed on. */
const MAX_WORDS = 1000;

/**
 * The output of `program`. An error of the stream when the program is missing or exits with another code than 0, in its
 * own words. `input` is what it reads; `as` the user it runs as, without additional groups.
 */
export function programOutput(
  program: string,
  parameters: string[],
  options: { input?: Readable; as?: { uid: number; gid: number } } = {},
): Readable {
  const child = spawn(program, parameters, {
    ...options.as,
    cwd: "/",
    env: { PATH: "/usr/local/bin:/usr/bin:/bin", LC_ALL: "C" },
    stdio: ["pipe", "pipe", "pipe"],
  });
  const output = new PassThrough();
  const { stdin, stdout, stderr } = streamsOf(child);
  let words = "";
  stderr?.on("data", (chunk: Buffer) => {
    words = (words + chunk.toString()).slice(0, MAX_WORDS);
  });
  child.once("error", (error: NodeJS.ErrnoException) => {
    output.destroy(error.code === "ENOENT" ? new Error(`'${program}' is not installed`) : error);
  });
  // Only the exit code tells whether what came was all: the end of the output proves nothing.
  child.once("close", (code) => {
    if (code === 0) output.end();
    else output.destroy(new Error(words.trim() || `'${program}' failed`));
  });
  output.once("close", () => child.kill());
  // At once: what nobody reads when the program exits is thrown away.
  stdout?.pipe(output, { end: false });
  // A program that ended before it had read everything says so itself.
  if (options.input && stdin) pipeline(options.input, stdin, () => undefined);
  else stdin?.end();
  stdin?.on("error", () => undefined);
  return output;
}
