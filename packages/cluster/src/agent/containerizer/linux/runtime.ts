// The OCI runtime's commands that the driver uses.
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";

const execute = promisify(execFile);

/** More than a runtime says; a container that was asked for in a wrong way is told in a line or two. */
const MAX_OUTPUT_BYTES = 256 * 1024;

/** Longer than any machine needs that is not stuck. */
const TIMEOUT_MS = 60_000;

export class Runtime {
  readonly program: string;
  /** Where the runtime keeps its state. */
  readonly root: string;

  constructor({ program, root }: { program: string; root: string }) {
    this.program = program;
    this.root = root;
  }

  /** Lets a created container run its command. Rejects in the runtime's words. */
  start(containerId: string): Promise<void> {
    return this.#run(["start", containerId]);
  }

  /** Whether the container was created and waits for its start: at the pipe that starting removes. */
  isWaiting(containerId: string): boolean {
    return existsSync(join(this.root, containerId, "exec.fifo"));
  }

  /** Kills what is left of a container and forgets it; fine when there is none. */
  async delete(containerId: string): Promise<void> {
    await this.#run(["delete", "--force", containerId]);
  }

  async #run(args: string[]): Promise<void> {
    try {
      await execute(this.program, ["--root", this.root, ...args], {
        maxBuffer: MAX_OUTPUT_BYTES,
        timeout: TIMEOUT_MS,
      });
    } catch (error) {
      throw new Error(`${this.program} ${args[0]} failed: ${wordsOf(error)}`, { cause: error });
    }
  }
}

/** The last line that the runtime wrote, or why it could not run. */
function wordsOf(error: unknown): string {
  const { stderr, message } = error as { stderr?: string; message?: string };
  const line = (stderr ?? "").trim().split("\n").at(-1);
  return line || (message ?? String(error));
}
