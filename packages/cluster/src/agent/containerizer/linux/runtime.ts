// The OCI runtime's commands that the driver uses. Starting and deleting a container takes no program: what `runc start` and
// `runc delete` do is done here with the files of its state, in a tenth of the time. Where those are others, the program is asked.
//
//   <root>/<id>/exec.fifo    the first process of a created container waits until somebody reads from it
//   <root>/<id>/state.json   where its cgroups are
import { execFile } from "node:child_process";
import { constants, existsSync, readFileSync, unlinkSync } from "node:fs";
import { type FileHandle, open, rm } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Clock } from "../../../core/clock.ts";
import { removeCgroup } from "./cgroups/cgroup.ts";

const execute = promisify(execFile);

/** More than a runtime says; a container that was asked for in a wrong way is told in a line or two. */
const MAX_OUTPUT_BYTES = 256 * 1024;

/** Between two looks whether the first process has come to where it waits; usually it is there. */
const LOOK_EVERY_MS = 1;

/** Longer than any machine needs that is not stuck. */
const TIMEOUT_MS = 60_000;

export class Runtime {
  readonly program: string;
  /** Where the runtime keeps its state. */
  readonly root: string;
  /** crun waits in another way, and cannot mount on `/`. */
  readonly kind: "runc" | "crun";
  readonly #clock: Clock;

  constructor(
    { kind, program, root }: Pick<Runtime, "kind" | "program" | "root">,
    { clock }: { clock: Clock },
  ) {
    this.kind = kind;
    this.program = program;
    this.root = root;
    this.#clock = clock;
  }

  /** Lets a created container run its command. `isAlive`: whether its first process still is. Rejects when it ended before. */
  async start(containerId: string, isAlive: () => boolean): Promise<void> {
    if (this.kind === "crun") return this.#run(["start", containerId]);
    const path = this.#fifoOf(containerId);
    let fifo: FileHandle;
    try {
      fifo = await open(path, constants.O_RDWR | constants.O_NONBLOCK);
    } catch {
      return this.#run(["start", containerId]);
    }
    try {
      for (;;) {
        // Looked at first: one that has written its byte may have ended since.
        const alive = isAlive();
        if (await hasByte(fifo)) break;
        if (!alive) throw new Error("The container ended before it was started");
        await new Promise<void>((resolve) => void this.#clock.after(LOOK_EVERY_MS, resolve));
      }
      unlinkSync(path);
    } finally {
      await fifo.close();
    }
    return undefined;
  }

  /** Whether the container was created and waits for its start: at the pipe that starting removes. */
  isWaiting(containerId: string): boolean {
    return existsSync(this.#fifoOf(containerId));
  }

  /** Forgets a container of which nothing runs any more, its cgroups included; fine when there is none. */
  async delete(containerId: string): Promise<void> {
    const state = join(this.root, containerId);
    if (!existsSync(state)) return;
    const paths = cgroupsIn(join(state, "state.json"));
    for (const path of paths ?? []) removeCgroup(path);
    if (paths === undefined || paths.some(existsSync)) return this.#run(["delete", "--force", containerId]);
    await rm(state, { recursive: true, force: true });
  }

  #fifoOf(containerId: string): string {
    return join(this.root, containerId, "exec.fifo");
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

async function hasByte(fifo: FileHandle): Promise<boolean> {
  try {
    return (await fifo.read(Buffer.alloc(1), 0, 1)).bytesRead > 0;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EAGAIN") return false;
    throw error;
  }
}

/** Absolute; undefined when it does not say. */
function cgroupsIn(path: string): string[] | undefined {
  try {
    const { cgroup_paths }: { cgroup_paths?: Record<string, string> } = JSON.parse(
      readFileSync(path, "utf8"),
    );
    return cgroup_paths && [...new Set(Object.values(cgroup_paths))];
  } catch {
    return undefined;
  }
}
