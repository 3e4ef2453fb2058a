// The `docker` command, for what people configure it for: credentials and parameters of containers.
import { execFile, spawn } from "node:child_process";
import { writeFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { streamsOf } from "../../programs/streams-of.ts";

/** Progress of a pull goes to a pipe that nobody reads for long. */
const MAX_OUTPUT_BYTES = 16 * 1024 * 1024;

/** Its input ends without a line when the agent is gone, whatever ended it; a line calls it off. */
const AT_END = 'read -r _ || exec "$@"';

export class DockerCommand {
  readonly #program: string;
  readonly #global: string[];

  /** `config` is docker's config.json, kept in `folder` for the command alone. */
  constructor(
    program: string,
    { socket, config, folder }: { socket: string; config?: string | undefined; folder: string },
  ) {
    this.#program = program;
    this.#global = ["-H", `unix://${socket}`];
    if (config === undefined) return;
    const directory = join(folder, "docker-config");
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    writeFileSync(join(directory, "config.json"), config, { mode: 0o600 });
    this.#global.push("--config", directory);
  }

  /** Runs it; rejects in Mesos' words (src/docker/docker.cpp) with what it wrote. Variables are not repeated there. */
  run(args: readonly string[], signal: AbortSignal): Promise<string> {
    return new Promise((resolve, reject) => {
      const options = { maxBuffer: MAX_OUTPUT_BYTES, signal };
      execFile(this.#program, [...this.#global, ...args], options, (error, stdout, stderr) => {
        if (error === null) {
          resolve(stdout.trim());
          return;
        }
        const shown = [this.#program, ...this.#global, ...args.slice(0, 2)].join(" ");
        const { code } = error;
        const how = typeof code === "number" ? `exited with status ${code}` : error.message;
        reject(new Error(`Failed to run '${shown}': ${how}; stderr='${stderr.trim()}'`));
      });
    });
  }

  /** Has it run once this process has ended, whichever way; returns the function that calls that off. */
  runAtEnd(args: readonly string[]): () => void {
    const words = ["-c", AT_END, "sh", this.#program, ...this.#global, ...args];
    const child = spawn("/bin/sh", words, { detached: true, stdio: ["pipe", "ignore", "ignore"] });
    // Without it the container lasts until the agent is back.
    child.on("error", () => undefined);
    const { stdin } = streamsOf(child);
    stdin?.on("error", () => undefined);
    child.unref();
    return () => void stdin?.end("\n");
  }
}
