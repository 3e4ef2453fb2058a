// A real `mezzo master` or `mezzo agent`, started as an operator starts it.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { timedGet } from "./timed-get.ts";

const LAUNCHER = join(import.meta.dirname, "../../../../cluster/bin/mezzo");

/** How long a process may take to answer its first request. */
const START_LIMIT_MS = 20_000;

const POLL_MS = 10;

/** One process with a work directory that outlives restarts. */
export class MezzoProcess {
  readonly port: number;
  readonly #command: string;
  readonly #flags: readonly string[];
  readonly #workDir = mkdtempSync(join(tmpdir(), "mezzo-bench-"));
  #child: ChildProcess | undefined;

  /** `{work_dir}` in a flag is replaced. */
  constructor(
    command: "master" | "agent",
    { port, flags = [] }: { port: number; flags?: readonly string[] },
  ) {
    this.port = port;
    this.#command = command;
    this.#flags = flags.map((flag) => flag.replace("{work_dir}", this.#workDir));
  }

  /** Process id. Throws unless started. */
  get pid(): number {
    const pid = this.#child?.pid;
    if (pid === undefined)
      throw new Error(`Cannot tell the process of the ${this.#command}: it has not started`);
    return pid;
  }

  /** Resolves when it answers. Rejects when it ends before, or takes too long. */
  async start(): Promise<void> {
    this.spawn();
    const deadline = performance.now() + START_LIMIT_MS;
    for (;;) {
      const healthy = await timedGet(this.port, "/health").then(
        ({ status }) => status === 200,
        () => false,
      );
      if (healthy) return;
      if (this.#child?.exitCode !== null || performance.now() > deadline) {
        throw new Error(`Cannot measure the ${this.#command}: it did not start`);
      }
      await setTimeout(POLL_MS);
    }
  }

  /** Starts without waiting. */
  spawn(): void {
    const place = ["--ip=127.0.0.1", `--port=${this.port}`, `--work_dir=${this.#workDir}`];
    this.#child = spawn(LAUNCHER, [this.#command, ...place, "--logging_level=ERROR", ...this.#flags], {
      stdio: ["ignore", "ignore", "inherit"],
    });
  }

  /** Resolves when it has ended; the work directory stays. */
  async end(signal: "SIGTERM" | "SIGKILL"): Promise<void> {
    const child = this.#child;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, "exit");
    child.kill(signal);
    await ended;
  }

  /** Ends it and removes what it left. */
  async remove(): Promise<void> {
    await this.end("SIGTERM");
    rmSync(this.#workDir, { recursive: true, force: true });
  }
}
